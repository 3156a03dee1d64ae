import { useSources } from '../../state/index.ts';
import { Card, CopyButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { requestOf } from './restore-answers.ts';
import { commandFor } from './restore-command.ts';
import { useSummary } from './restore-words.ts';
import css from './restore-wizard.module.css';
import type { RestoreWizardState } from './use-restore-wizard.ts';

/** What is about to happen in one sentence, and the same as a command. */
export function SummaryCard({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const summary = useSummary(wizard);
  const command = useCommand(wizard);
  return (
    <Card>
      <p>{summary}</p>
      {command !== null && (
        <details className={css['command']}>
          <summary>{t('restoreWizard.run.command')}</summary>
          <code>{command}</code>
          <CopyButton text={command} label={t('restoreWizard.run.copyCommand')} />
        </details>
      )}
    </Card>
  );
}

function useCommand({ answers, selection, kinds, storage, sources }: RestoreWizardState): string | null {
  const known = useSources((feed) => feed.value) ?? [];
  const request = requestOf(answers, selection, kinds, false);
  if (request === null || storage === undefined) return null;
  const source = (id: string): string => [...known, ...sources].find((one) => one.id === id)?.name ?? id;
  return commandFor(request, { storage: storage.name, source });
}
