import { expect, test } from 'vitest';
import { causesOf } from './causes.ts';

const problem = (code: 'item.unreadable' | 'folder.unreadable', folder: string, atMs: number) => ({
  failure: { code, retry: 'later' as const, facts: {} },
  source: 'anna',
  folder,
  item: 'x',
  atMs,
});

test('problems are told by cause, the most frequent first, each place once', () => {
  const causes = causesOf([
    problem('folder.unreadable', 'Shared', 3),
    problem('item.unreadable', 'INBOX', 5),
    problem('item.unreadable', 'INBOX', 1),
  ]);
  expect(causes.map(({ code, problems, places }) => [code, problems.length, places])).toEqual([
    ['item.unreadable', 2, ['anna/INBOX']],
    ['folder.unreadable', 1, ['anna/Shared']],
  ]);
  expect(causes[0]?.problems[0].atMs).toBe(1);
});
