import { type AlertTopic, alertTopics } from '../../shared/domain/alert.ts';
import type { NewAlert } from '../alerts/index.ts';
import { damageOf } from './alert-of-run.ts';
import type { Need } from './need.ts';

/** What no run tells, or what stays when its run is long over. The rest is for Home alone. */
const topics: Readonly<Partial<Record<Need['kind'], AlertTopic>>> = {
  'storage-damaged': 'damage-found',
  'storage-flickers': 'check-warning',
  'source-frozen': 'source-frozen',
  'clock-wrong': 'clock-wrong',
  'removal-waits': 'removal-waits',
  'storage-nearly-full': 'nearly-full',
  'scan-due': 'scan-due',
  'job-late': 'job-late',
  'job-asks': 'job-asks',
  'job-unusual': 'job-unusual',
  'mirror-late': 'mirror-late',
  'sign-in-ended': 'sign-in-ended',
  'sign-in-ends': 'sign-in-ends',
  'certificate-ends': 'certificate-ends',
};

/** What is not there, a disk that is not plugged in, is said by the run that missed it, and looks like no attack. */
const saidByRun: ReadonlySet<string> = new Set(['source.missing', 'folder.unreadable']);

/** @param storageName Of the storage, where the need is called after something in it. */
export function alertOfNeed(need: Need, storageName: string): NewAlert | undefined {
  const topic = topics[need.kind];
  if (topic === undefined || (topic === 'source-frozen' && saidByRun.has(need.failure?.code ?? ''))) return undefined;
  const { job, storage, run, name, failure, kind, source } = need;
  return {
    topic,
    level: alertTopics[topic].level,
    cause: topic === 'damage-found' ? damageOf(storage) : `need:${kind}:${job ?? storage ?? source ?? ''}:${name}`,
    job: job === null ? null : { id: job, name },
    storage: storage === null ? null : { id: storage, name: storageName },
    run,
    byPerson: false,
    failure,
    facts: { name },
  };
}
