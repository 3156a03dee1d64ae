import type { RunRecord } from '../state/index.ts';
import { useWords } from '../words/index.ts';
import { JobName } from './job-name.tsx';

type Named = Pick<RunRecord, 'kind' | 'jobName' | 'storageName'>;

/** A backup is named by its job and where it goes, anything else by what it does and on which storage. */
export function RunName({ run }: { readonly run: Named }) {
  const nameOf = useRunName();
  if (run.kind === 'backup' && run.jobName !== null) return <JobName job={run.jobName} storage={run.storageName} />;
  return <>{nameOf(run)}</>;
}

/** The same as text, for titles and for those who hear it. */
export function useRunName(): (run: Named) => string {
  const t = useWords();
  return ({ kind, jobName, storageName }) => {
    if (kind === 'backup' && jobName !== null)
      return storageName === null ? jobName : `${jobName} ${t('parts.to')} ${storageName}`;
    const what = t(`parts.runKind.${kind}`);
    return storageName === null ? what : `${what} · ${storageName}`;
  };
}
