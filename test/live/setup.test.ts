import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Step {
  readonly kind: string;
  readonly name: string;
  readonly action: string;
}

it('a setup file is planned, applied with secrets from where it says, killed in the middle and applied again, and exported as it is', {
  timeout: 240_000,
}, async () => {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, name);
  fs.mkdirSync(at('files'));
  fs.writeFileSync(at('files/letter.txt'), 'a letter');
  fs.writeFileSync(at('password'), 'correct horse battery\nand a line that nobody means\n');
  fs.writeFileSync(
    at('setup.yaml'),
    `strata: 1 # by hand
storages:
  - { name: S, place: ${at('storage')}, password: 'file:${at('password')}' }
sources:
  - name: Files
    settings: { kind: files, paths: [${at('files')}], exclude: [], excludeIfPresent: [], oneFileSystem: false }
jobs:
${Array.from({ length: 40 }, (_, index) => `  - { name: J${index}, sources: [Files], storage: S, group: All }\n`).join('')}`,
  );
  const strata = new Strata(at('profile'));
  const plan = async (): Promise<Step[]> =>
    (await strata.ok('setup', 'apply', at('setup.yaml'), '--dry-run', '--json')).json<Step[]>();
  expect((await plan()).map(({ action }) => action)).toEqual(Array(42).fill('make'));
  expect(fs.existsSync(at('storage'))).toBe(false);

  fs.mkdirSync(at('keys'));
  const words = ['setup', 'apply', at('setup.yaml'), '--recovery-keys', at('keys'), '--yes'];
  const going = strata.start(words);
  while (!fs.existsSync(at('storage'))) await wait(5);
  await wait(300);
  going.kill('SIGKILL');
  await going.answer;
  await strata.ok(...words);
  expect(new Set((await plan()).map(({ action }) => action))).toEqual(new Set(['same']));
  expect((await strata.ok('job', 'list', '--json')).json<unknown[]>()).toHaveLength(40);

  await strata.ok('setup', 'export', at('out.yaml'));
  const text = fs.readFileSync(at('out.yaml'), 'utf8');
  expect(text).not.toContain('correct horse');
  expect(fs.statSync(at('out.yaml')).mode & 0o777).toBe(0o600);
  await strata.ok('setup', 'apply', at('out.yaml'), '--yes');
  expect((await strata.ok('setup', 'export', '-')).out).toBe(text);

  fs.writeFileSync(at('wrong.yaml'), 'strata: 1\njobs:\n  - { name: J0, sources: [Files], storage: S, keeep: 3 }\n');
  const wrong = await strata.run(['setup', 'apply', at('wrong.yaml'), '--yes']);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Line 3 of the setup file: there is no “jobs[0].keeep”.')]);
  fs.truncateSync(at('wrong.yaml'), 100 * 1024 * 1024);
  expect((await strata.run(['setup', 'apply', at('wrong.yaml'), '--yes'])).err).toContain('[setup.too-large]');
});
