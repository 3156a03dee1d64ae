import { sha256Hex } from '../crypto/index.ts';
import { commitCopyName, commitName } from '../format/index.ts';
import type { CommitChain, LentCommit } from './commit-chain.ts';
import { commitBytes, type CommitPlace } from './commit-files.ts';

/** A commit that is whole there, with its bytes. Undefined: no copy is. */
export function takeOut(sequence: number, chain: CommitChain, place: CommitPlace): LentCommit | undefined {
  if (chain.idAt(sequence) === undefined) return undefined;
  const chained = chain.read(sequence);
  const names = [commitCopyName(sequence), commitName(sequence, chained.commit.id)];
  const bytes = names.map((name) => commitBytes(name, place)).find((read) => read && sha256Hex(read) === chained.commit.id);
  return bytes && { chained, bytes };
}

/** Under a write lock, of a commit of which no copy is whole: its bytes, which somebody else had. Can be done again. */
export function bringBack({ chained: { commit }, bytes }: LentCommit, { target, log }: CommitPlace): void {
  const copy = commitCopyName(commit.sequence);
  const name = commitName(commit.sequence, commit.id);
  for (const file of [copy, name]) target.remove(file);
  target.putExclusive(copy, bytes);
  target.put(name, bytes);
  log.warn('storage.commit-brought-back', { sequence: commit.sequence });
}
