import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { nameText } from './file-name.ts';
import { NodeFileSystem } from './node-file-system.ts';

const files = new NodeFileSystem();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const onPosix = process.platform !== 'win32';

function write(path: string, bytes: Uint8Array): void {
  const file = files.open(path, 'create');
  file.write(bytes);
  file.close();
}

describe('names', () => {
  it.runIf(process.platform === 'linux')('that are not UTF-8 can be listed, opened, linked, renamed and removed', () => {
    const folder = temporaryFolder();
    const raw = Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0x61, 0xe9, 0x62)]);
    fs.writeFileSync(raw, 'latin');
    fs.writeFileSync(`${folder}/é`, 'utf');
    const names = files.list(folder).map((entry) => entry.name);
    expect(names.sort()).toEqual(['a\uefe9b', 'é'].sort());
    const path = `${folder}/${nameText(Buffer.of(0x61, 0xe9, 0x62))}`;
    expect(files.readWhole(path)).toEqual(text('latin'));
    files.link(path, `${path}2`);
    files.rename(`${path}2`, `${path}3`);
    files.setTimes(path, 1n, 2n);
    expect(files.lstat(path)?.modifyNs).toBe(2n);
    files.unlink(path);
    expect(fs.existsSync(raw)).toBe(false);
    files.symlink(path, `${folder}/link`);
    expect(files.readLink(`${folder}/link`)).toBe(path);
  });
});

describe('stat', () => {
  it('is undefined where nothing is, also below a file', () => {
    const folder = temporaryFolder();
    write(`${folder}/a`, text(''));
    expect(files.stat(`${folder}/b`)).toBeUndefined();
    expect(files.lstat(`${folder}/a/b`)).toBeUndefined();
  });

  it.runIf(onPosix)('tells types, modes and what a sparse file takes', () => {
    const folder = temporaryFolder();
    const file = files.open(`${folder}/sparse`, 'create', 0o640);
    file.extendTo(10_000_000);
    file.writeAt(text('end'), 9_999_000);
    file.close();
    files.symlink('sparse', `${folder}/link`);
    files.makeFifo(`${folder}/fifo`, 0o600);
    expect(files.lstat(`${folder}/sparse`)).toMatchObject({ type: 'file', sizeBytes: 10_000_000, mode: 0o640, links: 1 });
    expect(files.lstat(`${folder}/sparse`)?.allocatedBytes).toBeLessThan(1_000_000);
    expect(files.lstat(`${folder}/link`)?.type).toBe('symlink');
    expect(files.stat(`${folder}/link`)?.type).toBe('file');
    expect(files.lstat(`${folder}/fifo`)?.type).toBe('fifo');
    expect(new Set(files.list(folder).map((entry) => entry.type))).toEqual(new Set(['file', 'symlink', 'fifo']));
  });
});

describe('opening', () => {
  it('to create never replaces', () => {
    const path = `${temporaryFolder()}/a`;
    write(path, text('one'));
    expect(() => files.open(path, 'create')).toThrow(/EEXIST/);
    expect(() => files.link(path, path)).toThrow(/EEXIST/);
  });

  it.runIf(onPosix)('without following refuses a symbolic link', () => {
    const folder = temporaryFolder();
    write(`${folder}/a`, text('one'));
    files.symlink('a', `${folder}/link`);
    expect(() => files.open(`${folder}/link`, 'read-no-follow')).toThrow(/ELOOP/);
  });

  it.runIf(onPosix)('a fifo that took the place of a file does not stop the engine', () => {
    const folder = temporaryFolder();
    files.makeFifo(`${folder}/a`, 0o600);
    const handle = files.open(`${folder}/a`, 'read-no-follow');
    expect(handle.stat().type).toBe('fifo');
    handle.close();
  });

  it.runIf(process.platform === 'linux')('to back up leaves the access time as it was', () => {
    const path = `${temporaryFolder()}/a`;
    write(path, text('one'));
    files.setTimes(path, 1_000_000_000n, 2_000_000_000n);
    const handle = files.open(path, 'read-no-follow');
    expect(handle.read(new Uint8Array(10), null)).toBe(3);
    handle.close();
    expect(files.lstat(path)?.accessNs).toBe(1_000_000_000n);
  });

  it('to append goes on at the end, and closing twice closes nobody else', () => {
    const path = `${temporaryFolder()}/a`;
    write(path, text('one'));
    const handle = files.open(path, 'append');
    handle.write(text('two'));
    handle.close();
    const other = files.open(path, 'read');
    handle.close();
    const into = new Uint8Array(6);
    expect(other.read(into, 0)).toBe(6);
    other.close();
    expect(into).toEqual(text('onetwo'));
  });
});

describe.runIf(onPosix)('times', () => {
  it.each([
    [0n, 1n],
    [1_700_000_000_123_456_789n, 1_700_000_000_987_654_321n],
    [-1_500_000_001n, -1n],
  ])('are kept to the nanosecond, of the link itself: %d %d', (accessNs, modifyNs) => {
    const folder = temporaryFolder();
    write(`${folder}/a`, text('one'));
    files.symlink('a', `${folder}/link`);
    const before = files.lstat(`${folder}/a`);
    files.setTimes(`${folder}/link`, accessNs, modifyNs);
    expect(files.lstat(`${folder}/link`)).toMatchObject({ accessNs, modifyNs });
    expect(files.lstat(`${folder}/a`)?.modifyNs).toBe(before?.modifyNs);
  });

  it('are kept to the microsecond without the C library', () => {
    const path = `${temporaryFolder()}/a`;
    write(path, text('one'));
    const plain = new NodeFileSystem({ withoutNative: true });
    plain.setTimes(path, 1_700_000_000_123_456_789n, 1_700_000_000_123_456_789n);
    const off = (plain.lstat(path)?.modifyNs ?? 0n) - 1_700_000_000_123_456_789n;
    expect(off > -1000n && off < 1000n).toBe(true);
    expect(() => plain.makeFifo(`${path}.fifo`, 0o600)).toThrow(/ENOSYS/);
    expect(plain.readAttributes(path).size).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('extended attributes', () => {
  it('come back whole, empty and large values included', () => {
    const path = `${temporaryFolder()}/a`;
    write(path, text('one'));
    const large = new Uint8Array(3000).map((_, index) => index & 255);
    files.writeAttribute(path, 'user.large', large);
    files.writeAttribute(path, 'user.empty', new Uint8Array(0));
    for (let index = 0; index < 10; index++) files.writeAttribute(path, `user.name${index}`, text(`${index}`));
    const attributes = files.readAttributes(path);
    expect(attributes.size).toBe(12);
    expect(new Uint8Array(attributes.get('user.large') ?? [])).toEqual(large);
    expect(attributes.get('user.empty')?.length).toBe(0);
    expect(attributes.get('user.name7')?.length).toBe(1);
    const opened = files.open(path, 'read-no-follow');
    expect(opened.readAttributes()).toEqual(attributes);
    opened.close();
  });

  it('are empty where a link cannot have any, and an error where there is no file', () => {
    const folder = temporaryFolder();
    files.symlink('nowhere', `${folder}/link`);
    expect(files.readAttributes(`${folder}/link`).size).toBe(0);
    expect(() => files.readAttributes(`${folder}/none`)).toThrow(/ENOENT/);
    expect(() => files.setTimes(`${folder}/none`, 1n, 1n)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});

it('says how much space there is', () => {
  const { freeBytes, totalBytes } = files.space(temporaryFolder());
  expect(freeBytes).toBeGreaterThan(0);
  expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
});

it('makes names durable without complaint, and says where a folder is missing', () => {
  const folder = temporaryFolder();
  files.syncDirectory(folder);
  expect(() => files.syncDirectory(`${folder}/none`)).toThrow(/ENOENT/);
  expect(files.realPath(`${folder}/.`)).toBe(fs.realpathSync(folder));
  expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).toBe('');
});
