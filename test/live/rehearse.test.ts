import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Rehearsed {
  readonly failure: { readonly code: string } | null;
  readonly problems: readonly { readonly item: string; readonly code: string }[];
  readonly rehearsal: { readonly seed: number; readonly sources: readonly { name: string; outcome: string; items: number }[] };
}

it('a storage is rehearsed, says that it is proven, and certifies it; damage is named, ends with 6, and takes the proof away', {
  timeout: 180_000,
}, async () => {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, name);
  const strata = new Strata(at('profile'));
  fs.mkdirSync(at('files'));
  for (let number = 0; number < 20; number += 1) {
    fs.writeFileSync(at(`files/${number}.bin`), seededRandom(number).bytes(3000));
  }
  await strata.ok('storage', 'create', at('S'), '--name', 'S');
  await strata.ok('source', 'add', 'files', 'Files', '--path', at('files'));
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  expect(await strata.run(['rehearse', 'S', '--certificate', at('none.txt')])).toMatchObject({ code: 1 });

  const first = (await strata.ok('rehearse', 'S', '--items', '7', '--json')).json<Rehearsed>();
  expect(first.rehearsal.sources).toMatchObject([{ name: 'Files', outcome: 'proven', items: 7 }]);
  const again = await strata.ok('rehearse', 'S', '--source', 'files', '--seed', String(first.rehearsal.seed));
  expect(again.out).toContain(`--seed ${first.rehearsal.seed}`);
  expect((await strata.ok('storage', 'show', 'S')).out).toContain('Files: proven restorable on ');
  const shown = (await strata.ok('source', 'show', 'Files')).out;
  expect(shown).toContain('S: proven restorable on ');
  expect(shown).toContain('S: saved to its end once in the last 30 days');
  expect(shown).toMatch(/S: all of it on a disk within .+, by the trial restore of /);
  const { recovery } = (await strata.ok('source', 'show', 'Files', '--json')).json<{ recovery: readonly unknown[] }>();
  expect(recovery).toMatchObject([
    { storageName: 'S', point: { moments: 1, usualMs: null }, time: { wholeMs: expect.any(Number) } },
  ]);
  await strata.ok('rehearse', 'S', '--certificate', at('proof.txt'));
  expect(fs.readFileSync(at('proof.txt'), 'utf8')).toContain('Files: proven restorable. 20 items');
  await strata.ok('rehearse', 'S', '--certificate', at('proof.json'));
  expect(JSON.parse(fs.readFileSync(at('proof.json'), 'utf8'))).toMatchObject({
    kind: 'rehearsal',
    rehearsal: { itemsWanted: 50 },
  });

  spoilLargest(at('S/packs'));
  const { code, out } = await strata.run(['rehearse', 'S', '--json']);
  const damaged = JSON.parse(out) as Rehearsed;
  expect(code).toBe(6);
  expect(damaged.failure?.code).toBe('rehearsal.unequal');
  expect(damaged.problems[0]).toMatchObject({
    code: 'restore.item-damaged',
    item: expect.stringMatching(/^\d+\.bin$/) as unknown,
  });
  expect((await strata.ok('storage', 'show', 'S')).out).toContain('Files: NOT PROVEN.');
  expect((await strata.run(['status'])).out).toContain('did not give everything back');
  expect(fs.existsSync(at('profile/rehearsals'))).toBe(false);
});

function spoilLargest(folder: string): void {
  const files = fs
    .readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((name) => fs.statSync(name).isFile());
  const [largest = ''] = files.sort((one, other) => fs.statSync(other).size - fs.statSync(one).size);
  const bytes = fs.readFileSync(largest);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  fs.chmodSync(largest, 0o600);
  fs.writeFileSync(largest, bytes);
}
