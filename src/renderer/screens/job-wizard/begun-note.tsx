import { Button } from '@mantine/core';
import { Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

/** Where a wizard goes on with what was left before its end. */
export function BegunNote({ onAnew }: { readonly onAnew: () => void }) {
  const t = useWords();
  return (
    <Note
      tone="plain"
      title={t('jobWizard.begun.title')}
      action={
        <Button size="sm" onClick={onAnew}>
          {t('jobWizard.begun.anew')}
        </Button>
      }
    >
      {t('jobWizard.begun.meaning')}
    </Note>
  );
}
