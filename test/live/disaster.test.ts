import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkPack } from '../../src/engine/format/index.ts';
import { type Answer, Strata } from '../kit/command-line/strata.ts';
import { seededRandom } from '../kit/seeded-random.ts';

let root: string;
let files: string;
let storage: string;
let key: string;
let machines = 0;

const fileOf = (name: string): string => path.join(files, name);

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-disaster-'));
  files = path.join(root, 'files');
  storage = path.join(root, 'storage');
  key = path.join(root, 'key');
  fs.mkdirSync(files);
  for (let index = 0; index < 20; index += 1)
    fs.writeFileSync(fileOf(`plan ${index}.txt`), `plan ${index}\n`.repeat(400 + index));
  fs.writeFileSync(fileOf('film.bin'), seededRandom(1).bytes(3_000_000));
  const before = new Strata(path.join(root, 'profile before'));
  await before.ok('storage', 'create', storage, '--name', 'S', '--recovery-key', key);
  await before.ok('source', 'add', 'files', 'Files', '--path', files);
  await before.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
  await before.ok('job', 'run', 'J');
}, 120_000);

afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

/** Of somebody who has the recovery sheet, and no longer knows the password. */
async function newMachine(at = storage): Promise<Strata> {
  machines += 1;
  const strata = new Strata(path.join(root, `profile ${machines}`), { STRATA_PASSWORD: '' });
  await strata.ok('storage', 'attach', at, '--name', 'S', '--recovery-key', key, '--read-only');
  return strata;
}

async function restored(strata: Strata): Promise<{ answer: Answer; tree: ReadonlyMap<string, string> }> {
  const target = fs.mkdtempSync(path.join(root, 'back '));
  const answer = await strata.run(['restore', 'S', '--to', `dir:${target}`, '--verify', '--json', '--recovery-key-file', key]);
  return { answer, tree: contentsOf(target) };
}

const contentsOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => [entry.name, fs.readFileSync(path.join(entry.parentPath, entry.name)).toString('base64')])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** The databases of a profile that are no profile: what was made out of the storage. */
const catalogsOf = ({ profile }: Strata): string[] =>
  fs
    .readdirSync(profile, { recursive: true, encoding: 'utf8' })
    .filter((name) => /catalog/i.test(name) && fs.statSync(path.join(profile, name)).isFile())
    .map((name) => path.join(profile, name));

/** Flips a bit in each large chunk of a copy of the storage; small contents lie in bundles and stay whole. */
function smashedCopy(): string {
  const copy = path.join(root, 'smashed');
  fs.cpSync(storage, copy, { recursive: true });
  const packs = fs.readdirSync(path.join(copy, 'packs'), { recursive: true, encoding: 'utf8' });
  for (const name of packs.filter((one) => one.endsWith('.pack'))) {
    const pack = path.join(copy, 'packs', name);
    const bytes = fs.readFileSync(pack);
    for (const { header, offset } of walkPack(bytes, { path: '', file: '' }))
      if (header.type === 'chunk') bytes[offset + 200] = (bytes[offset + 200] ?? 0) ^ 4;
    fs.chmodSync(pack, 0o600);
    fs.writeFileSync(pack, bytes);
  }
  return copy;
}

describe('a new computer that attaches an old storage by its recovery key', { timeout: 120_000 }, () => {
  it('gets everything back, without a profile and without a keychain', async () => {
    const { answer, tree } = await restored(await newMachine());
    expect(answer.code).toBe(0);
    expect(tree).toEqual(contentsOf(files));
  });

  it.each(['damaged', 'missing'])('gets everything back where its catalog is %s', async (how) => {
    const strata = await newMachine();
    const catalogs = catalogsOf(strata);
    expect(catalogs).not.toEqual([]);
    for (const catalog of catalogs) how === 'missing' ? fs.rmSync(catalog) : fs.writeFileSync(catalog, 'no database');
    const { answer, tree } = await restored(strata);
    expect(answer.code).toBe(0);
    expect(tree).toEqual(contentsOf(files));
  });

  it('is asked for the password where no key is given, and told that a key is a wrong one', async () => {
    const strata = await newMachine();
    const none = await strata.run(['ls', 'S']);
    expect(none).toMatchObject({ code: 5 });
    expect(none.err).toContain('password');
    const other = path.join(root, 'another key');
    await new Strata(path.join(root, 'profile of another')).ok(
      ...['storage', 'create', path.join(root, 'another storage'), '--name', 'T', '--recovery-key', other],
    );
    // A key that was given is the one that is tried, also where a password would have opened it.
    const knowing = new Strata(strata.profile);
    expect(await knowing.run(['ls', 'S'])).toMatchObject({ code: 0 });
    expect(await knowing.run(['ls', 'S', '--recovery-key-file', other])).toMatchObject({ code: 5 });
    expect((await strata.ok('ls', 'S', '--recovery-key-file', key)).out).toContain('Files');
  });

  it('is told exactly what is lost where packs are damaged, and gets the rest', async () => {
    const { answer, tree } = await restored(await newMachine(smashedCopy()));
    expect(answer.code).toBe(6);
    const { failed } = answer.json<{ failed: readonly unknown[] }>();
    expect(failed).toHaveLength(1);
    expect(JSON.stringify(failed)).toContain('film.bin');
    const whole = contentsOf(files);
    expect(tree).toEqual(new Map([...whole].filter(([name]) => name !== 'film.bin')));
  });
});
