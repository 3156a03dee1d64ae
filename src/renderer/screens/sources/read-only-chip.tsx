import { Eye } from 'lucide-react';
import { Chip } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

/** Answers the first fear of everybody with a mailbox. True because the code that backs up has no verb that writes. */
export function ReadOnlyChip() {
  const t = useWords();
  return (
    <Chip icon={<Eye size={14} strokeWidth={2} aria-hidden />} title={t('parts.readOnlyMeaning')}>
      {t('parts.readOnly')}
    </Chip>
  );
}
