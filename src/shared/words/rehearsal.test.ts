import { expect, it } from 'vitest';
import type { RunId, SourceId } from '../domain/ids.ts';
import type { RehearsedSource } from '../domain/rehearsal.ts';
import type { Problem } from '../domain/run.ts';
import { certificateText } from './rehearsal.ts';

const source: RehearsedSource = {
  ...{ source: 's' as SourceId, name: 'Mail', outcome: 'proven', items: 50, bytes: 4096, unequal: 0, notSet: 0, tooLarge: 2 },
  ...{ oldestMs: Date.UTC(2026, 0, 1), newestMs: Date.UTC(2026, 5, 1), milliseconds: 1234 },
};
const files: RehearsedSource = {
  ...source,
  name: 'Files\nMail: proven restorable.',
  outcome: 'unequal',
  items: 3,
  unequal: 1,
  tooLarge: 0,
  notSet: 3,
};
const problem: Problem = {
  failure: { code: 'restore.item-damaged', retry: 'after-user-action', facts: { item: 'a.txt' } },
  ...{ source: 'Files', folder: 'docs', item: 'a.txt', atMs: 0 },
};
const certify = (sources: readonly RehearsedSource[], problems: readonly Problem[], language: 'en' | 'de' = 'en') =>
  certificateText(
    {
      run: {
        ...{ id: 'r' as RunId, storageName: 'NAS', startedAtMs: Date.UTC(2026, 5, 2, 3), endedAtMs: Date.UTC(2026, 5, 2, 3, 1) },
        ...{ problems, rehearsal: { seed: 7, itemsWanted: 50, sources } },
      },
      ...{ path: '/mnt/nas', version: '1.0.0' },
    },
    language,
  );

it('a certificate says what was proven of whom, when, and how to draw the same again', () => {
  const text = certify([source], []);
  expect(text).toContain('From 2026-06-02 03:00:00 until 2026-06-02 03:01:00 (UTC)');
  expect(text).toContain('seed 7, at most 50 items');
  expect(text).toContain(
    'Mail: proven restorable. 50 items, 4096 bytes, in 1.2 s; moments from 2026-01-01 00:00:00 to 2026-06-01 00:00:00.',
  );
  expect(text).toContain('  2 versions are larger');
  expect(text).toContain('All that was tried came back as it was saved.');
});

it('a certificate names what did not come back, and no name can add a line to it', () => {
  for (const language of ['en', 'de'] as const) {
    const lines = certify([source, files], Array<Problem>(250).fill(problem), language).split('\n');
    expect(lines.filter((line) => line.includes('Files/docs/a.txt'))).toHaveLength(200);
    expect(lines.filter((line) => /^Mail: (?:proven|nach)/.test(line))).toHaveLength(1);
    expect(lines.at(-2)).toMatch(/50/);
    expect(lines.join('\n')).toMatch(/NOT PROVEN|NICHT NACHGEWIESEN/);
  }
});
