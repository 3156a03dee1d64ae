import { Button } from '@mantine/core';
import type { JobSummary } from '../state/index.ts';
import { Note } from '../widgets/index.ts';
import { useWords } from '../words/index.ts';
import { useRunJob } from './use-run-job.ts';

/** What capture could not follow, and the scan that would see it. */
export function ScanDueNote({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const run = useRunJob();
  const due = job.watch.scanDue;
  if (due === null || job.running !== null) return null;
  return (
    <Note
      tone="warning"
      title={t('jobs.watch.scanDue')}
      action={
        <Button size="sm" onClick={() => run(job)}>
          {t('jobs.watch.scanNow')}
        </Button>
      }
    >
      {t(`jobs.watch.scanReason.${due.because}`)}
    </Note>
  );
}
