import type { CommitId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { firstEpoch, sha256Hex, type StorageKeys } from '../crypto/index.ts';
import { commitCopyName, commitName, copyName, headerNames, parseCommitName } from '../format/index.ts';
import type { Target } from '../targets/target.ts';
import type { ChainedCommit, CommitChain } from './commit-chain.ts';
import { readSlots } from './key-slots.ts';
import { readHeaderFile } from './storage-header.ts';

export interface VitalDamage {
  readonly failure: StrataError;
  readonly file: string;
}

interface VitalParts {
  readonly target: Target;
  readonly keys: StorageKeys;
  readonly chain: CommitChain;
}

/**
 * The tiny things without which nothing opens: every copy of STORAGE, of each slot, and of each commit, and the chain.
 * @param read Gets every commit that is whole, in order. Where nothing is damaged these are all there are, without gap or fork.
 */
export function checkVitals(
  { target, keys, chain }: VitalParts,
  read: (commit: ChainedCommit) => void = () => undefined,
): VitalDamage[] {
  return [...headerDamage(target, keys), ...slotDamage(target), ...commitDamage(target, chain, read)];
}

function headerDamage(target: Target, keys: StorageKeys): VitalDamage[] {
  return headerNames.flatMap((file) => {
    const header = readHeaderFile(target, file);
    if (header === undefined) return [damaged(target, file, 'missing')];
    if (header instanceof StrataError) return [{ failure: header, file }];
    return keys.isMac(firstEpoch, header.authenticated, header.mac) ? [] : [damaged(target, file, 'authentication')];
  });
}

function slotDamage(target: Target): VitalDamage[] {
  const { whole, damaged: lost } = readSlots(target);
  const halves = whole.flatMap(({ broken }) => broken.map((file) => damaged(target, file, 'copy')));
  const doubles = whole.filter(({ name }, index) => whole.findIndex((other) => other.name === name) !== index);
  return [
    ...halves,
    ...doubles.map(({ name }) => damaged(target, copyName(name), 'differs from its copy')),
    ...lost.map((failure) => ({ failure, file: String(failure.facts['file'] ?? 'keys') })),
  ];
}

function commitDamage(target: Target, chain: CommitChain, read: (commit: ChainedCommit) => void): VitalDamage[] {
  const found: VitalDamage[] = [];
  const named = new Map<number, CommitId[]>();
  for (const name of target.list('commits')) {
    const parsed = parseCommitName(name);
    if (parsed !== undefined) named.set(parsed.sequence, [...(named.get(parsed.sequence) ?? []), parsed.id]);
  }
  const last = Math.max(chain.head()?.sequence ?? 0, ...named.keys());
  let previous: CommitId | null | undefined = null;
  for (let sequence = 1; sequence <= last; sequence++) {
    const copy = attempt(target, chain, commitCopyName(sequence), sequence);
    const ids = named.get(sequence) ?? [];
    const files = ids.map((id) =>
      isSameFile(target, copy, commitName(sequence, id), id) ? copy : attempt(target, chain, commitName(sequence, id), sequence),
    );
    if (files.length === 0) found.push(damaged(target, `commits/${sequence}`, 'missing'));
    const all = [copy, ...files];
    for (const result of all) if ('failure' in result) found.push(result);
    const commits = all.flatMap((result) => ('failure' in result ? [] : [result]));
    if (new Set(commits.map(({ chained }) => chained.commit.id)).size > 1) {
      found.push(damaged(target, `commits/${sequence}`, 'fork'));
    }
    const [first] = commits;
    const commit = first?.chained.commit;
    // After a gap nothing can be said of the predecessor.
    if (first !== undefined && previous !== undefined && commit?.previous !== previous) {
      found.push(damaged(target, first.file, 'predecessor'));
    }
    previous = commit?.id;
    if (first !== undefined) read(first.chained);
  }
  return found;
}

type Attempt = VitalDamage | { readonly file: string; readonly chained: ChainedCommit };

/** Its name promises the hash of the copy that was read, and its bytes keep that: nothing more could be seen in it. */
function isSameFile(target: Target, copy: Attempt, file: string, id: CommitId): boolean {
  if ('failure' in copy || copy.chained.commit.id !== id || target.size(file) !== target.size(copy.file)) return false;
  try {
    return sha256Hex(target.read(file)) === id;
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return false; // reading it as a commit says why
  }
}

function attempt(target: Target, chain: CommitChain, file: string, sequence: number): Attempt {
  if (target.size(file) === undefined) return damaged(target, file, 'missing');
  try {
    return { file, chained: chain.readFile(file, sequence) };
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return { failure: error, file };
  }
}

function damaged(target: Target, file: string, reason: string): VitalDamage {
  return { failure: new StrataError('storage.damaged', 'never', { path: target.label, file, reason }), file };
}
