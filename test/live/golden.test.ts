import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import type { GoldenFacts } from '../kit/golden/facts.ts';

const folder = path.resolve(import.meta.dirname, '../golden/storages');
const tool = path.resolve(import.meta.dirname, '../../tools/extract/strata-extract.mjs');
const storages = fs.readdirSync(folder);

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-golden-'));
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

/** SHA-256 of all files below, sorted: how they are called and where they lie is another test's. */
const hashesBelow = (root: string): string[] =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      createHash('sha256')
        .update(fs.readFileSync(path.join(entry.parentPath, entry.name)))
        .digest('hex'),
    )
    .sort();

function golden(name: string): { facts: GoldenFacts; copy: string } {
  const copy = path.join(home, 'storage');
  fs.cpSync(path.join(folder, name, 'storage'), copy, { recursive: true });
  return { facts: JSON.parse(fs.readFileSync(path.join(folder, name, 'facts.json'), 'utf8')) as GoldenFacts, copy };
}

/** A dozen starts of the command line, each with a password. */
const longMs = 240_000;

describe.each(storages)('the golden storage %s', (name) => {
  it(
    'opens, is whole, and gives every moment back as it was',
    async () => {
      const { facts, copy } = golden(name);
      const strata = new Strata(path.join(home, 'profile'), { STRATA_PASSWORD: facts.password });
      await strata.ok('storage', 'attach', copy, '--name', 'Old', '--read-only');
      await strata.ok('storage', 'check', 'Old', '--data', 'all');
      expect((await strata.ok('moments', 'Old', '--json')).json<unknown[]>()).toHaveLength(facts.moments.length);
      for (const [index, moment] of facts.moments.entries()) {
        const out = path.join(home, `moment ${index}`);
        await strata.ok('restore', 'Old', '--at', moment.at, '--to', `dir:${out}`);
        expect(hashesBelow(out)).toEqual(Object.values(moment.files).sort());
      }
    },
    longMs,
  );

  it(
    'is written to, thinned out and purged by this version, after it was adopted',
    async () => {
      const { facts, copy } = golden(name);
      const strata = new Strata(path.join(home, 'profile'), { STRATA_PASSWORD: facts.password });
      await strata.ok('storage', 'attach', copy, '--name', 'Old', '--adopt');
      fs.mkdirSync(path.join(home, 'more'));
      fs.writeFileSync(path.join(home, 'more', 'note.txt'), 'written by this version');
      await strata.ok('source', 'add', 'files', 'More', '--path', path.join(home, 'more'));
      await strata.ok('job', 'create', 'More', '--source', 'More', '--storage', 'Old', '--mode', 'manual', '--keep', 'last=1');
      await strata.ok('job', 'run', 'More', '--wait');
      fs.writeFileSync(path.join(home, 'more', 'note.txt'), 'and again');
      await strata.ok('job', 'run', 'More', '--wait');
      await strata.ok('storage', 'purge', 'Old', '--yes');
      await strata.ok('storage', 'check', 'Old', '--data', 'all');
      const [first] = facts.moments;
      const out = path.join(home, 'first');
      await strata.ok('restore', 'Old', '--at', first?.at ?? '', '--to', `dir:${out}`);
      expect(hashesBelow(out)).toEqual(Object.values(first?.files ?? {}).sort());
    },
    longMs,
  );

  it('opens with its recovery key in the standalone reader', () => {
    const { facts, copy } = golden(name);
    fs.writeFileSync(path.join(home, 'key.txt'), facts.recoveryKey);
    const words = [tool, 'extract', copy, path.join(home, 'out'), '--recovery-key', path.join(home, 'key.txt')];
    execFileSync(process.execPath, words, { stdio: 'pipe' });
    expect(hashesBelow(path.join(home, 'out'))).toEqual(Object.values(facts.moments.at(-1)?.files ?? {}).sort());
  });
});
