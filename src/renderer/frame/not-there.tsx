import { useWords } from '../words/index.ts';
import { EmptyState, LinkButton } from '../widgets/index.ts';

/** An address that leads to nothing. */
export function NotThere() {
  const t = useWords();
  return (
    <EmptyState
      title={t('parts.notThere.title')}
      meaning={t('parts.notThere.meaning')}
      action={<LinkButton to="/">{t('parts.notThere.action')}</LinkButton>}
    />
  );
}
