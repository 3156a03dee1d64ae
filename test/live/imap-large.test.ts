import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { openCycleWorld } from '../kit/cycle-world.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { hashing, hugeMessage, inMebibytes, mebibyte, peakMemory } from '../kit/huge-message.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const pieces = 150;

withDovecot('a mailbox with one message of 150 MB', (dovecot) => {
  it('is stored and given back byte for byte, step by step', async () => {
    const user = dovecot().newUser();
    const sent = createHash('sha256');
    dovecot().putLarge(user, 'Big', pieces * mebibyte, hugeMessage(pieces, sent));
    const settings = dovecot().settings(user, 'none');
    const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, dovecot().credential));
    const { value, before, peak } = await peakMemory(() => world.cycle());
    expect(value.counts).toMatchObject({ new: expect.any(Number) as number, failed: 0 });
    const stored = createHash('sha256');
    const report = await world.restore(hashing(stored));
    expect(report.failed).toEqual([]);
    expect(stored.digest('hex')).toBe(sent.digest('hex'));
    world.close();
    console.log(
      `one message of ${pieces} MiB: the process had ${inMebibytes(before)} before the cycle and at most ${inMebibytes(peak)} in it`,
    );
  }, 300_000);
});
