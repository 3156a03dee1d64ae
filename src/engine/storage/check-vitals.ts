import type { CommitId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { firstEpoch, type StorageKeys } from '../crypto/index.ts';
import { commitCopyName, commitName, copyName, headerNames, parseCommitName } from '../format/index.ts';
import type { Target } from '../targets/target.ts';
import type { CommitChain } from './commit-chain.ts';
import { readSlots } from './key-slots.ts';
import { readHeaderFile } from './storage-header.ts';

export interface VitalDamage {
  readonly failure: StrataError;
  readonly file: string;
}

/** The tiny things without which nothing opens: every copy of STORAGE, of each slot, and of each commit, and the chain. */
export function checkVitals(parts: {
  readonly target: Target;
  readonly keys: StorageKeys;
  readonly chain: CommitChain;
}): VitalDamage[] {
  return [...headerDamage(parts.target, parts.keys), ...slotDamage(parts.target), ...commitDamage(parts.target, parts.chain)];
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

function commitDamage(target: Target, chain: CommitChain): VitalDamage[] {
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
    const files = (named.get(sequence) ?? []).map((id) => attempt(target, chain, commitName(sequence, id), sequence));
    if (files.length === 0) found.push(damaged(target, `commits/${sequence}`, 'missing'));
    const all = [copy, ...files];
    for (const result of all) if ('failure' in result) found.push(result);
    const commits = all.flatMap((result) => ('failure' in result ? [] : [result]));
    const ids = new Set(commits.map(({ id }) => id));
    if (ids.size > 1) found.push(damaged(target, `commits/${sequence}`, 'fork'));
    const [commit] = commits;
    // After a gap nothing can be said of the predecessor.
    if (commit !== undefined && previous !== undefined && commit.previous !== previous) {
      found.push(damaged(target, commit.file, 'predecessor'));
    }
    previous = commit?.id;
  }
  return found;
}

type Attempt = VitalDamage | { readonly file: string; readonly id: CommitId; readonly previous: CommitId | null };

function attempt(target: Target, chain: CommitChain, file: string, sequence: number): Attempt {
  if (target.size(file) === undefined) return damaged(target, file, 'missing');
  try {
    const { id, previous } = chain.readFile(file, sequence).commit;
    return { file, id, previous };
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return { failure: error, file };
  }
}

function damaged(target: Target, file: string, reason: string): VitalDamage {
  return { failure: new StrataError('storage.damaged', 'never', { path: target.label, file, reason }), file };
}
