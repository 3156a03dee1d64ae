import type { Commit, CommitWriter } from '../../shared/domain/commit.ts';
import type { CommitId, StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { sha256Hex, type StorageKeys } from '../crypto/index.ts';
import {
  bodyBytes,
  type CommitPayload,
  commitCopyName,
  commitName,
  commitOf,
  encodeBody,
  encodeCommitHead,
  encodeCommitPayload,
  fileComplaint,
  joinCommit,
  limits,
  type ManifestRoot,
  parseBody,
  parseCommit,
  parseCommitName,
  parseCommitPayload,
  tagBytes,
} from '../format/index.ts';
import type { Log } from '../kernel/log.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import { commitBytes, type CommitFiles, commitFiles } from './commit-files.ts';
import { worthwhile, type Zstd } from './compress.ts';

/** A commit and what only the storage needs of it. */
export interface ChainedCommit {
  readonly commit: Commit;
  readonly roots: readonly ManifestRoot[];
}

/** A commit as whoever has it gives it. */
export interface LentCommit {
  readonly chained: ChainedCommit;
  readonly bytes: Uint8Array;
}
type LentCommits = ReadonlyMap<number, LentCommit>;

interface ChainParts {
  readonly target: Target;
  readonly keys: StorageKeys;
  readonly storage: StorageId;
  readonly zstd: Zstd;
  readonly random: Random;
  readonly log: Log;
}

/** Comparing the two files of a commit takes about 50 µs. Older ones are looked for once, and else left to a check. */
const mostCompared = 200;

/**
 * The commits of a storage in their order. A commit lies there twice; either file is enough, and reading takes the one that is
 * named by its sequence first, because it needs no listing.
 */
export class CommitChain {
  readonly #parts: ChainParts;
  /** Commits that lie whole elsewhere only: as if they were here, for who looks and changes nothing. */
  readonly #lent: LentCommits;
  #head: { readonly sequence: number; readonly id: CommitId } | null = null;
  #isLookedThrough = false;
  #owner: { readonly at: CommitId; readonly writer: CommitWriter | undefined } | undefined;

  constructor(parts: ChainParts, lent: LentCommits = new Map()) {
    this.#parts = parts;
    this.#lent = lent;
    const sequences = [...new Set([...commitFiles(this.#parts.target).keys(), ...lent.keys()])].sort((a, b) => b - a);
    for (const sequence of sequences) {
      const found = this.#tryRead(sequence);
      if (found === undefined) continue;
      this.#head = { sequence, id: found.commit.id };
      return;
    }
  }

  /** The newest commit, also where another process made it since. */
  head(): { readonly sequence: number; readonly id: CommitId } | null {
    for (;;) {
      const next = (this.#head?.sequence ?? 0) + 1;
      if (this.#parts.target.size(commitCopyName(next)) === undefined && !this.#lent.has(next)) return this.#head;
      const found = this.#tryRead(next);
      if (found === undefined) return this.#head;
      this.#head = { sequence: next, id: found.commit.id };
    }
  }

  idAt(sequence: number): CommitId | undefined {
    return this.#tryRead(sequence)?.commit.id;
  }

  /** Who wrote the newest commit that names a writer. Undefined: nobody is named. */
  owner(): CommitWriter | undefined {
    const head = this.head();
    if (head === null) return undefined;
    if (this.#owner?.at !== head.id) {
      const named = this.answers(({ writer }) => writer).next();
      this.#owner = { at: head.id, writer: named.done === true ? undefined : named.value };
    }
    return this.#owner.writer;
  }

  /** Whether an installation ever wrote here. Reads back to its newest commit. */
  hasWriter(installation: string): boolean {
    for (const writer of this.answers((commit) => commit.writer)) if (writer.installation === installation) return true;
    return false;
  }

  /** Of all commits that give one, from the newest back. A damaged commit gives none. */
  *answers<T>(answer: (commit: Commit) => T | undefined): Generator<T> {
    for (let sequence = this.head()?.sequence ?? 0; sequence > 0; sequence--) {
      const commit = this.#tryRead(sequence)?.commit;
      const found = commit && answer(commit);
      if (found !== undefined) yield found;
    }
  }

  /** In order and without gaps, or it throws `storage.damaged`. */
  *after(sequence: number, known?: CommitId): Generator<ChainedCommit> {
    const last = this.head()?.sequence ?? 0;
    let previous = known ?? (sequence > 0 && sequence <= last ? this.read(sequence).commit.id : null);
    for (let next = sequence + 1; next <= last; next++) {
      const chained = this.read(next);
      if (chained.commit.previous !== previous) throw this.#complain(commitName(next, chained.commit.id), 'predecessor');
      previous = chained.commit.id;
      yield chained;
    }
  }

  read(sequence: number): ChainedCommit {
    const copy = commitCopyName(sequence);
    let failure: unknown = this.#complain(copy, 'missing');
    if (this.#parts.target.size(copy) !== undefined) {
      try {
        return this.readFile(copy, sequence);
      } catch (error) {
        failure = error;
      }
    }
    // Both copies damaged is what ends here with the copy's failure.
    for (const id of commitFiles(this.#parts.target).get(sequence)?.ids ?? []) {
      try {
        return this.readFile(commitName(sequence, id), sequence);
      } catch (error) {
        this.#parts.log.warn('storage.commit-damaged', { file: commitName(sequence, id), code: codeOf(error) });
      }
    }
    const lent = this.#lent.get(sequence);
    if (lent !== undefined) return lent.chained;
    throw failure;
  }

  /** The same, and these commits. */
  lending(lent: LentCommits): CommitChain {
    return new CommitChain(this.#parts, lent);
  }

  /** The same storage's commits as they lie elsewhere. */
  at(target: Target): CommitChain {
    return new CommitChain({ ...this.#parts, target });
  }

  /** Everything about the file must be right: structure, MAC, storage, sequence and, where the name says it, hash. */
  readFile(name: string, sequence: number): ChainedCommit {
    const { target, keys, storage, zstd } = this.#parts;
    const origin = { path: target.label, file: name };
    const complain = fileComplaint(origin);
    if ((target.size(name) ?? 0) > limits.commitBytes) throw new StrataError('storage.limit-exceeded', 'never', origin);
    const bytes = target.read(name);
    const parsed = parseCommit(bytes, origin);
    if (!keys.isMac(parsed.epoch, parsed.authenticated, parsed.mac)) throw complain('authentication');
    if (parsed.storage !== storage || parsed.sequence !== sequence) throw complain('not the commit of this name');
    const id = sha256Hex(bytes) as CommitId;
    const named = parseCommitName(name);
    if (named !== undefined && named.id !== id) throw complain('hash');
    const body = parseBody(keys.openCommit(parsed, { ...origin }), origin, complain);
    const plain = body.compression === 'zstd' ? unpack(zstd, body, complain) : body.stored;
    const payload = parseCommitPayload(plain, origin);
    return { commit: commitOf(parsed, payload, id), roots: payload.manifests };
  }

  /**
   * The commit point. Fails with `storage.lock-lost` when another process took the sequence number, or made a commit since
   * `basis` was the newest: what follows from a state that is no more must not become true.
   */
  append(payload: CommitPayload, basis: CommitId | null): ChainedCommit {
    const { target, log } = this.#parts;
    const previous = this.head();
    if ((previous?.id ?? null) !== basis) throw new StrataError('storage.lock-lost', 'later');
    const sequence = (previous?.sequence ?? 0) + 1;
    const file = this.#encode(payload, sequence, previous?.id ?? null);
    const id = sha256Hex(file) as CommitId;
    if (!target.putExclusive(commitCopyName(sequence), file)) throw new StrataError('storage.lock-lost', 'later');
    this.#head = { sequence, id };
    try {
      target.put(commitName(sequence, id), file);
    } catch (error) {
      // The commit is true since its first copy was durable. The next write lock makes the second one.
      this.#isLookedThrough = false;
      log.warn('storage.copy-missing', { file: commitName(sequence, id), code: codeOf(error) });
    }
    return this.readFile(commitCopyName(sequence), sequence);
  }

  /**
   * Under a write lock: gives every commit both of its files whole, and puts aside what a crash left under the next sequence
   * number where files cannot get their name whole. Throws `storage.damaged` when a commit is damaged in both copies; a repair leaves
   * that to what comes after it.
   */
  mend(lost: 'refuse' | 'leave' = 'refuse'): void {
    const last = this.head()?.sequence ?? 0;
    // A listing grows with the storage: once is enough to see what earlier processes left.
    if (this.#isLookedThrough && this.#parts.target.size(commitCopyName(last + 1)) === undefined) return;
    let isWhole = true;
    for (const [sequence, files] of commitFiles(this.#parts.target)) {
      if (lost === 'leave' && this.#tryRead(sequence) === undefined && (sequence <= last || files.ids.length > 0))
        isWhole = false;
      else if (sequence > last) this.#putAside(sequence, files);
      else if (!files.copy || files.ids.length === 0 || sequence > last - mostCompared) this.#mendCommit(sequence, files);
    }
    this.#isLookedThrough = isWhole;
  }

  #mendCommit(sequence: number, files: CommitFiles): void {
    const { target, log } = this.#parts;
    const copyFile = commitCopyName(sequence);
    const copy = files.copy ? commitBytes(copyFile, this.#parts) : undefined;
    const id = copy && sha256Hex(copy);
    // Two files with the bytes that one of their names promises: nothing to do, and no key was needed to see it.
    const isWhole = (name: string, bytes: Uint8Array | undefined): boolean =>
      bytes !== undefined && sha256Hex(bytes) === parseCommitName(name)?.id;
    const name = files.ids.length === 1 && id === files.ids[0] ? commitName(sequence, id as CommitId) : undefined;
    if (name !== undefined && isWhole(name, commitBytes(name, this.#parts))) return;

    const good = this.read(sequence).commit.id;
    const goodFile = commitName(sequence, good);
    const source = id === good ? copy : commitBytes(goodFile, this.#parts);
    if (source === undefined) throw this.#complain(copyFile, 'both copies are damaged');
    if (id !== good) {
      target.remove(copyFile);
      target.putExclusive(copyFile, source);
    }
    if (!isWhole(goodFile, commitBytes(goodFile, this.#parts))) {
      target.remove(goodFile);
      target.put(goodFile, source);
    }
    log.warn('storage.copy-mended', { sequence });
  }

  #putAside(sequence: number, files: CommitFiles): void {
    const { target, random, log } = this.#parts;
    const copy = commitCopyName(sequence);
    // Somebody whose lock was taken over in the middle of his commit made it after all: it is true.
    if (this.#tryRead(sequence) !== undefined) return;
    // The file with the hash is made after the other: where it exists, the commit was true, and is damaged now.
    if (files.ids.length > 0) throw this.#complain(copy, 'both copies are damaged');
    target.put(`quarantine/${sequence}-${newId<string>(random)}.commit`, target.read(copy));
    target.remove(copy);
    log.warn('storage.unfinished-commit', { sequence });
  }

  #encode(payload: CommitPayload, sequence: number, previous: CommitId | null): Uint8Array {
    const { keys, storage, random, zstd } = this.#parts;
    const plain = encodeCommitPayload(payload);
    const packed = zstd.compress(plain);
    const isPacked = worthwhile(packed.length, plain.length);
    const stored = isPacked ? packed : plain;
    const sealer = keys.beginCommit(random);
    const head = encodeCommitHead({
      epoch: sealer.epoch,
      storage,
      sequence,
      previous,
      salt: sealer.salt,
      sealedLength: bodyBytes(stored.length) + tagBytes,
    });
    const sealed = sealer.seal(head, encodeBody(isPacked ? 'zstd' : 'none', plain.length, stored));
    return joinCommit(head, sealed, keys.mac(sealer.epoch, Buffer.concat([head, sealed])));
  }

  /** Undefined where both copies are damaged. What a newer program wrote, and what the disk says, is told. */
  #tryRead(sequence: number): ChainedCommit | undefined {
    try {
      return this.read(sequence);
    } catch (error) {
      if (!isStrataError(error) || (error.code !== 'storage.damaged' && error.code !== 'storage.limit-exceeded')) throw error;
      this.#parts.log.error('storage.commit-damaged', { file: commitCopyName(sequence), code: error.code });
      return undefined;
    }
  }

  #complain(file: string, reason: string): StrataError {
    return fileComplaint({ path: this.#parts.target.label, file })(reason);
  }
}

function unpack(
  zstd: Zstd,
  body: { readonly stored: Uint8Array; readonly plainLength: number },
  complain: (reason: string, cause: unknown) => Error,
): Uint8Array {
  try {
    return zstd.decompress(body.stored, body.plainLength);
  } catch (cause) {
    throw complain('compression', cause);
  }
}

const codeOf = (error: unknown): string => (isStrataError(error) ? error.code : 'bug');
