import { useNavigate } from '@tanstack/react-router';
import type { RunWish } from '../../shared/domain/run-cause.ts';
import { engine } from '../client/index.ts';
import { type JobSummary, tellFailure, useToasts } from '../state/index.ts';
import { useWords } from '../words/index.ts';

/** Starts a backup and offers to look at it. */
export function useRunJob(): (job: Pick<JobSummary, 'id' | 'name'>, wish?: RunWish) => void {
  const t = useWords();
  const navigate = useNavigate();
  const show = useToasts((store) => store.show);
  return ({ id, name }, wish) =>
    void tellFailure(t('jobs.runNow'), async () => {
      const { run } = await engine.call('job.run', { id, ...(wish && { wish }) });
      show({
        tone: 'information',
        title: t('jobs.runStarted', { name }),
        actions: [{ label: t('jobs.showRun'), act: () => void navigate({ to: '/runs/$run', params: { run } }) }],
      });
    });
}
