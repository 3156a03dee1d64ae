import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { walkPack } from '../../src/engine/format/index.ts';
import { type Answer, Strata } from '../kit/command-line/strata.ts';
import { seededRandom } from '../kit/seeded-random.ts';

interface Findings {
  readonly check: { readonly findings: readonly { readonly file: string; readonly items: readonly string[] }[] };
}
interface Repair {
  readonly id: string;
  readonly repair: {
    readonly packsAside: number;
    readonly chunksSaved: number;
    readonly chunksFromMirror: number;
    readonly chunksLost: number;
    readonly aside: string | null;
    readonly mirrors: readonly { readonly name: string; readonly reached: boolean }[];
    readonly items: readonly string[];
    readonly versions: readonly { readonly item: string; readonly version: number; readonly until: string | null }[];
  };
}

let made: string;
let root: string;
let files: string;
let storage: string;
let strata: Strata;
/** The runs, and what was there after each. */
let runs: string[];
let trees: ReadonlyMap<string, string>[];

const random = (seed: number): Buffer => Buffer.from(seededRandom(seed).bytes(3_000_000));
const write = (name: string, bytes: string | Buffer): void => fs.writeFileSync(path.join(files, name), bytes);
const backup = async (): Promise<void> => {
  runs.push((await strata.ok('job', 'run', 'J', '--json')).json<{ id: string }>().id);
  trees.push(contentsOf(files));
};

const contentsOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => [entry.name, fs.readFileSync(path.join(entry.parentPath, entry.name)).toString('base64')])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

beforeAll(async () => {
  made = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-repair-'));
  root = path.join(made, 'now');
  files = path.join(root, 'files');
  storage = path.join(root, 'storage');
  runs = [];
  trees = [];
  fs.mkdirSync(files, { recursive: true });
  strata = new Strata(path.join(root, 'profile'), { STRATA_DEBUG: '' });
  await strata.ok('storage', 'create', storage, '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Files', '--path', files);
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
  for (let index = 0; index < 20; index += 1) write(`plan ${index}.txt`, `plan ${index}\n`.repeat(400 + index));
  write('film.bin', random(1));
  write('changed.bin', random(2));
  await backup();
  write('changed.bin', random(3));
  write('plan 3.txt', 'another plan');
  await backup();
  fs.cpSync(root, path.join(made, 'before'), { recursive: true, preserveTimestamps: true });
}, 600_000);

afterAll(() => fs.rmSync(made, { recursive: true, force: true }));

/** Each begins with the same disk and the same profile. */
beforeEach(() => {
  fs.rmSync(root, { recursive: true });
  fs.cpSync(path.join(made, 'before'), root, { recursive: true, preserveTimestamps: true });
  runs.splice(2);
  trees.splice(2);
});

const packsNow = (): string[] =>
  fs
    .readdirSync(path.join(storage, 'packs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pack'))
    .map((name) => path.join(storage, 'packs', name));

/** Flips a bit in each large chunk of a pack; small contents, which lie in bundles, stay whole. Says how many. */
function smashChunks(pack: string): number {
  const bytes = fs.readFileSync(pack);
  const chunks = [...walkPack(bytes, { path: '', file: '' })].filter(({ header }) => header.type === 'chunk');
  for (const { offset } of chunks) bytes[offset + 200] = (bytes[offset + 200] ?? 0) ^ 4;
  fs.chmodSync(pack, 0o600);
  fs.writeFileSync(pack, bytes);
  return chunks.length;
}

/** The pack that was there after the first cycle. */
function firstPack(): string {
  const sizes = packsNow().map((pack) => ({ pack, sizeBytes: fs.statSync(pack).size }));
  const [largest] = sizes.sort((one, other) => other.sizeBytes - one.sizeBytes);
  return largest?.pack ?? '';
}

const itemNames = (items: readonly string[]): string[] => items.map((item) => path.basename(item)).sort();

async function checked(): Promise<{ answer: Answer; items: string[]; files: string[] }> {
  const answer = await strata.run(['storage', 'check', 'S', '--data', 'all', '--json']);
  const { findings } = answer.json<Findings>().check;
  return {
    answer,
    items: itemNames([...new Set(findings.flatMap(({ items }) => items))]),
    files: findings.map(({ file }) => file),
  };
}

async function restored(run: number): Promise<{ answer: Answer; tree: ReadonlyMap<string, string> }> {
  const target = fs.mkdtempSync(path.join(root, 'back-'));
  const answer = await strata.run(['restore', 'S', '--run', runs[run] ?? '', '--to', `dir:${target}`]);
  return { answer, tree: contentsOf(target) };
}

const without = (tree: ReadonlyMap<string, string> | undefined, ...names: string[]): ReadonlyMap<string, string> =>
  new Map([...(tree ?? [])].filter(([name]) => !names.includes(name)));

/** All that lies in the storage, but for who works on it. */
const everything = (): ReadonlyMap<string, string> =>
  new Map(
    fs
      .readdirSync(storage, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('locks') && fs.statSync(path.join(storage, name)).isFile())
      .map((name): [string, string] => [name, fs.readFileSync(path.join(storage, name)).toString('base64')]),
  );

describe('a storage with flipped bytes', { timeout: 600_000 }, () => {
  it('is checked to the item, repaired without losing anything else, and healed by the next backup', async () => {
    const pack = firstPack();
    const chunks = smashChunks(pack);
    const smashed = fs.readFileSync(pack);
    const before = await checked();
    expect(before.answer.code).toBe(6);
    expect(before.items).toEqual(['changed.bin', 'film.bin']);
    const first = await restored(0);
    expect(first.answer.code).toBe(6);
    expect(first.answer.err).toContain('film.bin');
    expect(first.tree).toEqual(without(trees[0], 'film.bin', 'changed.bin'));
    expect((await restored(1)).tree).toEqual(without(trees[1], 'film.bin'));

    const untouched = everything();
    const dry = await strata.run(['storage', 'repair', 'S', '--dry-run', '--json']);
    expect(dry.code).toBe(6);
    expect(dry.json<Repair>().repair).toMatchObject({ dryRun: true, packsAside: 1, chunksLost: chunks, aside: null });
    expect(everything()).toEqual(untouched);

    const answer = await strata.run(['storage', 'repair', 'S', '--json']);
    expect(answer.code).toBe(6);
    const { repair } = answer.json<Repair>();
    expect(repair).toMatchObject({ dryRun: false, packsAside: 1, chunksLost: chunks, chunksFromMirror: 0 });
    expect(repair.chunksSaved).toBeGreaterThan(0);
    expect(itemNames(repair.items)).toEqual(['changed.bin', 'film.bin']);
    const ended = repair.versions.map(({ item, version, until }) => [path.basename(item), version, until === null]);
    expect(ended.sort()).toEqual([
      ['changed.bin', 1, false],
      ['film.bin', 1, true],
    ]);
    expect(fs.readFileSync(path.join(storage, 'quarantine', path.basename(pack)))).toEqual(smashed);
    const listed = spawnSync('tar', ['-tf', repair.aside ?? ''], { encoding: 'utf8' });
    expect(listed.stdout.split('\n')).toEqual(expect.arrayContaining(['STORAGE', 'copies/commits/0000000001.commit']));

    const once = everything();
    const again = await strata.run(['storage', 'repair', 'S']);
    expect(again.code).toBe(6);
    expect(again.out).toContain('film.bin');
    expect(everything()).toEqual(once);

    await backup();
    expect((await checked()).items).toEqual(['changed.bin']);
    expect((await restored(2)).tree).toEqual(trees[2]);
    expect((await restored(0)).tree).toEqual(without(trees[0], 'changed.bin'));
  });

  it('is as if nothing had happened, where the source still has all of it', async () => {
    const before = new Set(packsNow());
    write('new.bin', random(4));
    await backup();
    fs.truncateSync(packsNow().find((pack) => !before.has(pack) && fs.statSync(pack).size > 400_000) ?? '', 400_000);
    expect((await checked()).answer.code).toBe(6);
    expect((await strata.run(['storage', 'repair', 'S'])).code).toBe(6);
    await strata.ok('job', 'run', 'J');
    const { answer, files: findings } = await checked();
    expect([answer.code, findings]).toEqual([0, []]);
    expect((await restored(2)).tree).toEqual(trees[2]);
    expect((await restored(0)).tree).toEqual(trees[0]);
    expect((await strata.ok('storage', 'repair', 'S')).out).toContain('nothing to repair');
    await strata.ok('storage', 'purge', 'S', '--yes');
  });
});

describe('what is lost', { timeout: 600_000 }, () => {
  it('comes back from a mirror by itself, old versions too', async () => {
    await strata.ok('storage', 'create', path.join(root, 'mirror'), '--name', 'M', '--recovery-key', path.join(root, 'key-m'));
    await strata.ok('storage', 'mirror', 'add', 'S', 'M');
    await strata.ok('storage', 'mirror', 'run', 'S');
    const chunks = smashChunks(firstPack());
    const dry = (await strata.ok('storage', 'repair', 'S', '--dry-run', '--json')).json<Repair>();
    expect(dry.repair).toMatchObject({ chunksFromMirror: chunks, chunksLost: 0, mirrors: [{ name: 'M', reached: true }] });
    const { repair } = (await strata.ok('storage', 'repair', 'S', '--from', 'M', '--json')).json<Repair>();
    expect(repair).toMatchObject({ chunksFromMirror: chunks, chunksLost: 0, items: [] });
    expect((await checked()).answer.code).toBe(0);
    expect((await restored(0)).tree).toEqual(trees[0]);
    expect((await restored(1)).tree).toEqual(trees[1]);
  });

  it('comes back from a plain copy of the storage', async () => {
    const copy = path.join(root, 'copy');
    fs.cpSync(storage, copy, { recursive: true });
    fs.rmSync(firstPack());
    await strata.ok('storage', 'repair', 'S', '--from', copy);
    expect((await checked()).answer.code).toBe(0);
    expect((await restored(0)).tree).toEqual(trees[0]);
  });

  it.each([1, 2])('comes back from it too where both copies of commit %i and all of STORAGE are gone', async (sequence) => {
    const copy = path.join(root, 'copy');
    fs.cpSync(storage, copy, { recursive: true });
    const [newest] = fs.readdirSync(path.join(storage, 'commits')).sort().reverse();
    const number = sequence === 2 ? (newest ?? '').slice(0, 10) : '0000000001';
    const lost = ['commits', 'copies/commits'].flatMap((folder) =>
      fs
        .readdirSync(path.join(storage, folder))
        .filter((name) => name.startsWith(number))
        .map((name) => path.join(folder, name)),
    );
    expect(lost).toHaveLength(2);
    for (const name of [...lost, 'STORAGE', 'STORAGE.1', 'STORAGE.2']) fs.rmSync(path.join(storage, name));
    expect((await strata.run(['storage', 'check', 'S'])).code).not.toBe(0);
    expect((await strata.run(['storage', 'repair', 'S'])).code).not.toBe(0);
    const untouched = everything();
    await strata.ok('storage', 'repair', 'S', '--dry-run', '--from', copy);
    expect(everything()).toEqual(untouched);
    await strata.ok('storage', 'repair', 'S', '--from', copy);
    expect((await checked()).answer.code).toBe(0);
    for (const run of [0, 1]) expect((await restored(run)).tree).toEqual(trees[run]);
    await backup();
    expect((await restored(2)).tree).toEqual(trees[2]);
  });
});
