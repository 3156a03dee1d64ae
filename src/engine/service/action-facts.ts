import type { ActionFacts } from '../../shared/domain/action.ts';
import type { RunId } from '../../shared/domain/ids.ts';
import type { RunCounts } from '../../shared/domain/run.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { StoredJob } from '../catalog/index.ts';

/** What is known of a run while it goes on. */
export interface RunSoFar {
  readonly job: Pick<StoredJob, 'name'>;
  readonly storage: string;
  readonly id: RunId | '';
  readonly reason: string;
  /** Empty: before the cycle. */
  readonly status: string;
  readonly failure: Failure | null;
  readonly counts: RunCounts;
  readonly bytes: { readonly read: number; readonly stored: number };
  readonly problems: number;
}

/** What an action is told: names a person gave, codes and counts. Nothing of an item, and nothing that lets in anywhere. */
export const factsFor = (run: RunSoFar, moment: 'before' | 'after', isTest: boolean): ActionFacts => ({
  job: run.job.name,
  run: run.id,
  storage: run.storage,
  moment,
  reason: run.reason,
  status: run.status,
  failure: run.failure?.code ?? '',
  items_new: String(run.counts.new),
  items_changed: String(run.counts.changed),
  items_vanished: String(run.counts.vanished),
  items_failed: String(run.counts.failed),
  bytes_read: String(run.bytes.read),
  bytes_stored: String(run.bytes.stored),
  problems: String(run.problems),
  test: isTest ? '1' : '',
});
