import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import type { Content } from '../kernel/content.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { pacedSource } from './paced-source.ts';
import { SourcePace } from './source-pace.ts';
import type { Reading, Source, SourceSession } from './source.ts';
import { testRun } from './testing/test-run.ts';

const mib = 1024 * 1024;
let clock: FakeClock;
beforeEach(() => {
  clock = fakeClock();
});

const file = (sizeBytes: number): Content => ({ kind: 'file', path: '/f', sizeBytes, modifyNs: 0n, inode: 1n });
const bytes = (size: number): Content => ({ kind: 'bytes', bytes: new Uint8Array(size) });
const reading = (content: Content, again?: () => Reading): Reading => ({
  key: 'k',
  metadata: {},
  summary: { title: 'k' },
  contentRevision: '1',
  metadataRevision: '1',
  content,
  ...(again && { again }),
});

function reads(readings: readonly Reading[], pace: SourcePace | undefined, run: RunContext): AsyncIterable<Reading> {
  const session = {
    capabilities: [],
    async *read() {
      yield* readings;
    },
    close: () => Promise.resolve(),
  } as unknown as SourceSession;
  const source: Source = { open: () => Promise.resolve(session) };
  return (async function* () {
    yield* (await pacedSource(source, pace).open(run)).read('', [], run);
  })();
}

/** When each came, in milliseconds from the beginning. */
async function times(readings: readonly Reading[], pace: SourcePace, use = async (_: Reading): Promise<void> => undefined) {
  const run = { ...testRun(), clock };
  const began = clock.monotonicMs();
  const came: number[] = [];
  let isOver = false;
  const work = (async () => {
    for await (const one of reads(readings, pace, run)) {
      came.push(clock.monotonicMs() - began);
      await use(one);
    }
  })().finally(() => (isOver = true));
  while (!isOver) await clock.advance(50);
  await work;
  return { came, tookMs: clock.monotonicMs() - began };
}

const paceOf = (bytesPerSecond: number | null): SourcePace => new SourcePace(clock, { requestsPerSecond: null, bytesPerSecond });

describe('a source on this computer', () => {
  it.each([
    ['files', file(mib)],
    ['bytes', bytes(mib)],
  ] as const)('is read no faster than it may: %s', async (_, content) => {
    const { came } = await times(
      Array.from({ length: 5 }, () => reading(content)),
      paceOf(mib),
    );
    came.forEach((ms, index) => {
      expect(ms).toBeGreaterThanOrEqual(index * 1000);
      expect(ms).toBeLessThan(index * 1150 + 100);
    });
  });

  it('waits for nothing without a limit', async () => {
    const { tookMs } = await times(
      Array.from({ length: 50 }, () => reading(file(mib))),
      paceOf(null),
    );
    expect(tookMs).toBeLessThanOrEqual(50);
  });

  it('reads a large file in pieces, at the pace that holds then, also where it had to be looked at once more', async () => {
    const pace = paceOf(mib);
    const readSlowly = async ({ content }: Reading): Promise<void> => {
      if (content?.kind !== 'file' || content.pace === undefined) return expect.unreachable();
      for (let left = content.sizeBytes; left > 0; ) {
        const piece = Math.min(left, content.pace.mostBytes(), 8 * mib);
        await content.pace.passed(piece);
        left -= piece;
        // Half of it is read, and then the slow time is over.
        if (left < 10 * mib) pace.change({ requestsPerSecond: null, bytesPerSecond: null });
      }
    };
    const large = reading(file(20 * mib));
    const { tookMs } = await times([large], pace, readSlowly);
    expect(tookMs).toBeGreaterThanOrEqual(10_000);
    expect(tookMs).toBeLessThan(12_000);
    pace.change({ requestsPerSecond: null, bytesPerSecond: mib });
    const changed = reading(file(20 * mib), () => large);
    const once = await times([changed], pace, ({ again }) => readSlowly(again?.() ?? expect.unreachable()));
    expect(once.tookMs).toBeGreaterThanOrEqual(10_000);
  });

  it('brings a stream piece by piece', async () => {
    async function* chunks(): AsyncIterable<Uint8Array> {
      for (let index = 0; index < 4; index += 1) yield new Uint8Array(mib);
    }
    const { tookMs } = await times([reading({ kind: 'stream', chunks: chunks() })], paceOf(mib), async ({ content }) => {
      if (content?.kind !== 'stream') return expect.unreachable();
      for await (const _ of content.chunks);
    });
    expect(tookMs).toBeGreaterThanOrEqual(4000);
    expect(tookMs).toBeLessThan(4600);
  });

  it('hears at once while it waits: a wish to finish soon, a stop, and that the slow time is over', async () => {
    const finish = new AbortController();
    const stop = new AbortController();
    const pace = paceOf(1024);
    const next = async (run: RunContext, act: () => void): Promise<IteratorResult<Reading>> => {
      const some = reads([reading(file(mib)), reading(file(mib))], pace, run)[Symbol.asyncIterator]();
      await some.next();
      const second = some.next();
      second.catch(() => undefined);
      await clock.advance(1000);
      act();
      await clock.advance(0);
      return second;
    };
    const quiet = { ...testRun(), clock };
    expect((await next({ ...quiet, finishSoon: finish.signal }, () => finish.abort())).done).toBe(false);
    await expect(next({ ...quiet, signal: stop.signal }, () => stop.abort())).rejects.toThrow('stopped');
    const ended = await next(quiet, () => pace.change({ requestsPerSecond: null, bytesPerSecond: null }));
    expect(ended.done).toBe(false);
  });
});
