import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { Catalog } from './catalog.ts';
import { openCatalog, removeCatalog, replaceCatalog } from './open-catalog.ts';
import { CommitChain, folderOf, item, madeHash, manifestOf, nextOf, rawContent } from './testing/commits.ts';
import { openTestCatalog, testDirectory, testFiles, testKey } from './testing/open-test-catalog.ts';

const root = folderOf({ item: item('root'), folder: null, name: '' });
const letter = (name: string, fields: Partial<Manifest> = {}): Manifest =>
  manifestOf({ item: item(name), folder: root.item, name, contents: [rawContent(name, 10)], ...fields });

const open = (file: string, key = testKey): Catalog => openCatalog({ path: file, key, files: testFiles });

function written(...manifests: Manifest[]): string {
  const file = path.join(testDirectory(), 'catalog.sqlite');
  const catalog = open(file);
  catalog.apply(new CommitChain().next([root, ...manifests]));
  catalog.close();
  return file;
}

const unusable = expect.objectContaining({ code: 'catalog.unusable' });

describe('a catalog on the disk', () => {
  it('holds nothing that can be read without the key, neither in the file nor in its log', () => {
    const file = path.join(testDirectory(), 'catalog.sqlite');
    const catalog = open(file);
    onTestFinished(() => catalog.close());
    const secret = 'Zwetschgenknödelrezept';
    catalog.apply(
      new CommitChain().next([
        root,
        letter('a', { summary: { title: secret, from: `${secret}@example.org` }, metadata: { secret } }),
      ]),
    );
    expect(catalog.find({ text: 'zwetschgen', atMs: null, deleted: false, kind: null, limit: 5 })).toHaveLength(1);
    const names = readdirSync(path.dirname(file));
    expect(names).toContain('catalog.sqlite-wal');
    for (const name of names) {
      const bytes = readFileSync(path.join(path.dirname(file), name));
      for (const part of ['Zwetschgen', 'zwetschgen', 'zwet', 'example.org', 'CREATE TABLE'])
        expect(bytes.includes(part)).toBe(false);
    }
  });

  it('is for its owner alone, companions included', () => {
    const file = path.join(testDirectory(), 'catalog.sqlite');
    const catalog = open(file);
    onTestFinished(() => catalog.close());
    catalog.apply(new CommitChain().next([root]));
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  });

  it('opens again as it was', () => {
    const file = written(letter('a'));
    const catalog = open(file);
    onTestFinished(() => catalog.close());
    expect(catalog.applied().sequence).toBe(1);
    expect(catalog.newest(item('a'))).toEqual(letter('a'));
  });

  it('is unusable with another key', () => {
    const file = written(letter('a'));
    expect(() => open(file, 'f'.repeat(64))).toThrow(unusable);
  });

  it('is unusable when it is something else', () => {
    const file = path.join(testDirectory(), 'catalog.sqlite');
    writeFileSync(file, 'this is a text, and it is longer than a page of a database would be '.repeat(300));
    expect(() => open(file)).toThrow(unusable);
  });

  it('is unusable when it is cut off', () => {
    const file = written(letter('a'));
    truncateSync(file, 8192);
    expect(() => {
      const catalog = open(file);
      onTestFinished(() => catalog.close());
      catalog.tree(null);
    }).toThrow(unusable);
  });

  it('is unusable when a single bit of a page that is read has turned', () => {
    const bytes = readFileSync(written(letter('a')));
    let told = 0;
    for (let at = 100; at < bytes.length; at += 8192) {
      const file = path.join(testDirectory(), 'catalog.sqlite');
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      writeFileSync(file, damaged);
      try {
        const catalog = open(file);
        onTestFinished(() => catalog.close());
        const lines = [...catalog.dump()];
        expect(lines.length).toBeGreaterThan(0); // a page that holds no row
      } catch (error) {
        expect(error).toEqual(unusable);
        told += 1;
      }
    }
    expect(told).toBeGreaterThan(bytes.length / 8192 / 2);
  });

  it('is unusable when a crash left pages of two times, each whole in itself', () => {
    const file = path.join(testDirectory(), 'catalog.sqlite');
    const chain = new CommitChain();
    const write = (...manifests: Manifest[]): Buffer => {
      const catalog = open(file);
      catalog.apply(chain.next(manifests));
      catalog.close();
      return readFileSync(file);
    };
    const many = (prefix: string): Manifest[] => Array.from({ length: 300 }, (_, at) => letter(`${prefix}${at}`));
    const early = write(root, ...many('a'));
    const late = write(...many('b'));
    const mixed = Buffer.from(late);
    for (let at = 8192 * 2; at < early.length; at += 8192 * 2) early.copy(mixed, at, at, at + 8192);
    writeFileSync(file, mixed);
    writeFileSync(`${file}-wal`, 'cut off');
    expect(() => open(file)).toThrow(unusable);
  });

  it('is unusable when a rebuild did not end', () => {
    const file = path.join(testDirectory(), 'catalog.sqlite');
    const catalog = open(file);
    const chain = new CommitChain();
    const commits = [chain.next([root]), chain.next(Array.from({ length: 2500 }, (_, at) => letter(`${at}`)))];
    const steps = catalog.rebuild(commits)[Symbol.iterator]();
    const taken = [1, 2, 3].map(() => steps.next().value as number);
    expect(taken).toEqual([1, 1, 1]);
    catalog.close();
    expect(() => open(file)).toThrow(unusable);
  });

  it('is replaced by one that was made aside, whole, with nothing of the old one', () => {
    const file = written(letter('a'));
    const aside = written(letter('b'), letter('c'));
    writeFileSync(`${file}-wal`, 'left by a process that died');
    replaceCatalog(testFiles, aside, file);
    const catalog = open(file);
    onTestFinished(() => catalog.close());
    expect([catalog.totals().items, catalog.version(item('a'), 1)]).toEqual([2, undefined]);
    expect(readdirSync(path.dirname(aside))).toEqual([]);
  });

  it('is removed whole, and opens empty afterwards', () => {
    const file = written(letter('a'));
    writeFileSync(`${file}-wal`, 'left by a process that died');
    removeCatalog(testFiles, file);
    removeCatalog(testFiles, file);
    expect(readdirSync(path.dirname(file))).toEqual([]);
    const catalog = open(file);
    onTestFinished(() => catalog.close());
    expect(catalog.applied()).toEqual({ sequence: 0, id: null });
  });
});

describe('applying', () => {
  it('refuses a commit that does not follow the last', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const [first, second, third] = [chain.next([root]), chain.next([letter('a')]), chain.next([letter('b')])];
    expect(() => catalog.apply(second)).toThrow(unusable);
    catalog.apply(first);
    expect(() => catalog.apply(first)).toThrow(unusable);
    expect(() => catalog.apply(third)).toThrow(unusable);
    const fork = { ...second, commit: { ...second.commit, previous: madeHash<typeof second.commit.id>('another') } };
    expect(() => catalog.apply(fork)).toThrow(unusable);
    catalog.apply(second);
    expect(catalog.applied()).toEqual({ sequence: 2, id: second.commit.id });
  });

  it('leaves nothing of a commit that could not be read to its end', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root, letter('a')]));
    const before = [...catalog.dump()];
    const f = folderOf({ item: item('f'), folder: root.item, name: 'f' });
    const inF = letter('b', { folder: f.item });
    const whole = chain.next([f, inF, nextOf(letter('a'), { change: 'deleted' })]);
    const torn = {
      ...whole,
      manifests: (function* () {
        yield* whole.manifests;
        throw new Error('torn');
      })(),
    };
    expect(() => catalog.apply(torn)).toThrow('torn');
    expect([...catalog.dump()]).toEqual(before);
    // The numbers that it gave out are given anew, to others.
    catalog.apply({ ...whole, manifests: [letter('c'), letter('d'), f, inF, nextOf(letter('a'), { change: 'deleted' })] });
    expect(catalog.totals()).toMatchObject({ items: 3, versions: 5 });
    expect(catalog.newest(item('b'))).toEqual(inF);
  });

  it('keeps the first place of a chunk that was stored twice', () => {
    const chain = new CommitChain();
    const { chunks } = rawContent('same', 10);
    const place = (pack: string, offset: number) =>
      chunks.map((id) => ({ id, pack: madeHash<PackId>(pack), record: 0, recordOffset: 0, recordLength: 9, offset, length: 10 }));
    const commits = [
      chain.next([root], { chunks: [...place('p', 1), ...place('p', 2)] }),
      chain.next([], { chunks: place('q', 3) }),
    ];
    const catalog = openTestCatalog();
    for (const commit of commits) catalog.apply(commit);
    const rebuilt = openTestCatalog();
    for (const _ of rebuilt.rebuild(commits));
    const none = madeHash<ChunkId>('none');
    for (const each of [catalog, rebuilt]) {
      expect(each.locate(chunks[0] ?? none)).toEqual(place('p', 1)[0]);
      expect([...each.locateAll([none, ...chunks, ...chunks]).values()]).toEqual(place('p', 1));
    }
    expect([...catalog.chunkIds()]).toEqual(chunks);
  });

  it('takes a moved folder along with all below it, without touching a row of theirs', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const [a, b, deep] = ['a', 'b', 'deep'].map((name) => folderOf({ item: item(name), folder: root.item, name })) as [
      Manifest,
      Manifest,
      Manifest,
    ];
    const inDeep = letter('letter', { folder: deep.item });
    catalog.apply(chain.next([root, a, b, { ...deep, folder: a.item }, inDeep]));
    const rowsOf = (): string[] =>
      [...catalog.dump()].filter((line) => line.startsWith('versions') || line.startsWith('contents'));
    const before = rowsOf();
    const moved = nextOf({ ...deep, folder: a.item }, { change: 'moved', folder: b.item, name: 'deeper', key: 'deeper' });
    catalog.apply(chain.next([moved]));
    expect(rowsOf().filter((line) => before.includes(line))).toHaveLength(before.length - 1); // deep's own end
    expect(catalog.folderPath(deep.item, moved.validFromMs - 1)).toEqual(['a', 'deep']);
    expect(catalog.folderPath(deep.item, moved.validFromMs)).toEqual(['b', 'deeper']);
    expect(catalog.row(inDeep.item, null, null)?.folderPath).toBe('b/deeper');
  });

  it('survives a storage that repeats a version', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root, letter('a')]));
    catalog.apply(chain.next([letter('a', { name: 'again', validFromMs: letter('a').validFromMs + 5 })]));
    expect(catalog.newest(item('a'))?.name).toBe('again');
    expect(catalog.versionAt(item('a'), letter('a').validFromMs)?.name).toBe('a');
    expect(catalog.history(item('a')).map(({ validToMs }) => validToMs)).toEqual([letter('a').validFromMs + 5, null]);
  });

  it('keeps the newest cursor of each folder, and forgets one that became void', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const { source } = root;
    catalog.apply(chain.next([root], { cursors: [{ source, folders: { INBOX: { uidNext: 5 }, Sent: 'x' } }] }));
    catalog.apply(chain.next([], { cursors: [{ source, folders: { INBOX: { uidNext: 7 }, Sent: null } }] }));
    expect(catalog.cursor(source, 'INBOX')).toEqual({ uidNext: 7 });
    expect(catalog.cursor(source, 'Sent')).toBeUndefined();
    expect(catalog.cursor(source, 'Drafts')).toBeUndefined();
  });
});
