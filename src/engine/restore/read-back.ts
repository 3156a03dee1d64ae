import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { ReadBackReport } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RestoreJournal } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Difference, RestoreItem } from '../sources/destination.ts';
import { concernsItem } from './failures.ts';
import type { Sessions } from './sessions.ts';
import { itemOfStep, madeBy, type StepTools } from './step-items.ts';

interface ReadingBack extends StepTools {
  readonly journal: RestoreJournal;
  readonly run: RunId;
  /** Undefined: its place could not be written to any more, which was told. */
  readonly sessions: (source: SourceId) => Sessions | undefined;
}

const stepsAtOnce = 500;

/** Reads what a restore made from where it is by now, and holds it against the storage: bytes, flags, dates, rights. */
export async function readBack({ journal, run: of, sessions, ...tools }: ReadingBack, run: RunContext): Promise<ReadBackReport> {
  const counts = { equal: 0, rewritten: 0, changed: 0, missing: 0 };
  const tell = (error: StrataError, { manifest, folderPath }: RestoreItem): void => {
    const place = { source: '', folder: folderPath.join('/'), item: nameOf({ manifest }) };
    run.progress.problem({ failure: failureOf(error), ...place, atMs: run.clock.nowMs() });
  };
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const steps = journal.steps(of, before, stepsAtOnce);
    for (const step of steps) {
      stopIfCancelled(run);
      const item = step.what === 'item' || step.what === 'file' ? itemOfStep(step, tools) : undefined;
      if (item === undefined) continue;
      run.progress.current([...item.folderPath, item.manifest.name].join('/'));
      try {
        const session = await sessions(item.manifest.source)?.of(item.manifest.source);
        const found = await session?.readBack?.(item, madeBy(step), run);
        if (found === undefined) continue;
        const outcome = outcomeOf(found);
        counts[outcome] += 1;
        for (const error of errorsOf(found, nameOf(item))) tell(error, item);
      } catch (error) {
        if (!isStrataError(error) || !concernsItem(error)) throw error;
        tell(error, item);
      }
    }
    const last = steps.at(-1);
    if (last === undefined) return counts;
    before = last.id;
  }
}

function outcomeOf(found: readonly Difference[] | 'missing'): keyof ReadBackReport {
  if (found === 'missing') return 'missing';
  if (found.length === 0) return 'equal';
  return found.every((difference) => difference === 'form') ? 'rewritten' : 'changed';
}

function errorsOf(found: readonly Difference[] | 'missing', item: string): StrataError[] {
  if (found === 'missing') return [new StrataError('restore.not-there', 'never', { item })];
  return found
    .filter((difference) => difference !== 'form')
    .map((difference) => new StrataError('restore.came-out-otherwise', 'never', { item, reason: `other ${difference}` }));
}

const nameOf = ({ manifest }: Pick<RestoreItem, 'manifest'>): string => manifest.summary.title || manifest.name;
