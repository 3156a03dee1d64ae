import { describe, expect, it } from 'vitest';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { targetSuite } from '../../src/engine/targets/testing/target-suite.ts';
import { allVariants, type CrashVariant, cutPowerAt, PowerCut, ShortWrite, SimFileSystem } from './sim-file-system.ts';
import { seededRandom } from './seeded-random.ts';

targetSuite('simulated disk', () => {
  const files = new SimFileSystem();
  const random = seededRandom(1);
  return { open: () => openLocalTarget(files, '/disk', random) };
});

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const torn: CrashVariant = { kind: 'torn', border: 512 };

function written(sync: 'file' | 'directory' | 'both' | 'none'): SimFileSystem {
  const files = new SimFileSystem();
  files.makeDirectory('/disk', 0o700);
  files.syncDirectory('/');
  const file = files.open('/disk/a', 'create');
  file.write(bytes(2048));
  if (sync === 'file' || sync === 'both') file.sync();
  file.close();
  if (sync === 'directory' || sync === 'both') files.syncDirectory('/disk');
  return files;
}

describe('a disk that loses power', () => {
  it.each(allVariants(3))('keeps what was synced with its name, whatever else happens: $kind', (variant) => {
    const found = written('both').afterCrash(variant);
    expect(found.files().get('/disk/a')).toEqual(bytes(2048));
  });

  it('may lose a name that was not synced, and with it the file', () => {
    expect(written('file').afterCrash({ kind: 'lost' }).files().size).toBe(0);
    expect(written('file').afterCrash({ kind: 'names-first' }).files().get('/disk/a')).toEqual(bytes(2048));
  });

  it('may keep the name of a file whose bytes it lost', () => {
    expect(written('directory').afterCrash({ kind: 'lost' }).files().get('/disk/a')?.length).toBe(0);
    expect(written('none').afterCrash({ kind: 'names-first' }).files().get('/disk/a')?.length).toBe(0);
    expect(written('none').afterCrash({ kind: 'zeros' }).files().get('/disk/a')).toEqual(new Uint8Array(2048));
    expect(written('none').afterCrash(torn).files().get('/disk/a')).toEqual(bytes(1024));
  });

  it('tears a write at a border of blocks, counted from the beginning of the file', () => {
    const files = written('none');
    files.open('/disk/a', 'append').write(bytes(8000));
    const sizeAfter = (border: 512 | 4096): number | undefined =>
      files.afterCrash({ kind: 'torn', border }).files().get('/disk/a')?.length;
    expect(sizeAfter(512)).toBe(5632);
    expect(sizeAfter(4096)).toBe(4096);
  });

  it('may bring back a name that was taken away', () => {
    const files = written('both');
    files.unlink('/disk/a');
    expect(files.afterCrash({ kind: 'lost' }).files().size).toBe(1);
    expect(files.afterCrash({ kind: 'stale' }).files().size).toBe(1);
    expect(files.afterCrash({ kind: 'kept' }).files().size).toBe(0);
    files.syncDirectory('/disk');
    expect(files.afterCrash({ kind: 'stale' }).files().size).toBe(0);
  });

  it('may bring back the file that a rename replaced', () => {
    const files = written('both');
    const other = files.open('/disk/b', 'create');
    other.write(bytes(1));
    other.sync();
    files.rename('/disk/b', '/disk/a');
    expect(files.files()).toEqual(new Map([['/disk/a', bytes(1)]]));
    expect(files.afterCrash({ kind: 'stale' }).files()).toEqual(new Map([['/disk/a', bytes(2048)]]));
  });

  it('is copied with what is not durable of it, and a copy goes its own way', () => {
    const files = written('file');
    const copy = files.copy();
    files.unlink('/disk/a');
    expect(copy.files().get('/disk/a')).toEqual(bytes(2048));
    expect(copy.afterCrash({ kind: 'lost' }).files().size).toBe(0);
    expect(copy.fingerprint()).not.toBe(files.fingerprint());
    copy.unlink('/disk/a');
    expect(copy.fingerprint()).toBe(files.fingerprint());
  });

  it('changes nothing at and after the cut', () => {
    const files = written('both');
    cutPowerAt(files, 2);
    files.unlink('/disk/a');
    expect(() => files.makeDirectory('/disk/b', 0o700)).toThrow(PowerCut);
    expect(() => files.syncDirectory('/disk')).toThrow(PowerCut);
    expect(files.list('/disk')).toEqual([]);
  });

  it('repeats a random crash from its seed', () => {
    const crashed = (seed: number): string[] =>
      [...written('none').afterCrash({ kind: 'random', seed }).files()].map(([name, content]) => `${name} ${content.join()}`);
    for (let seed = 0; seed < 20; seed++) expect(crashed(seed)).toEqual(crashed(seed));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => crashed(seed).join())).size).toBeGreaterThan(3);
  });
});

describe('a disk that is full', () => {
  const full = (): SimFileSystem => {
    const files = written('both');
    files.limit(files.usedBytes + 4096);
    return files;
  };
  const noRoom: unknown = expect.objectContaining({ code: 'ENOSPC' });

  it('takes what fits and refuses the rest, names included', () => {
    const files = full();
    const file = files.open('/disk/b', 'create');
    file.write(bytes(4096));
    expect(() => file.write(bytes(1))).toThrow(noRoom);
    expect(() => files.open('/disk/c', 'create')).toThrow(noRoom);
    expect(() => files.makeDirectory('/disk/d', 0o700)).toThrow(noRoom);
    expect(files.space('/disk').freeBytes).toBe(0);
    file.close();
  });

  it('has room again for what a durable removal freed, and not before', () => {
    const files = full();
    files.open('/disk/b', 'create').close();
    files.unlink('/disk/a');
    expect(() => files.open('/disk/c', 'create')).toThrow(noRoom);
    files.syncDirectory('/disk');
    files.open('/disk/c', 'create').close();
  });

  it('keeps the room of what is open until it is closed', () => {
    const files = full();
    const file = files.open('/disk/b', 'create');
    files.unlink('/disk/b');
    expect(files.space('/disk').freeBytes).toBe(0);
    file.close();
    expect(files.space('/disk').freeBytes).toBe(4096);
  });

  it('may have written half of what it refuses', () => {
    const files = written('both');
    const file = files.open('/disk/b', 'create');
    files.onOperation(({ kind }) => {
      if (kind === 'write') throw new ShortWrite();
    });
    expect(() => file.write(bytes(100))).toThrow(noRoom);
    expect(files.files().get('/disk/b')).toEqual(bytes(50));
  });
});
