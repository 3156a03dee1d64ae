import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { judge } from './life/judge.ts';
import { days, live } from './life/life.ts';
import { writePage } from './life/page.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, isFull, seed } from './tier.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../../src/engine/crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const lives = inTier({ quick: 1, full: 6 });
const patienceMs = 40 * 60_000;
const zone = process.env['TZ'];
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe.each(Array.from({ length: lives }, (_, index) => seed + index))(`${days} days of a computer, seed %i`, (one) => {
  it(
    'are told as they were: every trouble in time, nothing else, nothing twice, and alike in all places',
    async () => {
      const lived = await live(temporaryFolder(), one);
      onTestFinished(() => lived.house.close());
      const { diary } = lived.house;
      const violations = judge(lived);
      const figures = { looks: diary.beats.length, runs: diary.ran.length, alerts: diary.said.length };
      noteProof('lives', `seed ${one}`, { troubles: lived.made.length, ...figures, violations: violations.length });
      if (isFull && one === seed) writePage(lived, one);
      expect(violations).toEqual([]);
    },
    patienceMs,
  );
});
