import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import type { FilesSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { headerMagic } from '../../format/magic.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { noCursors, type Reading, type Sighting } from '../source.ts';
import { below, describeTree, isRoot, oddNames } from '../testing/files-world.ts';
import { asStored, contentBytes, observe, type ObservedFolder, readAll } from '../testing/observation.ts';
import { type PlantedItem, sourceSuite } from '../testing/source-suite.ts';
import { testRun } from '../testing/test-run.ts';
import { filesSource } from './index.ts';
import { storageMark } from './storage-mark.ts';

const files = new NodeFileSystem();
const settingsFor = (paths: readonly string[], more: Partial<FilesSettings> = {}): FilesSettings => ({
  kind: 'files',
  paths,
  exclude: [],
  excludeIfPresent: [],
  oneFileSystem: false,
  ...more,
});

// Two named paths, so that the suite's folders lie directly below the root as they do in a mailbox.
sourceSuite('files', async () => {
  const world = temporaryFolder();
  const place = (folder: readonly string[]): string => path.join(world, ...folder);
  fs.mkdirSync(place(['Work']));
  const source = filesSource(settingsFor([place(['Work'])]), files);
  const plant = (file: string, bytes: Uint8Array): PlantedItem => {
    let now = file;
    fs.writeFileSync(now, bytes);
    return {
      bytes,
      changeMetadata: async () => fs.chmodSync(now, 0o640),
      remove: async () => fs.unlinkSync(now),
      changeContent: async () => {
        const next = Buffer.concat([bytes, Buffer.from(' changed')]);
        fs.writeFileSync(now, next);
        return next;
      },
      move: async (folder) => {
        const target = path.join(place(folder), path.basename(now));
        fs.renameSync(now, target);
        now = target;
      },
    };
  };
  return {
    source: shortNames(source, place(['Work'])),
    knowsContentApart: false,
    addFolder: async (folder) => void fs.mkdirSync(place(folder), { recursive: true }),
    addItem: async (folder, n) => plant(path.join(place(folder), `file ${n}`), Buffer.from(`content ${n}\n`)),
    fingerprint: async () => describeTree(world, { changeTimes: true }).join('\n'),
    close: async () => undefined,
  };
});

/** The suite speaks of `Work`; a named path is called by its whole path. */
function shortNames(source: ReturnType<typeof filesSource>, named: string): ReturnType<typeof filesSource> {
  return {
    async open(run) {
      const session = await source.open(run);
      return {
        capabilities: session.capabilities,
        folders: (parent, current) => session.folders(parent, current),
        read: (folder, wanted, current) => session.read(folder, wanted, current),
        close: () => session.close(),
        async *walk(known, current) {
          for await (const visit of session.walk(known, current)) {
            yield visit.folder.key === named ? { ...visit, folder: { ...visit.folder, name: path.basename(named) } } : visit;
          }
        },
      };
    },
  };
}

describe('the source of files', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });
  const write = (name: string, text = name): string => {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  };
  const walk = async (
    settings = settingsFor([root]),
    on: FileSystem = files,
    cursors: Record<string, string> = {},
  ): Promise<ObservedFolder[]> => {
    const run = testRun();
    const session = await filesSource(settings, on).open(run);
    return observe(session, run, { cursor: (key) => (cursors[key] === undefined ? undefined : { device: cursors[key] }) });
  };
  const names = async (settings = settingsFor([root])): Promise<string[]> =>
    (await walk(settings)).flatMap(({ visit, sightings }) =>
      sightings.map(({ name }) => path.relative(root, path.join(visit.folder.key, name))),
    );
  const folderKeys = async (settings = settingsFor([root])): Promise<string[]> =>
    (await walk(settings)).slice(1).map(({ visit }) => path.relative(root, visit.folder.key));
  const readEverything = async (settings = settingsFor([root]), on: FileSystem = files): Promise<Map<string, Reading>> => {
    const run = testRun();
    const session = await filesSource(settings, on).open(run);
    const all = new Map<string, Reading>();
    for (const { visit, sightings } of await observe(session, run)) {
      const wanted = [...sightings, visit.folder].map((sighting) => ({ sighting, need: 'content' as const }));
      for (const [key, reading] of await readAll(session, visit.folder.key, wanted, run)) {
        all.set(key === visit.folder.key ? key : path.join(visit.folder.key, key), asStored(reading, on));
      }
    }
    return all;
  };

  it('calls the named paths by their whole path and everything below by its name', async () => {
    write('a/b/c.txt');
    const lone = path.join(temporaryFolder(), 'lone');
    fs.writeFileSync(lone, 'x');
    const visits = await walk(settingsFor([root, lone]));
    expect(visits.map(({ visit }) => [visit.folder.key, visit.folder.name, visit.parentKey])).toEqual([
      ['', '', null],
      [root, root, ''],
      [path.join(root, 'a'), 'a', root],
      [path.join(root, 'a/b'), 'b', path.join(root, 'a')],
    ]);
    expect(visits[0]?.sightings.map(({ key }) => key)).toEqual([lone]);
  });

  it.each(oddNames.map((name) => [JSON.stringify(name.toString('latin1')), name] as const))(
    'keeps the name %s',
    async (_, name) => {
      fs.writeFileSync(below(root, name), 'content');
      const [reading] = [...(await readEverything()).values()].filter(({ content }) => content !== undefined);
      if (reading?.content === undefined) throw new Error('the file was not found');
      expect(Buffer.from(await contentBytes(reading.content, files)).toString()).toBe('content');
    },
  );

  it('tells all odd names apart', async () => {
    for (const name of oddNames) fs.writeFileSync(below(root, name), '');
    expect((await names()).length).toBe(oddNames.length);
  });

  it('leaves out what the patterns say, below each named path', async () => {
    for (const name of ['keep.txt', 'x.log', 'build/out', 'deep/build/out', 'deep/keep']) write(name);
    expect((await names(settingsFor([root], { exclude: ['*.log', '/build'] }))).sort()).toEqual([
      'deep/build/out',
      'deep/keep',
      'keep.txt',
    ]);
  });

  it('keeps a directory with a marker, empty', async () => {
    write('cache/.nobackup');
    write('cache/big');
    write('cache/deep/big');
    const settings = settingsFor([root], { excludeIfPresent: ['.nobackup'] });
    expect(await names(settings)).toEqual([]);
    expect(await folderKeys(settings)).toEqual(['', 'cache']);
  });

  it('never takes a Strata storage in', async () => {
    expect(storageMark).toEqual(headerMagic);
    write('backups/packs/x.pack');
    fs.writeFileSync(path.join(root, 'backups/STORAGE'), Buffer.concat([storageMark, Buffer.alloc(100)]));
    write('other/STORAGE', 'only the name');
    expect(await names()).toEqual(['other/STORAGE']);
    expect(await folderKeys()).toEqual(expect.arrayContaining(['backups']));
  });

  it('tells who asks for it of all that is left out, and why; and does not look into other disks for that', async () => {
    for (const name of ['keep.txt', 'x.log', 'built/deep/out', 'marked/.nobackup', 'marked/below/big', 'disk/x']) write(name);
    write('gone/mounted/far');
    const settings = settingsFor([root], { exclude: ['*.log', 'built/', '/gone'], excludeIfPresent: ['.nobackup'] });
    const below = path.join(root, 'gone/mounted');
    const on = changed('lstat', below, (stat) => ({ ...stat, device: stat.device + 1n }));
    const run = testRun();
    const session = await filesSource({ ...settings, include: ['*.txt', 'disk/'] }, on).open(run);
    const seen: string[] = [];
    for await (const { folder, scan, leftOut } of session.walk({ ...noCursors, tellsLeftOut: true }, run)) {
      if (scan === undefined) seen.push(`${path.relative(root, folder.key)}/ unseen: ${leftOut?.rule}`);
      for await (const batch of scan?.sightings ?? [])
        for (const { name, leftOut: by } of batch)
          seen.push([path.relative(root, `${folder.key}/${name}`), by?.rule, by?.text].filter(Boolean).join(' '));
    }
    expect(seen.sort()).toEqual([
      'built/deep/out pattern built/',
      'disk/x',
      'gone/mounted/ unseen: mounted',
      'keep.txt',
      'marked/.nobackup marker .nobackup',
      'marked/below/big marker .nobackup',
      'x.log pattern *.log',
    ]);
    expect((await names(settings)).sort()).toEqual(['disk/x', 'keep.txt']);
  });

  it('visits a path that was named twice, or inside another, once', async () => {
    write('a/b/c');
    const inner = path.join(root, 'a');
    const visits = await walk(settingsFor([root, inner, `${inner}/`]));
    expect(visits.map(({ visit }) => visit.folder.key)).toEqual(['', root, inner, path.join(inner, 'b')]);
  });

  it('follows a named link and no other', async () => {
    write('real/file');
    fs.symlinkSync(path.join(root, 'real'), path.join(root, 'named'));
    fs.symlinkSync('real', path.join(root, 'link'));
    const visits = await walk(settingsFor([path.join(root, 'named')]));
    expect(visits[1]?.sightings.map(({ name }) => name)).toEqual(['file']);
    expect(await names()).toEqual(expect.arrayContaining(['link', 'named', 'real/file']));
    const target = (await readEverything()).get(path.join(root, 'link'))?.metadata['linkTarget'];
    expect(target).toBe('real');
  });

  it('keeps everything about a file that a restore needs', async () => {
    const file = write('f', 'x');
    fs.chmodSync(file, 0o4751);
    files.setTimes(file, 5n, 1_234_567_890_123_456_789n);
    files.writeAttribute(file, 'user.note', Buffer.from([0, 255, 10]));
    fs.linkSync(file, path.join(root, 'second name'));
    const reading = (await readEverything()).get(file);
    const { uid, gid, ino, dev } = fs.statSync(file);
    expect(reading?.metadata).toMatchObject({
      type: 'file',
      mode: 0o4751,
      uid,
      gid,
      modifyNs: '1234567890123456789',
      attributes: { 'user.note': 'AP8K' },
      hardLink: `${dev}:${ino}`,
    });
    expect(reading?.summary).toEqual({ title: 'f', timeMs: 1_234_567_890_123 });
  });

  it('names owner and group as this computer does', async () => {
    const metadata = (await readEverything()).get(root)?.metadata;
    expect(metadata?.['owner']).toBe(execFileSync('id', ['-un']).toString().trim());
  });

  it('notices holes', async () => {
    const file = write('sparse', '');
    fs.truncateSync(file, 10_000_000);
    expect((await readEverything()).get(file)?.metadata['sparse']).toBe(true);
    const full = write('full', 'x'.repeat(100_000));
    expect((await readEverything()).get(full)?.metadata['sparse']).toBeUndefined();
  });

  it('keeps pipes and sockets as items without content', async () => {
    files.makeFifo(path.join(root, 'pipe'), 0o600);
    const { default: net } = await import('node:net');
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(root, 'socket'), resolve));
    const readings = await readEverything();
    await new Promise((resolve) => server.close(resolve));
    expect(readings.get(path.join(root, 'pipe'))).toMatchObject({ metadata: { type: 'fifo' } });
    expect(readings.get(path.join(root, 'socket'))).toMatchObject({ metadata: { type: 'socket' } });
    for (const name of ['pipe', 'socket']) expect(readings.get(path.join(root, name))?.content).toBeUndefined();
  });

  it('remembers on which disk a named path lies', async () => {
    write('d/x');
    const readings = await readEverything();
    expect(readings.get(root)?.metadata['device']).toBe(String(fs.statSync(root).dev));
    expect(readings.get(path.join(root, 'd'))?.metadata['device']).toBeUndefined();
  });

  describe('what is not there', () => {
    it('fails as missing when no named path is there', async () => {
      await expect(walk(settingsFor([path.join(root, 'gone')]))).rejects.toMatchObject({ code: 'source.missing' });
    });

    it('is reported beside paths that are there, and proves nothing', async () => {
      write('x');
      const gone = path.join(root, 'gone');
      const visits = await walk(settingsFor([root, gone]));
      expect(visits.find(({ visit }) => visit.folder.key === gone)?.visit).toMatchObject({
        scan: undefined,
        problem: { code: 'source.missing', facts: { path: gone } },
      });
      // It may have been a file: those lie directly in the root.
      expect(visits[0]?.visit.scan?.completeness).toBe('changes');
    });

    it('is not an empty directory that lies on another disk than before', async () => {
      const empty = fs.mkdirSync(path.join(root, 'mount'), { recursive: true }) ?? '';
      const { dev } = fs.statSync(empty);
      const [, other] = await walk(settingsFor([empty]), files, { [empty]: String(dev + 1) });
      expect(other?.visit).toMatchObject({ scan: undefined, problem: { code: 'source.missing' } });
      const [, same] = await walk(settingsFor([empty]), files, { [empty]: String(dev) });
      expect(same?.visit.scan?.completeness).toBe('full');
      expect(same?.cursor).toEqual({ device: String(dev) });
    });

    it('is not one unreadable directory among others', async () => {
      write('closed/secret');
      write('open/x');
      const visits = await walk(settingsFor([root]), failing('list', path.join(root, 'closed'), 'EACCES'));
      expect(visits.find(({ visit }) => visit.folder.name === 'closed')?.visit).toMatchObject({
        scan: undefined,
        problem: { code: 'folder.unreadable', facts: { folder: path.join(root, 'closed'), reason: 'EACCES' } },
      });
      expect(visits.find(({ visit }) => visit.folder.name === 'open')?.sightings).toHaveLength(1);
    });

    it('is not an entry that says nothing of itself', async () => {
      const bad = write('bad');
      write('good');
      const on = failing('lstat', bad, 'EIO');
      const [, folder] = await walk(settingsFor([root]), on);
      expect(folder?.sightings.map(({ name }) => name).sort()).toEqual(['bad', 'good']);
      expect((await readEverything(settingsFor([root]), on)).get(bad)?.problem).toMatchObject({
        code: 'item.unreadable',
        facts: { item: 'bad', reason: 'EIO' },
      });
    });

    it('is not a listing in which nothing may be looked at', async () => {
      const file = write('d/x');
      await expect(walk(settingsFor([root]), failing('lstat', file, 'EACCES'))).rejects.toMatchObject({
        code: 'folder.unreadable',
      });
    });

    it.skipIf(!isRoot)('is told of by the system itself to somebody without rights', async () => {
      write('closed/secret');
      fs.chmodSync(path.join(root, 'closed'), 0o000);
      fs.chmodSync(root, 0o755);
      const seen = asNobody(() => walk());
      await expect(seen).resolves.toSatisfy((visits: ObservedFolder[]) =>
        visits.some(({ visit }) => visit.problem?.code === 'folder.unreadable' && visit.scan === undefined),
      );
    });
  });

  it('stays on one file system when told to', async () => {
    write('mounted/x');
    write('y');
    const mounted = path.join(root, 'mounted');
    const on = changed('lstat', mounted, (stat) => ({ ...stat, device: stat.device + 1n }));
    const settings = settingsFor([root], { oneFileSystem: true });
    const visits = await walk(settings, on);
    expect(visits.find(({ visit }) => visit.folder.key === mounted)?.sightings).toEqual([]);
    expect(visits.find(({ visit }) => visit.folder.key === root)?.sightings).toHaveLength(1);
  });

  it('notices content that was written by a program that put the time back', async () => {
    const file = write('container', 'old');
    const before = fs.statSync(file, { bigint: true });
    const [, first] = await walk();
    fs.writeFileSync(file, 'new');
    files.setTimes(file, before.atimeNs, before.mtimeNs);
    const [, second] = await walk();
    expect(second?.sightings[0]?.contentRevision).not.toBe(first?.sightings[0]?.contentRevision);
  });

  it.each(['empty', 'link'])('recognises what has no bytes when it moves: %s', async (name) => {
    if (name === 'link') fs.symlinkSync('x', path.join(root, name));
    else write(name, '');
    const [, first] = await walk();
    fs.renameSync(path.join(root, name), path.join(root, 'moved'));
    const [, second] = await walk();
    const marks = (folder: ObservedFolder | undefined) =>
      folder?.sightings.map(({ identity, contentRevision }) => [identity, contentRevision]);
    expect(marks(second)).toEqual(marks(first));
  });

  it('reads a file as it is now, not as it was sighted', async () => {
    const file = write('x', 'old');
    const run = testRun();
    const session = await filesSource(settingsFor([root]), files).open(run);
    const [, folder] = await observe(session, run);
    const [sighting] = folder?.sightings ?? [];
    if (sighting === undefined) throw new Error('nothing was sighted');
    fs.writeFileSync(file, 'newer');
    const seen = (await readAll(session, root, [{ sighting, need: 'content' }], run)).get('x');
    const opened = files.lstat(file);
    // Whoever opens it sees that it is another by now, and asks again.
    expect(seen?.content).not.toMatchObject({ modifyNs: opened?.modifyNs, changeNs: opened?.changeNs });
    const now = seen?.again?.();
    expect(now?.contentRevision).not.toBe(sighting.contentRevision);
    expect(now?.content).toMatchObject({ kind: 'file', path: file, sizeBytes: 5 });
    expect(now?.again).toBeUndefined();
  });

  it('looks again where only the text of a sighting was kept', async () => {
    const file = write('x', 'old');
    const run = testRun();
    const session = await filesSource(settingsFor([root]), files).open(run);
    const [, folder] = await observe(session, run);
    const sighting = JSON.parse(JSON.stringify(folder?.sightings[0])) as Sighting;
    fs.writeFileSync(file, 'newer');
    const reading = (await readAll(session, root, [{ sighting, need: 'content' }], run)).get('x');
    expect(reading?.content).toMatchObject({ kind: 'file', path: file, sizeBytes: 5, changeNs: files.lstat(file)?.changeNs });
  });

  it('does not pass new content off as known when only the metadata were asked for', async () => {
    const file = write('x', 'old');
    const run = testRun();
    const session = await filesSource(settingsFor([root]), files).open(run);
    const [, folder] = await observe(session, run);
    const [sighting] = folder?.sightings ?? [];
    if (sighting === undefined) throw new Error('nothing was sighted');
    fs.writeFileSync(file, 'newer');
    const reading = (await readAll(session, root, [{ sighting, need: 'metadata' }], run)).get('x');
    expect(reading?.problem).toMatchObject({ code: 'item.changed-while-reading' });
  });

  it('shows one level to a person, with what is left out marked', async () => {
    write('a/deep/x');
    write('skip/x');
    const run = testRun();
    const session = await filesSource(settingsFor([root], { exclude: ['skip'] }), files).open(run);
    expect(await session.folders(null, run)).toMatchObject([{ key: root, parentKey: '', name: root }]);
    const level = await session.folders(root, run);
    expect(level.map(({ name, excluded }) => [name, excluded]).sort()).toEqual([
      ['a', false],
      ['skip', true],
    ]);
  });

  it('lets others run during a long walk, and hears a stop', async () => {
    for (let n = 0; n < 50; n++) write(`${n}/x`);
    const run = testRun();
    let naps = 0;
    let nowMs = 0;
    // Every look at the clock is 10 ms later; the stop comes while the walk sleeps.
    const clock = {
      ...run.clock,
      monotonicMs: () => (nowMs += 10),
      sleep: async () => {
        naps += 1;
        if (naps === 3) run.stop();
      },
    };
    const session = await filesSource(settingsFor([root]), files).open(run);
    await expect(observe(session, { ...run, clock })).rejects.toThrow('stopped');
    expect(naps).toBe(3);
  });
});

/** The real file system, but for one call on one path. */
function failing(call: 'list' | 'lstat', where: string, code: string): FileSystem {
  return replaced(call, where, () => {
    throw Object.assign(new Error(code), { code });
  });
}

function changed(
  call: 'lstat',
  where: string,
  change: (stat: NonNullable<ReturnType<FileSystem['lstat']>>) => unknown,
): FileSystem {
  return replaced(call, where, () => {
    const stat = files.lstat(where);
    return stat && change(stat);
  });
}

function replaced(call: 'list' | 'lstat', where: string, action: () => unknown): FileSystem {
  return new Proxy(files, {
    get(target, name: keyof FileSystem) {
      const real = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => (name === call && args[0] === where ? action() : real.apply(target, args));
    },
  });
}

async function asNobody<T>(action: () => Promise<T>): Promise<T> {
  if (process.seteuid === undefined) throw new StrataError('not.supported', 'never', { reason: 'no users here' });
  process.seteuid(65_534);
  try {
    return await action();
  } finally {
    process.seteuid(0);
  }
}
