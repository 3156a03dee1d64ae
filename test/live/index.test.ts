import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

it('strata index: one line for each item, by date, of folders, of a period, with or without what is gone', {
  timeout: 120_000,
}, async () => {
  const root = temporaryFolder();
  const docs = path.join(root, 'docs');
  fs.mkdirSync(path.join(docs, 'old'), { recursive: true });
  const day = (n: number): Date => new Date(Date.UTC(2026, 2, n, 12));
  const put = (name: string, n: number): void => {
    fs.writeFileSync(path.join(docs, name), `${name}\n`);
    fs.utimesSync(path.join(docs, name), day(n), day(n));
  };
  put('third', 3);
  put('old/first', 1);
  put('=second, "quoted"', 2);
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
  await strata.ok('job', 'create', 'J', '--source', 'Docs', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  fs.rmSync(path.join(docs, 'third'));
  put('later', 4);
  await strata.ok('job', 'run', 'J');

  const files = async (...words: string[]): Promise<string[]> => {
    const rows = (await strata.ok('index', 'S', ...words, '--json')).json<{ kind: string; name: string }[]>();
    return rows.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  };
  expect(await files()).toEqual(['first', '=second, "quoted"', 'third', 'later']);
  expect(await files('--deleted', 'no')).toEqual(['first', '=second, "quoted"', 'later']);
  expect(await files('--deleted', 'only')).toEqual(['third']);
  expect(await files('--folder', `Docs/${docs}/old`)).toEqual(['first']);
  expect(await files('--since', '2026-03-02T12:00:00Z', '--until', '2026-03-04T12:00:00Z')).toEqual([
    '=second, "quoted"',
    'third',
  ]);

  const { out } = await strata.ok('index', 'S', '--csv', '--deleted', 'yes');
  const [head, ...lines] = out.trimEnd().split('\n');
  expect(head).toBe('item,kind,source,folder,name,title,time,bytes,versions,deleted');
  const second = lines.find((line) => line.includes('second'));
  expect(second).toContain(`,file,Docs,${docs},"'=second, ""quoted""",`);
  expect(second).toContain('2026-03-02T12:00:00.000Z,18,1,no');
  expect(lines.find((line) => line.includes('third'))).toMatch(/,6,2,yes$/);
  expect((await strata.ok('index', 'S', '--folder', 'Docs')).out).toContain('third (vanished)');

  const refused = async (...words: string[]): Promise<string> => {
    const { code, err } = await strata.run(['index', 'S', ...words]);
    expect(code).not.toBe(0);
    return err;
  };
  expect(await refused('--deleted', 'maybe')).toContain('maybe');
  expect(await refused('--folder', 'Docs/nowhere')).toContain('nowhere');
  expect(await refused('--since', 'sometime')).toContain('is not a time');
});

it('strata stats: what is in each folder itself, now and with what was there before, as much as the storage has', {
  timeout: 120_000,
}, async () => {
  const root = temporaryFolder();
  const docs = path.join(root, 'docs');
  fs.mkdirSync(path.join(docs, 'old'), { recursive: true });
  const put = (name: string, bytes: number): void => fs.writeFileSync(path.join(docs, name), 'x'.repeat(bytes));
  put('one', 100);
  put('two', 1000);
  put('old/three', 10);
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
  await strata.ok('job', 'create', 'J', '--source', 'Docs', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  put('one', 200);
  fs.rmSync(path.join(docs, 'two'));
  await strata.ok('job', 'run', 'J');

  type Row = Readonly<Record<'items' | 'bytes' | 'versions' | 'versionBytes', number>> & { readonly path: string };
  const rows = (await strata.ok('stats', 'S', '--json')).json<Row[]>();
  const of = (place: string) => rows.find((row) => row.path === place);
  expect(of(`Docs${docs}`)).toMatchObject({ items: 1, bytes: 200, versions: 3, versionBytes: 1300 });
  expect(of(`Docs${docs}/old`)).toMatchObject({ items: 1, bytes: 10, versions: 1, versionBytes: 10 });
  const sum = (name: 'bytes' | 'versionBytes'): number => rows.reduce((total, row) => total + row[name], 0);
  const { out } = await strata.ok('storage', 'stats', 'S', '--json');
  expect(JSON.parse(out)).toMatchObject({ itemBytes: sum('bytes'), versionBytes: sum('versionBytes') });

  const csv = (await strata.ok('stats', 'S', '--csv', '--folder', `Docs${docs}/old`)).out.trimEnd().split('\n');
  expect(csv).toEqual(['path,items,bytes,versions,versionBytes', `Docs${docs}/old,1,10,1,10`]);
  expect((await strata.ok('stats', 'S')).out).toContain('1.3 KB');
  const kinds = (await strata.ok('stats', 'S', '--by', 'kind', '--csv')).out.trimEnd().split('\n');
  expect(kinds).toEqual(['kind,items,bytes,versions,versionBytes', `file,2,210,4,1310`]);
  const senders = (await strata.ok('stats', 'S', '--by', 'sender', '--json')).json<Row[]>();
  expect(senders).toEqual([{ sender: '', name: '', items: 2, bytes: 210, versions: 4, versionBytes: 1310 }]);
  expect((await strata.ok('stats', 'S', '--kind', 'message', '--by', 'kind', '--json')).json()).toEqual([]);
});
