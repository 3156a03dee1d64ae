import { Button } from '@mantine/core';
import { useRunJob } from '../../parts/use-run-job.ts';
import { useJobs } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import type { RestoreWizardState } from './use-restore-wizard.ts';

/** Of what is to be restored, something may have changed unseen: what is at the source now could be newer than what is saved. */
export function UncertainSources({ wizard: { storage, concerned } }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const run = useRunJob();
  const jobs = useJobs((feed) => feed.value) ?? [];
  const uncertain = jobs.filter(
    (job) =>
      job.storage === storage?.id &&
      job.running === null &&
      job.watch.scanDue !== null &&
      job.sources.some((source) => concerned.some(({ id }) => id === source)),
  );
  return uncertain.map((job) => (
    <Note
      key={job.id}
      tone="warning"
      title={t('restoreWizard.what.uncertain', { name: job.name })}
      action={
        <Button size="sm" onClick={() => run(job)}>
          {t('jobs.watch.scanNow')}
        </Button>
      }
    >
      {t('restoreWizard.what.uncertainMeaning')}
    </Note>
  ));
}
