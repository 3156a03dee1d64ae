import { beforeEach, describe, expect, it } from 'vitest';
import type { Commit } from '../../shared/domain/commit.ts';
import type { CommitId, StorageId } from '../../shared/domain/ids.ts';
import type { Storage } from '../storage/index.ts';
import { LackBook } from './lack-book.ts';

/** A chain of commits that counts how many of them were read. */
class Chain {
  readonly commits: Commit[] = [];
  reads = 0;
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  add(kind: Commit['kind'], origin?: Chain): void {
    const sequence = this.commits.length + 1;
    const id = `${this.id} ${sequence}` as CommitId;
    const last = origin?.commits.at(-1);
    const from = last === undefined ? {} : { origin: { storage: origin?.id as StorageId, sequence: last.sequence, id: last.id } };
    this.commits.push({ kind, sequence, id, atMs: sequence * 1000, ...from } as Commit);
  }

  /** What a storage says of its commits, and nothing else. */
  get storage(): Storage {
    const read = (sequence: number): Commit => {
      this.reads += 1;
      return this.commits[sequence - 1] ?? expect.unreachable();
    };
    const all = this.commits;
    const said: Partial<Storage> = {
      header: { id: this.id as StorageId, name: this.id, format: 1, createdAtMs: 0 },
      head: () => all.at(-1) ?? null,
      idAt: (sequence) => (sequence > all.length ? undefined : read(sequence).id),
      newest: (answer) => {
        for (let at = all.length; at > 0; at -= 1) {
          const found = answer(read(at));
          if (found !== undefined) return found;
        }
        return undefined;
      },
      *commits(after) {
        for (let next = after + 1; next <= all.length; next += 1) yield read(next);
      },
    };
    return said as Storage;
  }
}

let origin: Chain;
let mirror: Chain;
let book: LackBook;
beforeEach(() => {
  origin = new Chain('o');
  mirror = new Chain('m');
  book = new LackBook();
});

function asked(): { lack: unknown; reads: number } {
  origin.reads = 0;
  mirror.reads = 0;
  const lack = book.of(origin.storage, mirror.storage);
  return { lack, reads: origin.reads + mirror.reads };
}

describe('what a mirror lacks', () => {
  beforeEach(() => {
    for (let count = 0; count < 1000; count += 1) origin.add('full');
  });

  it('is read once, and then only what came since', () => {
    expect(asked().lack).toEqual({ commits: 1000, moments: 1000, sinceMs: 1000 });
    expect(asked()).toEqual({ lack: { commits: 1000, moments: 1000, sinceMs: 1000 }, reads: 0 });
    origin.add('retention');
    origin.add('checkpoint');
    origin.add('full');
    expect(asked()).toEqual({ lack: { commits: 1002, moments: 1001, sinceMs: 1000 }, reads: 4 });
    expect(asked().reads).toBe(0);
  });

  it('is nothing after it was repeated, which few reads tell whatever the storage holds', () => {
    asked();
    mirror.add('full', origin);
    const { lack, reads } = asked();
    expect(lack).toEqual({ commits: 0, moments: 0, sinceMs: null });
    expect(reads).toBeLessThan(5);
    origin.add('full');
    expect(asked().lack).toEqual({ commits: 1, moments: 1, sinceMs: 1_001_000 });
  });

  it('is looked for anew where the origin has another history, which is refused', () => {
    mirror.add('full', origin);
    asked();
    const other = new Chain('o');
    for (let count = 0; count < 1005; count += 1) other.add('full');
    for (const commit of other.commits) Object.assign(commit, { id: `other ${commit.sequence}` });
    expect(() => book.of(other.storage, mirror.storage)).toThrow(expect.objectContaining({ code: 'mirror.origin-differs' }));
  });

  it('of one origin says nothing of another', () => {
    asked();
    const other = new Chain('other');
    other.add('full');
    expect(book.of(other.storage, mirror.storage)).toMatchObject({ commits: 1 });
  });
});
