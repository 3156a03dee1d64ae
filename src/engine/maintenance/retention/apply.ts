import type { SourceCursors } from '../../../shared/domain/commit.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { RetentionReport } from '../../../shared/domain/run.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { commitActs, inCommits, type SaidActs, type Saying } from './hiding.ts';
import type { RemovalPlan } from './plan.ts';

const forgottenCursors = (source: SourceId, { catalog }: Saying): SourceCursors[] => {
  const keys = catalog.cursorKeys(source);
  return keys.length === 0 ? [] : [{ source, folders: Object.fromEntries(keys.map((key) => [key, null])) }];
};

/** Hides what the plan names. Deletes nothing: a later commit can show all of it again. */
export async function applyPlan(plan: RemovalPlan, saying: Saying, run: RunContext): Promise<void> {
  const hides = [...inCommits(plan.choices.flatMap(({ items }) => items.map(({ item, versions }) => ({ item, versions }))))];
  const forgets = plan.forgets.map(({ sequence }) => sequence).sort((a, b) => a - b);
  const acts: SaidActs[] = hides.map((part) => ({ hides: part }));
  if (forgets.length > 0) acts[0] = { forgets, ...acts[0] };
  // With the first: wherever it breaks off, a cursor does not outlive what it says was stored.
  const cursors = plan.choices.flatMap((choice) => (choice.startsAnew ? forgottenCursors(choice.source, saying) : []));
  if (cursors.length > 0) acts[0] = { cursors, ...acts[0] };
  await commitActs('retention', acts, saying, run);
}

export function reportOf(plan: RemovalPlan, nameOf: (source: SourceId) => string): RetentionReport {
  const { totals, byReason, frozen, jobs } = plan;
  const kept = jobs.flatMap(({ moments, keptBy }) => moments.filter(({ sequence }) => keptBy.get(sequence)?.length !== 0));
  return {
    momentsForgotten: totals.moments,
    momentsKept: kept.length,
    items: totals.items,
    versions: totals.versions,
    bytes: totals.bytes,
    reasons: byReason,
    frozen: frozen.map(({ source, reason }) => ({ source, name: nameOf(source), reason })),
  };
}
