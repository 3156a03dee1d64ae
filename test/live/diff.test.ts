import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Row {
  readonly change: string;
  readonly before: { readonly name: string } | null;
  readonly after: { readonly name: string } | null;
}

describe('strata diff', () => {
  it('tells what is different at two moments: of runs, of times, of one source, and since the beginning', {
    timeout: 120_000,
  }, async () => {
    const root = temporaryFolder();
    const [docs, other] = [path.join(root, 'docs'), path.join(root, 'other')];
    for (const folder of [docs, other]) fs.mkdirSync(folder);
    for (const name of ['same', 'edited', 'gone']) fs.writeFileSync(path.join(docs, name), `${name}\n`);
    for (const name of ['far', 'near', 'nearer', 'nearest']) fs.writeFileSync(path.join(other, name), `${name}\n`);
    const strata = new Strata(path.join(root, 'profile'));
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
    await strata.ok('source', 'add', 'files', 'Other', '--path', other);
    await strata.ok('job', 'create', 'J', '--source', 'Docs', '--source', 'Other', '--storage', 'S');
    const backup = async (): Promise<string> => (await strata.ok('job', 'run', 'J', '--json')).json<{ id: string }>().id;
    const first = await backup();
    fs.writeFileSync(path.join(docs, 'edited'), 'something else\n');
    fs.rmSync(path.join(docs, 'gone'));
    fs.writeFileSync(path.join(docs, 'new'), 'new\n');
    fs.rmSync(path.join(other, 'far'));
    const second = await backup();

    const diff = async (...words: string[]): Promise<string[]> => {
      const rows: Row[] = (await strata.ok('diff', 'S', ...words, '--json')).json();
      const ofFiles = rows.filter(({ before, after }) => !(after ?? before)?.name.startsWith('/'));
      return ofFiles.map(({ change, before, after }) => `${change} ${(after ?? before)?.name}`).sort();
    };
    const docsChanged = ['added new', 'content edited', 'vanished gone'];
    expect(await diff('--from', first, '--to', second)).toEqual([...docsChanged, 'vanished far'].sort());
    expect(await diff('--from', first.slice(0, 12), '--source', 'docs')).toEqual(docsChanged);
    expect(await diff('--to', first)).toEqual(
      ['edited', 'far', 'gone', 'near', 'nearer', 'nearest', 'same'].map((name) => `added ${name}`),
    );
    expect(await diff('--from', second)).toEqual([]);
    expect((await strata.ok('diff', 'S', '--from', second)).out).toContain('Nothing is different.');
    const shown = await strata.ok('diff', 'S', '--from', first);
    expect(shown.out).toMatch(/1 new, 1 changed, 0 moved, \d with other properties, 2 vanished\./);

    const refused = async (...words: string[]): Promise<string> => {
      const { code, err } = await strata.run(['diff', 'S', ...words]);
      expect(code).toBe(2);
      return err;
    };
    expect(await refused('--from', second, '--to', first)).toContain('later');
    expect(await refused('--from', 'sometime')).toContain('is not a time');
  });

  it('tells what is different between two versions of an item: its fields, and its text line by line', {
    timeout: 120_000,
  }, async () => {
    const root = temporaryFolder();
    const docs = path.join(root, 'docs');
    fs.mkdirSync(docs);
    const file = path.join(docs, 'letter.txt');
    const write = (...lines: string[]): void => fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    write('Dear Anna,', 'we offer 14 quays.', 'Yours', 'Ben');
    const strata = new Strata(path.join(root, 'profile'));
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
    await strata.ok('job', 'create', 'J', '--source', 'Docs', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    const item: string = (await strata.ok('find', 'S', 'letter', '--json')).json<{ item: string }[]>()[0]?.item ?? '';
    expect((await strata.run(['diff', 'S', item])).code).toBe(2);
    write('Dear Anna,', 'we offer 15 quays.', 'Yours', 'Ben');
    fs.chmodSync(file, 0o600);
    await strata.ok('job', 'run', 'J');

    const { lines, differences } = (await strata.ok('diff', 'S', item, '--json')).json<{
      lines: string[];
      differences: { field: string; key?: string }[];
    }>();
    expect(lines).toEqual(['@@ -1 +1 @@', ' Dear Anna,', '-we offer 14 quays.', '+we offer 15 quays.', ' Yours', ' Ben']);
    expect(differences.map(({ field, key }) => key ?? field)).toEqual(expect.arrayContaining(['content', 'mode']));
    expect((await strata.ok('diff', 'S', item, '--from', '1', '--to', '2')).out).toContain('+we offer 15 quays.');
    const refused = await strata.run(['diff', 'S', item, '--from', '7']);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('There are: 1, 2.')]);
  });
});
