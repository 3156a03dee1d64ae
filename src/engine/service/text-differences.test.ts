import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hunk, textDifferences } from './text-differences.ts';

const shown = (hunks: readonly Hunk[] | undefined): string[] =>
  (hunks ?? []).flatMap(({ lines }) => lines.map(({ kind, text }) => `${kind} ${text}`));

test('equal texts have no differences, whatever ends their lines', async () => {
  expect(await textDifferences('a\r\nb\r\n', 'a\nb\n')).toEqual([]);
});

test('a changed line is shown with two lines around it, and with its number', async () => {
  const hunks = await textDifferences('1\n2\n3\n4\n5\n6\n7\n', '1\n2\n3\nfour\n5\n6\n7\n');
  expect(shown(hunks)).toEqual(['same 2', 'same 3', 'removed 4', 'added four', 'same 5', 'same 6']);
  expect(hunks?.map(({ beforeFrom, afterFrom }) => [beforeFrom, afterFrom])).toEqual([[2, 2]]);
});

test('a text without an end of its last line is no line more', async () => {
  expect(shown(await textDifferences('a', 'a\nb'))).toEqual(['removed a', 'added a', 'added b']);
});

test('texts that have nothing in common are given up, and hold nobody up', async () => {
  const lines = (seed: number): string => Array.from({ length: 200_000 }, (_, at) => (at * seed) % 1_000_003).join('\n');
  expect(await textDifferences(lines(7919), lines(104_729))).toBeUndefined();
});

test('what was removed and what stayed is the old text, what stayed and what was added the new one', async () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 3 }).map((lines) => `${lines.join('\n')}\n`);
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const [hunk] = (await textDifferences(before, after)) ?? [];
      if (hunk === undefined) {
        expect(before).toBe(after);
        return;
      }
      const side = (kind: string): string =>
        hunk.lines.flatMap((line) => (line.kind === 'same' || line.kind === kind ? [`${line.text}\n`] : [])).join('');
      expect([side('removed'), side('added')]).toEqual([before, after]);
    }),
  );
});
