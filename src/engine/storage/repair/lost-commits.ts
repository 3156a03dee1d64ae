import type { CommitId } from '../../../shared/domain/ids.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import type { Target } from '../../targets/target.ts';
import type { CommitChain, LentCommit } from '../commit-chain.ts';
import { commitFiles } from '../commit-files.ts';
import { takeOut } from '../lent-commit.ts';
import type { StorageDeps } from '../storage.ts';
import type { RepairOptions } from './repair.ts';

interface LostParts {
  readonly target: Target;
  readonly chain: CommitChain;
  readonly deps: Pick<StorageDeps, 'log'>;
}

/**
 * Commits of which no copy here is whole, as a plain copy of the storage has them: all of them, or none. Each is sealed with this
 * storage's key, follows the one before it, is what the one after it says, has the hash that the name of a file here still promises, and
 * ends where the storage is known to have ended.
 */
export function findCommits(
  { target, chain, deps: { log } }: LostParts,
  { known, help }: RepairOptions,
): Map<number, LentCommit> {
  const named = commitFiles(target);
  const last = Math.max(known?.sequence ?? 0, chain.head()?.sequence ?? 0, ...promised(named));
  const lost: number[] = [];
  for (let sequence = 1; sequence <= last; sequence++) if (chain.idAt(sequence) === undefined) lost.push(sequence);
  const found = new Map<number, LentCommit>();
  if (lost.length === 0 || help.twins.length === 0) return found;
  const twins = help.twins.flatMap((twin) => attempt(() => ({ chain: chain.at(twin), place: { target: twin, log } })) ?? []);
  // From the newest back: each names the one before it, so that only one commit can be it.
  for (const sequence of lost.reverse()) {
    const isIt = fits(sequence, { chain, named: named.get(sequence)?.ids ?? [], known, next: found.get(sequence + 1) });
    const commit = twins.flatMap((twin) => attempt(() => takeOut(sequence, twin.chain, twin.place)) ?? []).find(isIt);
    if (commit === undefined) return new Map();
    found.set(sequence, commit);
  }
  // Broken off, it leaves no gap.
  return new Map([...found].reverse());
}

interface Neighbours {
  readonly chain: CommitChain;
  /** The hashes that names of files here promise, whole or not. */
  readonly named: readonly CommitId[];
  readonly known: RepairOptions['known'];
  /** That comes after it, where it was lost as well. */
  readonly next: LentCommit | undefined;
}

function fits(sequence: number, { chain, named, known, next }: Neighbours): (found: LentCommit) => boolean {
  const before = sequence === 1 ? null : chain.idAt(sequence - 1);
  const after = next?.chained.commit ?? (chain.idAt(sequence + 1) === undefined ? undefined : chain.read(sequence + 1).commit);
  return ({ chained: { commit } }) =>
    (before === undefined || before === commit.previous) &&
    (after === undefined || after.previous === commit.id) &&
    (named.length === 0 || named.includes(commit.id)) &&
    (known?.sequence !== sequence || known.id === commit.id);
}

const promised = (named: ReturnType<typeof commitFiles>): number[] =>
  [...named].flatMap(([sequence, { ids }]) => (ids.length > 0 ? sequence : []));

/** A twin may be anything, or go away. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return undefined;
  }
}
