import { Button } from '@mantine/core';
import { engine } from '../../client/index.ts';
import { heldBy } from '../../parts/due-words.ts';
import { type JobSummary, tellFailure, useJobs } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

/** A time that was missed, where a person wants to be asked about it. */
export function MissedNote({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  if (heldBy(job) !== 'answer') return null;
  const answer = (given: 'run' | 'skip'): Promise<void> =>
    tellFailure(t('jobs.ask.title'), async () => {
      await engine.call('job.answer', { id: job.id, answer: given });
      await useJobs.getState().refresh();
    });
  return (
    <Note
      tone="warning"
      title={t('jobs.ask.title')}
      action={
        <>
          <Button size="sm" onClick={() => void answer('skip')}>
            {t('jobs.ask.skip')}
          </Button>
          <Button size="sm" variant="filled" onClick={() => void answer('run')}>
            {t('jobs.ask.run')}
          </Button>
        </>
      }
    >
      {t('jobs.ask.meaning')}
    </Note>
  );
}
