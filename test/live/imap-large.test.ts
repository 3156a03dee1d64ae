import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Destination } from '../../src/engine/sources/destination.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { openCycleWorld } from '../kit/cycle-world.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

const megabyte = 1024 * 1024;
const pieces = 150;
/** How often the memory is looked at. */
const everyMs = 20;

/** Base64 in lines, other bytes in every piece: as a huge attachment is, and nothing that is stored twice. */
function* largeMessage(): Generator<Buffer> {
  const { bytes } = seededRandom(1);
  const head = Buffer.from(plainMessage(1, ''));
  yield Buffer.concat([head, Buffer.alloc(megabyte - head.length, 'x'.repeat(76).concat('\r\n'))]);
  for (let piece = 1; piece < pieces; piece += 1) {
    const lines = Buffer.from(bytes((megabyte / 4) * 3))
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    yield Buffer.from(lines.slice(0, megabyte));
  }
}

withDovecot('a mailbox with one message of 150 MB', (dovecot) => {
  it('is stored and given back byte for byte, step by step', async () => {
    const user = dovecot().newUser();
    const sent = createHash('sha256');
    dovecot().putLarge(user, 'Big', pieces * megabyte, hashed(largeMessage(), sent));
    const settings = dovecot().settings(user, 'none');
    const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, dovecot().credential));
    const before = process.memoryUsage().rss;
    let peak = before;
    const looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), everyMs);
    const { counts } = await world.cycle();
    clearInterval(looking);
    expect(counts).toMatchObject({ new: expect.any(Number) as number, failed: 0 });
    const stored = createHash('sha256');
    const report = await world.restore(hashing(stored));
    expect(report.failed).toEqual([]);
    expect(stored.digest('hex')).toBe(sent.digest('hex'));
    world.close();
    console.log(
      `one message of ${pieces} MiB: the process had ${inMegabytes(before)} before the cycle and at most ${inMegabytes(peak)} in it`,
    );
  }, 300_000);
});

function* hashed(all: Iterable<Buffer>, hash: ReturnType<typeof createHash>): Generator<Buffer> {
  for (const one of all) {
    hash.update(one);
    yield one;
  }
}

const hashing = (hash: ReturnType<typeof createHash>): Destination => ({
  label: 'memory',
  open: () =>
    Promise.resolve({
      probe: () => Promise.resolve('absent'),
      async write(item) {
        if (item.manifest.kind === 'message' && item.content !== undefined)
          for await (const chunk of item.content()) hash.update(chunk);
      },
      finish: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
});

const inMegabytes = (bytes: number): string => `${Math.round(bytes / megabyte)} MiB`;
