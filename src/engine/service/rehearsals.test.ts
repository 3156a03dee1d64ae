import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RehearsalWorld } from '../../../test/kit/rehearsal-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

let world: RehearsalWorld;

beforeEach(async () => {
  world = new RehearsalWorld(temporaryFolder());
  await world.open();
  await world.fill();
});
afterEach(() => world.engine.close('now'));

const marks = () => world.engine.storages.show(world.storage).then(({ rehearsed }) => rehearsed);

/** Opens the engine anew on a disk that does one thing otherwise. */
async function onDisk(change: (real: FileSystem) => Partial<FileSystem>, isClosed = false): Promise<void> {
  if (!isClosed) await world.engine.close('now');
  const real = new NodeFileSystem();
  const changed = change(real);
  const files = new Proxy(real, {
    get: (target, name) => {
      const its =
        (changed as Record<string | symbol, unknown>)[name] ?? (target as unknown as Record<string | symbol, unknown>)[name];
      return typeof its === 'function' ? (its as (...given: unknown[]) => unknown).bind(target) : its;
    },
  });
  await world.open(files);
}

/** One byte of the largest pack is another. */
async function damage(): Promise<void> {
  await world.engine.close('now');
  const folder = world.at('S/packs');
  const [pack = ''] = fs
    .readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${String(name)}`)
    .filter((name) => fs.statSync(name).isFile())
    .sort((one, other) => fs.statSync(other).size - fs.statSync(one).size);
  const bytes = fs.readFileSync(pack);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  fs.chmodSync(pack, 0o600);
  fs.writeFileSync(pack, bytes);
  await world.open();
}

describe('a rehearsal', () => {
  it('gives back everything as it was saved, of every source and kind, leaves nothing, and says so of each source', async () => {
    const run = await world.rehearse();
    expect(run.problems).toEqual([]);
    expect(run).toMatchObject({ kind: 'rehearsal', status: 'success', failure: null, rehearsal: { seed: 1, itemsWanted: 50 } });
    // Two versions of the letter, what is gone by now, the script, the large one; two messages; an event.
    expect(run.rehearsal?.sources.map(({ name, outcome, items, unequal }) => ({ name, outcome, items, unequal }))).toEqual([
      { name: 'Files', outcome: 'proven', items: 5, unequal: 0 },
      { name: 'Mail', outcome: 'proven', items: 2, unequal: 0 },
      { name: 'Events', outcome: 'proven', items: 1, unequal: 0 },
    ]);
    expect(world.scratch()).toEqual([]);
    expect((await marks()).map(({ name, outcome, run: of }) => [name, outcome, of])).toEqual(
      ['Events', 'Files', 'Mail'].map((name) => [name, 'proven', run.id]),
    );
    const [first, second] = world.engine.parts.store.runs({ job: null, storage: world.storage, kind: 'backup', limit: 2 });
    expect(run.rehearsal?.sources[0]).toMatchObject({
      oldestMs: expect.toSatisfy((ms: number) => ms <= (second?.endedAtMs ?? 0)) as number,
    });
    expect(run.rehearsal?.sources[0]?.newestMs).toBeGreaterThanOrEqual(first?.startedAtMs ?? Infinity);
    expect((await world.engine.sources.show(world.sources.mail)).rehearsed).toMatchObject([
      { storageName: 'S', outcome: 'proven' },
    ]);
  });

  it('of one source leaves what is known of the others, and tries no more than it was asked to', async () => {
    const all = await world.rehearse();
    const one = await world.rehearse({ source: world.sources.files, items: 2 });
    expect(one.rehearsal?.sources).toMatchObject([{ name: 'Files', items: 2 }]);
    expect((await marks()).map(({ run }) => run)).toEqual([all.id, one.id, all.id]);
  });

  it('names the items that damage concerns, takes the proof away, needs a person, and alarms once a day', async () => {
    await world.rehearse();
    await damage();
    const run = await world.rehearse();
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'rehearsal.unequal' } });
    expect(run.problems.map(({ source, item, failure }) => [source, item, failure.code])).toContainEqual([
      'Files',
      'large.bin',
      'restore.item-damaged',
    ]);
    expect((await marks()).find(({ name }) => name === 'Files')?.outcome).toBe('unequal');
    expect(world.scratch()).toEqual([]);
    await world.rehearse();
    const { entries } = world.engine.alerts.inbox(100);
    expect(entries.filter(({ alert }) => alert.topic === 'rehearsal-failed')).toMatchObject([
      { times: 2, alert: { level: 'critical' } },
    ]);
  });

  it('notices a disk that keeps other bytes, another time or other rights than it was given', async () => {
    await onDisk(() => ({ setMode: () => undefined }));
    expect(await world.rehearse()).toMatchObject({ status: 'failed', failure: { code: 'rehearsal.unequal' } });
    await onDisk((real) => ({ setTimes: (path, access, modify) => real.setTimes(path, access, modify + 1_000_000_000n) }));
    const late = await world.rehearse();
    expect(late.problems.map(({ source }) => source)).toEqual(expect.arrayContaining(['Files', 'Mail']));
    await onDisk((real) => ({
      link: (from, to) => (spoil(from), real.link(from, to)),
      renameToFree: (from, to) => (spoil(from), real.renameToFree(from, to)),
    }));
    const spoilt = await world.rehearse({ source: world.sources.mail });
    expect(spoilt.problems.map(({ failure }) => failure)).toMatchObject([
      { code: 'restore.came-out-otherwise', facts: { reason: 'other content' } },
      { code: 'restore.came-out-otherwise', facts: { reason: 'other content' } },
    ]);
  });

  it('whose storage goes away meanwhile is no proof, and no word against anything either', async () => {
    const proven = await world.rehearse();
    await onDisk((real) => ({
      makeDirectory: (path, mode) => {
        if (path.endsWith('/item') && fs.existsSync(world.at('S'))) fs.renameSync(world.at('S'), world.at('away'));
        real.makeDirectory(path, mode);
      },
    }));
    const run = await world.rehearse();
    expect(run.status).toBe('failed');
    expect(run.failure?.code).not.toBe('rehearsal.unequal');
    fs.renameSync(world.at('away'), world.at('S'));
    expect((await marks()).map(({ outcome, run: of }) => [outcome, of])).toEqual(Array(3).fill(['proven', proven.id]));
    expect(world.scratch()).toEqual([]);
  });

  it('that is stopped proves nothing', async () => {
    const id = await world.engine.rehearsals.start(world.storage, { source: null, items: 50, seed: 1 });
    world.engine.parts.runs.stop(id, 'after-item');
    expect(await world.ended(id)).toMatchObject({ status: 'stopped' });
    expect(await marks()).toEqual([]);
    expect(world.scratch()).toEqual([]);
  });

  it('is one at a time on a storage, and refuses a source that the storage does not hold', async () => {
    const wish = { source: null, items: 50, seed: 1 };
    const id = await world.engine.rehearsals.start(world.storage, wish);
    await expect(world.engine.rehearsals.start(world.storage, wish)).rejects.toThrow('rehearsal.already-running');
    await world.ended(id);
    const nobody = world.storage as never;
    await expect(world.engine.rehearsals.start(world.storage, { ...wish, source: nobody })).rejects.toThrow('name.unknown');
  });
});

describe('what a killed rehearsal left', () => {
  it('is gone at the next start, also what may not be entered, and nothing that a link leads to', async () => {
    await world.engine.close('now');
    const left = world.at('profile/rehearsals/x/item');
    fs.mkdirSync(`${left}/closed`, { recursive: true });
    fs.writeFileSync(`${left}/closed/private.txt`, 'private');
    fs.symlinkSync(world.at('files'), `${left}/link`);
    fs.chmodSync(`${left}/closed`, 0o000);
    // As for who is no administrator.
    await onDisk(
      (real) => ({
        list: (path) => {
          if ((real.stat(path)?.mode ?? 0) < 0o700) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
          return real.list(path);
        },
      }),
      true,
    );
    expect(fs.existsSync(world.at('profile/rehearsals'))).toBe(false);
    expect(fs.existsSync(world.at('files/letter.txt'))).toBe(true);
  });
});

/** The last byte is another. */
function spoil(path: string): void {
  const bytes = fs.readFileSync(path);
  const last = bytes.length - 1;
  if (!path.includes('rehearsals') && !path.startsWith('/proc/self/fd/')) return;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  const { atime, mtime } = fs.statSync(path);
  fs.writeFileSync(path, bytes);
  fs.utimesSync(path, atime, mtime);
}
