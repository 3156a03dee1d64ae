import type { Manifest } from '../../shared/domain/item.ts';
import type { Problem } from '../../shared/domain/run.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Destination, Difference, RestoreItem } from '../sources/destination.ts';
import { concernsItem } from './failures.ts';
import { foldersOf, restoreItem, type ItemTools } from './items.ts';

export interface TrialInput extends ItemTools {
  readonly manifest: Manifest;
  /** Empty, and for nothing else. */
  readonly destination: Destination;
  /** Directly in the root, whatever it lay in. */
  readonly isLoose?: boolean;
  /** What the destination itself does not compare. */
  readonly look?: () => readonly Difference[];
}

export interface Trial {
  /** None: what was read back is what was saved. */
  readonly unequal: readonly StrataError[];
  /** Something beside the bytes, such as the owner, cannot be set here by who tries it. */
  readonly hasLosses: boolean;
}

/** Restores one version, and reads it back from where it then is. */
export async function tryRestore(input: TrialInput, run: RunContext): Promise<Trial> {
  const told: Problem[] = [];
  const { signal, finishSoon, clock, log } = run;
  const listening = { signal, finishSoon, clock, log, progress: listeningTo(told) };
  const item = itemOf(input);
  const name = item.manifest.summary.title || item.manifest.name;
  try {
    const differences = await restoredAndRead(item, input, listening);
    const others = told.filter(({ failure }) => !isLoss(failure.code)).map(({ failure }) => errorOf(failure));
    return { unequal: [...errorsOf(differences, name), ...others], hasLosses: told.some(({ failure }) => isLoss(failure.code)) };
  } catch (error) {
    if (!isStrataError(error) || !concernsItem(error)) throw error;
    return { unequal: [error], hasLosses: false };
  }
}

function itemOf({ manifest, isLoose, ...tools }: TrialInput): RestoreItem {
  const folders = isLoose === true ? [] : foldersOf(tools.catalog, manifest);
  return restoreItem(manifest, { folders, folderPath: folders.map((folder) => folder.name) }, tools);
}

async function restoredAndRead(
  item: RestoreItem,
  { destination, look }: TrialInput,
  run: RunContext,
): Promise<readonly Difference[] | 'missing'> {
  const session = await destination.open(run);
  try {
    const { made } = await session.write(item, 'create', run);
    await session.finish(run);
    const found = (await session.readBack?.(item, made, run)) ?? 'missing';
    return found === 'missing' ? found : [...found, ...(look?.() ?? [])];
  } finally {
    await session.close();
  }
}

const errorsOf = (found: readonly Difference[] | 'missing', item: string): StrataError[] =>
  found === 'missing'
    ? [new StrataError('restore.not-there', 'never', { item })]
    : found.map((difference) => new StrataError('restore.came-out-otherwise', 'never', { item, reason: `other ${difference}` }));

const errorOf = ({ code, retry, facts }: Problem['failure']): StrataError => new StrataError(code, retry, facts);

/** That the owner, or an attribute, may not be set here says nothing of the storage. */
const isLoss = (code: string): boolean => /^restore\.(?:owner|mode|attributes)-lost$/.test(code);

function listeningTo(told: Problem[]): RunContext['progress'] {
  const nothing = (): void => undefined;
  return {
    ...{ phase: nothing, total: nothing, done: nothing, stored: nothing, current: nothing, waiting: nothing, count: nothing },
    problem: (problem) => void told.push(problem),
  };
}
