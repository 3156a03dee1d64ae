import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { password, Strata } from '../kit/command-line/strata.ts';
import { describeTree } from '../kit/command-line/trees.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const mirrorPassword = 'thistle lantern harbour nine';

let root: string;
let strata: Strata;
const at = (name: string): string => path.join(root, name);
const save = (name: string, text: string | Uint8Array): void => fs.writeFileSync(at(`files/${name}`), text);

/** A storage with one moment, and a mirror of it with a folder and a password of its own. */
beforeEach(async () => {
  root = temporaryFolder();
  strata = new Strata(at('profile'), { STRATA_MIRROR_PASSWORD: mirrorPassword });
  fs.mkdirSync(at('files'));
  save('a.txt', 'first');
  await strata.ok('storage', 'create', at('storage'), '--name', 'S');
  await strata.run(['storage', 'create', at('mirror'), '--name', 'M'], { STRATA_PASSWORD: mirrorPassword });
  await strata.ok('source', 'add', 'files', 'Files', '--path', at('files'));
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
});

interface MirrorJson {
  readonly lacks: { readonly moments: number } | null;
  readonly failure: { readonly code: string } | null;
}
const mirror = (...words: string[]) => strata.ok('storage', 'mirror', ...words);
const listed = async (): Promise<MirrorJson | undefined> => (await mirror('list', 'S', '--json')).json<MirrorJson[]>()[0];
const momentsOf = async (storage: string, typed = password): Promise<number> =>
  (await strata.run(['storage', 'show', storage, '--json'], { STRATA_PASSWORD: typed })).json<{ moments: number }>().moments;
const said = async (...words: string[]) => {
  const { code, err } = await strata.run(words);
  return { code, says: /\[([a-z.-]+)\]/.exec(err)?.[1] };
};

it('a mirror with a key and a folder of its own receives every moment, and gives it back when the storage is gone', {
  timeout: 300_000,
}, async () => {
  await strata.ok('job', 'run', 'J');
  expect((await mirror('add', 'S', 'M', '--dry-run', '--json')).json()).toMatchObject({ added: false, warnings: ['same-disk'] });
  await mirror('add', 'S', 'M');
  expect((await listed())?.lacks).toMatchObject({ moments: 1 });
  await mirror('run', 'S');
  expect((await listed())?.lacks).toMatchObject({ moments: 0 });
  expect(await said('job', 'create', 'K', '--source', 'Files', '--storage', 'M')).toEqual({
    code: 4,
    says: 'storage.is-a-mirror',
  });

  // The next cycle brings it what is new by itself, and what is removed from the storage stays there.
  save('a.txt', 'second');
  save('b.txt', 'new');
  await strata.ok('job', 'edit', 'J', '--keep', 'last=1');
  await strata.ok('job', 'run', 'J');
  expect([await momentsOf('S'), await momentsOf('M', mirrorPassword)]).toEqual([1, 2]);

  await strata.ok('restore', 'S', '--to', `dir:${at('from S')}`);
  fs.rmSync(at('storage'), { recursive: true });
  fs.rmSync(at('profile'), { recursive: true });
  const other = new Strata(at('other profile'), { STRATA_PASSWORD: mirrorPassword });
  await other.ok('storage', 'attach', at('mirror'), '--read-only');
  await other.ok('storage', 'check', 'M', '--data', 'all');
  await other.ok('restore', 'M', '--to', `dir:${at('from M')}`);
  // What is above the saved folder was made by the restores.
  expect(describeTree(path.join(at('from M'), at('files')))).toEqual(describeTree(path.join(at('from S'), at('files'))));
});

it('a mirroring that is killed goes on where it was, and ends with everything', { timeout: 300_000 }, async () => {
  const random = seededRandom(31);
  for (let index = 0; index < 3000; index += 1) save(`${index}.bin`, random.bytes(9000));
  await strata.ok('job', 'run', 'J');
  await mirror('add', 'S', 'M');
  const going = strata.start(['storage', 'mirror', 'run', 'S']);
  const answered = going.answer.then(() => true);
  const isCopying = (): boolean => fs.existsSync(at('mirror/packs')) && fs.readdirSync(at('mirror/packs')).length > 0;
  while (!isCopying() && !(await Promise.race([answered, wait(3, false)])));
  going.kill('SIGKILL');
  expect((await going.answer).code).toBeNull();

  expect((await listed())?.lacks).toMatchObject({ moments: 1 });
  await mirror('run', 'S');
  expect((await listed())?.lacks).toMatchObject({ moments: 0 });
  const typed = { STRATA_PASSWORD: mirrorPassword };
  expect((await strata.run(['storage', 'check', 'M', '--data', 'all'], typed)).code).toBe(0);
  expect((await strata.run(['restore', 'M', '--to', `dir:${at('out')}`], typed)).code).toBe(0);
  expect(describeTree(path.join(at('out'), at('files')))).toEqual(describeTree(at('files')));
});

it('a mirror that is away stops nothing, and damage of the storage does not go over to it', { timeout: 300_000 }, async () => {
  await mirror('add', 'S', 'M', '--elsewhere', '--keep', 'last=5');
  fs.renameSync(at('mirror'), at('unplugged'));
  expect(await said('job', 'run', 'J')).toEqual({ code: 0, says: 'storage.not-found' });
  expect(await listed()).toMatchObject({ lacks: null, failure: { code: 'storage.not-found' } });
  expect(await said('storage', 'mirror', 'run', 'S')).toEqual({ code: 1, says: 'storage.not-found' });
  expect((await mirror('standing', 'S', '--json')).json()).toEqual({ copies: 3, disks: 1, elsewhere: 1, missing: ['disk'] });
  fs.renameSync(at('unplugged'), at('mirror'));
  await mirror('run', 'S');

  await mirror('disable', 'S', 'M');
  save('c.txt', seededRandom(5).bytes(200_000));
  const before = new Set(fs.readdirSync(at('storage/packs'), { recursive: true, encoding: 'utf8' }));
  await strata.ok('job', 'run', 'J');
  for (const name of fs.readdirSync(at('storage/packs'), { recursive: true, encoding: 'utf8' })) {
    const file = at(`storage/packs/${name}`);
    if (!before.has(name) && fs.statSync(file).isFile()) fs.writeFileSync(file, fs.readFileSync(file).fill(0, 200, 90_000));
  }
  expect((await said('storage', 'mirror', 'run', 'S')).code).toBe(6);
  expect(await momentsOf('M', mirrorPassword)).toBe(1);
  const checked = await strata.run(['storage', 'check', 'M', '--data', 'all'], { STRATA_PASSWORD: mirrorPassword });
  expect(checked.code).toBe(0);
});

it('a storage inside the other is no mirror, nor one that holds backups of its own', { timeout: 300_000 }, async () => {
  await strata.ok('storage', 'create', at('storage/inner'), '--name', 'I');
  const own = { STRATA_MIRROR_PASSWORD: password };
  expect((await strata.run(['storage', 'mirror', 'add', 'S', 'I'], own)).err).toContain('[mirror.inside]');
  await strata.run(['job', 'create', 'K', '--source', 'Files', '--storage', 'M']);
  await strata.run(['job', 'run', 'K'], { STRATA_PASSWORD: mirrorPassword });
  await strata.ok('job', 'remove', 'K');
  expect(await said('storage', 'mirror', 'add', 'S', 'M')).toEqual({ code: 4, says: 'mirror.not-empty' });

  // A folder is made a storage with a key of its own.
  expect(await said('storage', 'mirror', 'add', 'S', at('storage/second'))).toEqual({ code: 4, says: 'mirror.inside' });
  expect(fs.existsSync(at('storage/second'))).toBe(false);
  await mirror('add', 'S', at('second'), '--dry-run');
  expect(fs.existsSync(at('second'))).toBe(false);
  await mirror('add', 'S', at('second'), '--recovery-key', at('sheet'));
  expect(await listed()).toMatchObject({ name: 'S (mirror)', path: at('second'), lacks: { moments: 0 } });
  expect(fs.readFileSync(at('sheet'), 'utf8').trim().split(' ')).toHaveLength(24);
});
