import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { RestoreItem } from '../destination.ts';
import { filesSource } from '../files/index.ts';
import { capture, madeItem } from '../testing/capture.ts';
import { destinationSuite } from '../testing/destination-suite.ts';
import { below, describeAttributes, describeTree, hasAttributeTools, isRoot, oddNames } from '../testing/files-world.ts';
import { type TestRun, testRun } from '../testing/test-run.ts';
import { directoryDestination } from './destination-directory.ts';
import type { DiskPlace } from './destination-place.ts';
import { writeWithHoles } from './holes.ts';

const files = new NodeFileSystem();
const fileMetadata = {
  type: 'file',
  mode: 0o644,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  modifyNs: '1700000000123456789',
};

destinationSuite('directory', async () => {
  const root = path.join(temporaryFolder(), 'restored');
  return {
    destination: directoryDestination({ files, path: root }),
    item: (n, folderPath, bytes = Buffer.from(`content ${n}\n`)) =>
      madeItem({
        n,
        name: `file ${n}`,
        folderPath: folderPath.map((name, at) => (at === 0 ? `/${name}` : name)),
        metadata: fileMetadata,
        bytes,
      }),
    contents: async () => regularFiles(root).map((file) => fs.readFileSync(file)),
    namesCollide: true,
    close: async () => undefined,
  };
});

function regularFiles(root: string): string[] {
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('files that come back', () => {
  let from: string;
  let to: string;
  let run: TestRun;
  beforeEach(() => {
    // Root's temporary folder is closed to others; the tests below want to be others as well.
    from = path.join(temporaryFolder(), 'from');
    to = path.join(temporaryFolder(), 'to');
    run = testRun();
    fs.mkdirSync(from);
  });
  const captured = (): Promise<RestoreItem[]> =>
    capture(
      filesSource({ kind: 'files', paths: [from], exclude: [], excludeIfPresent: [], oneFileSystem: false }, files),
      files,
      run,
    );
  const restore = async (
    items: readonly RestoreItem[],
    how: 'create' | 'replace' = 'create',
    place: Partial<DiskPlace> = {},
  ): Promise<void> => {
    const session = await directoryDestination({ files, path: to, ...place }).open(run);
    for (const item of items) await session.write(item, how, run);
    await session.finish(run);
    await session.close();
  };
  /** Where `from` lies below `to`. */
  const restored = (): string => path.join(to, from);
  const compare = (): void => {
    expect(describeTree(restored())).toEqual(describeTree(from));
    expect(describeAttributes(restored())).toEqual(describeAttributes(from));
    const [before, after] = [fs.statSync(from, { bigint: true }), fs.statSync(restored(), { bigint: true })];
    expect([after.mode, after.uid, after.gid, after.mtimeNs]).toEqual([before.mode, before.uid, before.gid, before.mtimeNs]);
  };

  const plantTree = (): void => {
    fs.mkdirSync(path.join(from, 'closed'), { mode: 0o500 });
    fs.mkdirSync(path.join(from, 'empty'));
    fs.mkdirSync(path.join(from, 'sealed/inner'), { recursive: true });
    fs.mkdirSync(path.join(from, 'deep/er/still'), { recursive: true });
    fs.writeFileSync(path.join(from, 'deep/er/file'), 'in the deep');
    fs.writeFileSync(path.join(from, 'nothing in it'), '');
    fs.writeFileSync(path.join(from, 'large'), Buffer.alloc(3_000_001, 'strata'));
    fs.writeFileSync(path.join(from, 'secret'), 'x', { mode: 0o000 });
    fs.writeFileSync(path.join(from, 'program'), '#!/bin/sh\n', { mode: 0o755 });
    fs.symlinkSync('deep/er/file', path.join(from, 'link'));
    fs.symlinkSync('/nowhere/at all', path.join(from, 'dangling link'));
    fs.symlinkSync('..', path.join(from, 'deep/up'));
    fs.linkSync(path.join(from, 'program'), path.join(from, 'deep/the same program'));
    files.makeFifo(path.join(from, 'pipe'), 0o640);
    for (const name of oddNames) fs.writeFileSync(below(from, name), name);
    for (const name of oddNames.slice(0, 8)) fs.mkdirSync(below(path.join(from, 'deep'), name));
    files.writeAttribute(path.join(from, 'large'), 'user.note', Buffer.from([1, 0, 255]));
    files.writeAttribute(path.join(from, 'deep'), 'user.note', Buffer.from('of a directory'));
    let ns = 1_600_000_000_000_000_001n;
    everythingIn(from, (file) => files.setTimes(file, 1n, (ns += 1_111_111_111n)));
    fs.chmodSync(path.join(from, 'sealed'), 0o000);
    files.setTimes(from, 1n, -1_234_567_891n);
  };

  it('are the same in everything: names, bytes, types, modes, owners, times, links, attributes', async () => {
    plantTree();
    await restore(await captured());
    compare();
    expect(files.readAttributes(path.join(restored(), 'large')).get('user.note')).toEqual(Buffer.from([1, 0, 255]));
    expect(run.problems).toEqual([]);
    const program = fs.statSync(path.join(restored(), 'program'));
    expect(fs.statSync(path.join(restored(), 'deep/the same program')).ino).toBe(program.ino);
  });

  it.skipIf(!isRoot)('are the same for somebody without special rights', async () => {
    plantTree();
    fs.chmodSync(path.dirname(from), 0o755);
    everythingIn(from, (file) => files.setOwner(file, 65_534, 65_534));
    files.setOwner(from, 65_534, 65_534);
    const items = await captured();
    fs.chmodSync(path.dirname(to), 0o777);
    await asNobody(() => restore(items));
    compare();
    expect(run.problems).toEqual([]);
  });

  it('go back to the very same paths', async () => {
    plantTree();
    const items = await captured();
    const before = describeTree(from);
    fs.renameSync(from, to);
    await restore(items, 'create', { path: '/', original: true });
    expect(describeTree(from)).toEqual(before);
  });

  it('go back through a link that leads to the named path', async () => {
    const real = path.join(path.dirname(from), 'real');
    fs.renameSync(from, real);
    fs.symlinkSync(real, from);
    fs.mkdirSync(path.join(real, 'd'));
    fs.writeFileSync(path.join(real, 'd/x'), 'x');
    const items = await captured();
    fs.rmSync(path.join(real, 'd'), { recursive: true });
    await restore(items, 'create', { path: '/', original: true });
    expect(fs.readFileSync(path.join(real, 'd/x'), 'utf8')).toBe('x');
  });

  it('come below a folder that was asked for', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'x');
    await restore(await captured(), 'create', { restoreRoot: 'back/here' });
    expect(fs.readFileSync(path.join(to, 'back/here', from, 'x'), 'utf8')).toBe('x');
  });

  it('bring a single named file to where it was', async () => {
    const lone = path.join(from, 'lone');
    fs.writeFileSync(lone, 'lone');
    const source = filesSource({ kind: 'files', paths: [lone], exclude: [], excludeIfPresent: [], oneFileSystem: false }, files);
    const items = await capture(source, files, run);
    await restore(items);
    expect(fs.readFileSync(path.join(to, lone), 'utf8')).toBe('lone');
  });

  it('have their holes again', async () => {
    const file = path.join(from, 'sparse');
    fs.writeFileSync(file, '');
    fs.truncateSync(file, 20_000_000);
    const handle = fs.openSync(file, 'r+');
    fs.writeSync(handle, 'in the middle', 10_000_000);
    fs.closeSync(handle);
    await restore(await captured());
    compare();
    expect(fs.statSync(path.join(restored(), 'sparse')).blocks).toBeLessThan(100);
  });

  it.skipIf(!isRoot)('have their owner and setuid bit again, for the administrator only', async () => {
    const file = path.join(from, 'setuid');
    fs.writeFileSync(file, 'x');
    fs.chownSync(file, 4321, 1234);
    fs.chmodSync(file, 0o6755);
    const items = await captured();
    await restore(items);
    compare();
    const other = `${to}2`;
    await restore(items, 'create', { path: other, isPrivileged: false });
    expect(fs.statSync(path.join(other, file)).mode & 0o7777).toBe(0o755);
    expect(run.problems).toMatchObject([{ failure: { code: 'restore.mode-lost', facts: { count: 1, item: 'setuid' } } }]);
  });

  it.skipIf(!hasAttributeTools)('have their access lists again', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'x', { mode: 0o640 });
    execFileSync('setfacl', ['-m', 'u:4321:rw,g:1234:r', path.join(from, 'x')]);
    execFileSync('setfacl', ['-d', '-m', 'u:4321:rwx', from]);
    await restore(await captured());
    compare();
    const lists = (of: string): string => execFileSync('getfacl', ['-nRcp', '.'], { cwd: of }).toString();
    expect(lists(restored())).toBe(lists(from));
  });

  it.skipIf(!isRoot)('do not lend the rights of whoever restores when the owner cannot be had', async () => {
    const file = path.join(from, 'setuid');
    fs.writeFileSync(file, 'x');
    fs.chownSync(file, 4321, 4321);
    fs.chmodSync(file, 0o4755);
    const items = await captured();
    await restore(items, 'create', { files: refusing('setOwner', 'EPERM') });
    expect(fs.statSync(path.join(restored(), 'setuid')).mode & 0o7777).toBe(0o755);
    expect(run.problems.map(({ failure }) => failure.code).sort()).toEqual(['restore.mode-lost', 'restore.owner-lost']);
  });

  it('say in one line per kind of loss what could not be given back', async () => {
    for (const name of ['a', 'b', 'c']) {
      fs.writeFileSync(path.join(from, name), name);
      files.writeAttribute(path.join(from, name), 'user.note', Buffer.from('x'));
    }
    await restore(await captured(), 'create', { files: refusing('writeAttribute', 'ENOTSUP') });
    expect(run.problems).toMatchObject([
      { failure: { code: 'restore.attributes-lost', facts: { count: 3, reason: 'ENOTSUP' } } },
    ]);
    expect(regularFiles(to)).toHaveLength(3);
  });

  it('are only there when they are whole, wherever the disk fails', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'new content');
    const items = await captured();
    for (const call of ['makeDirectory', 'open', 'link', 'setTimes', 'lstat'] as const) {
      fs.rmSync(to, { recursive: true, force: true });
      await restore(items, 'create', { files: refusing(call, 'EIO') }).catch(() => undefined);
      for (const file of regularFiles(to).filter((name) => path.basename(name) === 'x')) {
        expect(fs.readFileSync(file, 'utf8')).toBe('new content');
      }
    }
  });

  it('end the restore when the disk is full', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'x');
    const items = await captured();
    await expect(restore(items, 'create', { files: refusing('link', 'ENOSPC') })).rejects.toMatchObject({ code: 'disk.full' });
    expect(regularFiles(to)).toEqual([]);
  });

  it('come to disks without hard links, and still replace nothing', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'x');
    const items = await captured();
    const place = { files: refusing('link', 'EPERM') };
    await restore(items, 'create', place);
    compare();
    await expect(restore(items, 'create', place)).rejects.toMatchObject({
      code: 'restore.write-failed',
      facts: { reason: 'EEXIST' },
    });
  });

  it('are all there on a disk that does not tell upper from lower case', async () => {
    for (const name of ['a/README.md', 'a/readme.md', 'A/ReadMe.md', 'e\u0301', '\u00e9']) {
      fs.mkdirSync(path.dirname(path.join(from, name)), { recursive: true });
      fs.writeFileSync(path.join(from, name), name);
    }
    const items = await captured();
    const place = { files: indifferent() };
    await restore(items, 'create', place);
    const contents = regularFiles(restored()).map((file) => fs.readFileSync(file, 'utf8'));
    expect(contents.sort()).toEqual(['a/README.md', 'a/readme.md', 'A/ReadMe.md', 'e\u0301', '\u00e9'].sort());
    // Again: every one is found where it was put.
    const session = await directoryDestination({ ...place, path: to }).open(run);
    for (const item of items.filter(({ manifest }) => manifest.kind === 'file'))
      expect(await session.probe(item, run)).toBe('identical');
    await session.close();
  });

  it('go each to its own directory, where two differ only in case', async () => {
    for (const name of ['Pod/x', 'pod/y', 'pod/in/z']) {
      fs.mkdirSync(path.dirname(path.join(from, name)), { recursive: true });
      fs.writeFileSync(path.join(from, name), name);
    }
    await restore(await captured());
    compare();
  });

  it('find what a crash left of them, and remove it', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'x');
    const items = await captured();
    const [item] = items.filter(({ manifest }) => manifest.name === 'x');
    fs.mkdirSync(restored(), { recursive: true });
    fs.writeFileSync(path.join(restored(), `.strata-${item?.manifest.item}.part`), 'half');
    await restore(items);
    expect(fs.readdirSync(restored())).toEqual(['x']);
  });

  it('leave a directory that is there as it is, unless it is to be replaced', async () => {
    fs.chmodSync(from, 0o711);
    fs.writeFileSync(path.join(from, 'x'), 'x');
    const items = await captured();
    fs.mkdirSync(restored(), { recursive: true, mode: 0o755 });
    await restore(items);
    expect(fs.statSync(restored()).mode & 0o777).toBe(0o755);
    await restore(items, 'replace');
    expect(fs.statSync(restored()).mode & 0o777).toBe(0o711);
    compare();
  });

  it('are told apart from what differs only in time or rights', async () => {
    fs.writeFileSync(path.join(from, 'x'), 'x');
    const items = await captured();
    const [item] = items.filter(({ manifest }) => manifest.name === 'x');
    if (item === undefined) throw new Error('not captured');
    await restore(items);
    const probe = async (): Promise<string> => (await directoryDestination({ files, path: to }).open(run)).probe(item, run);
    expect(await probe()).toBe('identical');
    fs.chmodSync(path.join(restored(), 'x'), 0o600);
    expect(await probe()).toBe('same-name');
  });

  it('do not include sockets, which only their programs can make, nor devices', async () => {
    const session = await directoryDestination({ files, path: to }).open(run);
    const socket = madeItem({ name: 's', metadata: { ...fileMetadata, type: 'socket' } });
    expect(await session.probe(socket, run)).toBe('identical');
    const device = madeItem({ name: 'd', metadata: { ...fileMetadata, type: 'block-device', deviceNumber: '1' } });
    await expect(session.write(device, 'create', run)).rejects.toMatchObject({ code: 'not.supported' });
    await session.close();
  });

  it('have their holes at the right places, whatever the pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 9000 })), { maxLength: 12 }),
        (runs) => {
          const bytes = Buffer.concat(runs.map(([value, length]) => Buffer.alloc(length, value)));
          const image = Buffer.alloc(bytes.length);
          let written = 0;
          const handle = {
            writeAt: (part: Uint8Array, position: number) => {
              image.set(part, position);
              written += part.length;
            },
          } as Parameters<typeof writeWithHoles>[0];
          for (let at = 0; at < bytes.length; at += 5001) writeWithHoles(handle, bytes.subarray(at, at + 5001), at);
          expect(image.equals(bytes)).toBe(true);
          expect(written).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** The real file system, with one call that always fails on what is being restored. */
function refusing(call: keyof FileSystem, code: string): FileSystem {
  return new Proxy(files, {
    get(target, name: keyof FileSystem) {
      const real = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        if (name === call) throw Object.assign(new Error(code), { code });
        return real.apply(target, args);
      };
    },
  });
}

/** The real file system, but names that differ only in case or spelling lead to what is there. */
function indifferent(): FileSystem {
  const fold = (name: string): string => name.normalize('NFC').toLowerCase();
  const existing = (given: unknown): unknown => {
    if (typeof given !== 'string' || !given.includes('/')) return given;
    const [directory, name] = [path.dirname(given), path.basename(given)];
    if (!fs.existsSync(directory) || fs.existsSync(given)) return given;
    const other = files.list(directory).find((entry) => fold(entry.name) === fold(name))?.name;
    return other === undefined ? given : `${directory}/${other}`;
  };
  return new Proxy(files, {
    get(target, name: keyof FileSystem) {
      const real = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => real.apply(target, args.map(existing));
    },
  });
}

/** What is inside before what holds it, so that touching the one does not undo what was done to the other. */
function everythingIn(directory: string, action: (file: string) => void): void {
  for (const { name, type } of files.list(directory)) {
    const file = `${directory}/${name}`;
    if (type === 'directory') everythingIn(file, action);
    action(file);
  }
}

async function asNobody<T>(action: () => Promise<T>): Promise<T> {
  process.setegid?.(65_534);
  process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
