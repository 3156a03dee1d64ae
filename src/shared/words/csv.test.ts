import { expect, it } from 'vitest';
import type { RestoreReport } from '../domain/run.ts';
import { csvOf, restoreCsv } from './csv.ts';

it('a cell holds whatever a name holds, and is no formula', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x,"y"', 'two\nlines'],
        ['=1+1', -1],
        ['@a', '+b'],
      ],
    ),
  ).toBe('a,b\n"x,""y""","two\nlines"\n\'=1+1,-1\n\'@a,\'+b');
});

it('the list of a restore begins with what failed, with its code and reason', () => {
  const entry = { name: 'a', folder: 'Work', sizeBytes: 5, timeMs: 0 };
  const failure = { code: 'restore.item-damaged', retry: 'never', facts: { item: 'b' } } as const;
  const report: RestoreReport = {
    ...{ dryRun: false, created: 1, replaced: 0, skipped: 0, verified: 1, bytes: 5 },
    failed: [{ failure, source: 'Mail', folder: 'Work', item: 'b', atMs: 0 }],
    entries: [
      { ...entry, outcome: 'create' },
      { ...entry, name: 'b', outcome: 'fail' },
    ],
  };
  expect(restoreCsv(report, ({ code }) => `because ${code}`).split('\n')).toEqual([
    'outcome,folder,name,bytes,time,code,reason',
    'fail,Mail/Work,b,,,restore.item-damaged,because restore.item-damaged',
    'create,Work,a,5,1970-01-01T00:00:00.000Z,,',
  ]);
});
