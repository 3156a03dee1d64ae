import { describe, expect, it } from 'vitest';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { targetSuite } from '../../src/engine/targets/testing/target-suite.ts';
import { type CrashVariant, cutPowerAt, PowerCut, SimFileSystem } from './sim-file-system.ts';
import { seededRandom } from './seeded-random.ts';

targetSuite('simulated disk', () => {
  const files = new SimFileSystem();
  const random = seededRandom(1);
  return { open: () => openLocalTarget(files, '/disk', random) };
});

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const variants: CrashVariant['kind'][] = ['lost', 'kept', 'torn', 'names-first', 'zeros'];

function written(sync: 'file' | 'directory' | 'both' | 'none'): SimFileSystem {
  const files = new SimFileSystem();
  files.makeDirectory('/disk', 0o700);
  files.syncDirectory('/');
  const file = files.open('/disk/a', 'create');
  file.write(bytes(2048));
  if (sync === 'file' || sync === 'both') file.sync();
  if (sync === 'directory' || sync === 'both') files.syncDirectory('/disk');
  return files;
}

describe('a disk that loses power', () => {
  it.each(variants)('keeps what was synced with its name, whatever else happens: %s', (kind) => {
    const found = written('both').afterCrash({ kind } as CrashVariant);
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
    expect(written('none').afterCrash({ kind: 'torn' }).files().get('/disk/a')).toEqual(bytes(1024));
  });

  it('may bring back a name that was taken away', () => {
    const files = written('both');
    files.unlink('/disk/a');
    expect(files.afterCrash({ kind: 'lost' }).files().size).toBe(1);
    expect(files.afterCrash({ kind: 'kept' }).files().size).toBe(0);
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
