import { expect, it } from 'vitest';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { RestoreRequest } from './restore-answers.ts';
import { commandFor } from './restore-command.ts';

const source = 'source1' as SourceId;
const request: RestoreRequest = {
  storage: 'storage1',
  selection: { items: [], sources: [], recursive: true },
  asOf: { kind: 'now' },
  target: { kind: 'original' },
  restoreRoot: null,
  conflict: 'skip',
  tag: null,
  dryRun: false,
  verify: false,
};
const names = { storage: 'NAS', source: () => "Anna's mail" };
const line = (changed: Partial<RestoreRequest>): string | null => commandFor({ ...request, ...changed }, names);

it.each<[string, Partial<RestoreRequest>, string | null]>([
  ['everything', {}, 'strata restore NAS --to original'],
  [
    'names that shells take for something else',
    { selection: { ...request.selection, sources: [source] }, target: { kind: 'directory', path: '/a b/$(x)' } },
    "strata restore NAS --source 'Anna'\\''s mail' --to 'dir:/a b/$(x)'",
  ],
  [
    'every answer',
    {
      ...{ asOf: { kind: 'run', run: 'run1' }, target: { kind: 'source', source, folder: 'Old' } },
      ...{ restoreRoot: 'Restored', conflict: 'keep-both', verify: true },
    },
    "strata restore NAS --run run1 --to 'source:Anna'\\''s mail/Old' --restore-root Restored --conflict keep-both --verify",
  ],
  [
    'what vanished',
    { asOf: { kind: 'vanished', fromMs: 0, toMs: 86_400_000 }, selection: { ...request.selection, items: ['i1'] } },
    'strata undelete NAS --from 1970-01-01T00:00:00.000Z --to 1970-01-02T00:00:00.000Z --item i1',
  ],
  [
    'what vanished, to a place that undelete does not know',
    { asOf: { kind: 'vanished', fromMs: 0, toMs: 1 }, target: { kind: 'eml', path: '/a' } },
    null,
  ],
  [
    'more than anybody copies',
    { selection: { ...request.selection, items: Array.from({ length: 21 }, () => 'i' as ItemId) } },
    null,
  ],
])('the line of the shell for %s', (_, changed, expected) => {
  expect(line(changed)).toBe(expected);
});
