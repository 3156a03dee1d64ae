import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { jmapSource } from '../../src/engine/sources/jmap/index.ts';
import { openCycleWorld } from '../kit/cycle-world.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import { hashing, hugeMessage, inMebibytes, mebibyte, peakMemory } from '../kit/huge-message.ts';
import { jmapSettings } from '../kit/jmap/settings.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const pieces = 150;

withCyrus('an account with one message of 150 MB, read over JMAP', (cyrus) => {
  it('is stored and given back byte for byte, in less memory than it has bytes', async () => {
    const user = await cyrus().newUser();
    const sent = createHash('sha256');
    await cyrus().putLarge(user, 'Sent', pieces * mebibyte, hugeMessage(pieces, sent));
    const settings = jmapSettings(cyrus(), user);
    const world = await openCycleWorld(temporaryFolder(), settings, jmapSource(settings, cyrus().credential));
    const { value, before, peak } = await peakMemory(() => world.cycle());
    expect(value.counts).toMatchObject({ failed: 0 });
    const stored = createHash('sha256');
    const report = await world.restore(hashing(stored));
    expect(report.failed).toEqual([]);
    expect(stored.digest('hex')).toBe(sent.digest('hex'));
    expect(peak - before).toBeLessThan((pieces / 2) * mebibyte);
    world.close();
    console.log(
      `one message of ${pieces} MiB over JMAP: the process had ${inMebibytes(before)} before the cycle and at most ${inMebibytes(peak)} in it`,
    );
  }, 300_000);
});
