import type { RunRecord } from '../state/index.ts';
import { useWords } from '../words/index.ts';
import { JobName } from './job-name.tsx';

type Named = Pick<RunRecord, 'kind' | 'jobName' | 'storageName'>;

/** A backup is named by its job, anything else by what it does and where. */
export function RunName({ run }: { readonly run: Named }) {
  const t = useWords();
  return (
    <JobName
      job={run.kind === 'backup' && run.jobName !== null ? run.jobName : t(`parts.runKind.${run.kind}`)}
      storage={run.storageName}
    />
  );
}

/** The same as text, for titles and for those who hear it. */
export function useRunName(): (run: Named) => string {
  const t = useWords();
  return (run) => {
    const name = run.kind === 'backup' && run.jobName !== null ? run.jobName : t(`parts.runKind.${run.kind}`);
    return run.storageName === null ? name : `${name} ${t('parts.to')} ${run.storageName}`;
  };
}
