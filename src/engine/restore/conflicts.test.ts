import { describe, expect, it } from 'vitest';
import { testRun } from '../sources/testing/test-run.ts';
import { madeItem } from '../sources/testing/capture.ts';
import { givesWay } from './conflicts.ts';

const item = madeItem({ name: 'a', bytes: Buffer.from('a') });
const folder = madeItem({ name: 'a', kind: 'folder' });
const standing = (isSameContent: boolean, isOlder: boolean) => ({ look: () => Promise.resolve({ isSameContent, isOlder }) });
const [sameOlder, sameNewer, otherOlder, otherNewer] = [
  standing(true, true),
  standing(true, false),
  standing(false, true),
  standing(false, false),
];

describe('what stands in the place of an item', () => {
  it.each([
    ['replace', [true, true, true, true]],
    ['skip', [false, false, false, false]],
    ['changed', [false, false, true, true]],
    ['newer', [true, false, true, false]],
    ['keep-both', [false, false, false, false]],
  ] as const)('gives way by the rule %s', async (rule, expected) => {
    const all = [sameOlder, sameNewer, otherOlder, otherNewer];
    expect(await Promise.all(all.map((one) => givesWay(one, item, 'same-name', rule, testRun())))).toEqual(expected);
  });

  it('stays where a rule asks what the destination cannot tell', async () => {
    for (const rule of ['changed', 'newer'] as const) expect(await givesWay({}, item, 'same-name', rule, testRun())).toBe(false);
  });

  it('stays as it is where it is a folder, unless it is to be replaced', async () => {
    for (const rule of ['skip', 'changed', 'newer'] as const)
      expect(await givesWay(otherOlder, folder, 'same-name', rule, testRun())).toBe(false);
    expect(await givesWay(otherOlder, folder, 'same-name', 'replace', testRun())).toBe(true);
  });

  it('is named where it has everything of the item but its bytes, and nobody said what to do', async () => {
    const asked = givesWay(otherOlder, item, 'other-bytes', 'skip', testRun());
    await expect(asked).rejects.toMatchObject({ code: 'restore.other-bytes' });
    expect(await givesWay(otherOlder, item, 'other-bytes', 'changed', testRun())).toBe(true);
  });
});
