import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished, vi } from 'vitest';
import { fakeClock, type FakeClock } from '../../../test/kit/fake-clock.ts';
import { hostileTexts } from '../../../test/kit/text-thread.ts';
import { silentLog } from '../kernel/log.ts';
import { itemText } from './item-text.ts';
import { TextThread } from './text-thread.ts';

const bytes = Buffer.from('Subject: x\r\n\r\nherring\r\n');

function threadOf(textThread: URL | undefined, clock: FakeClock = fakeClock()): (name: string) => Promise<string | null> {
  const thread = new TextThread({ textThread, clock, log: silentLog });
  onTestFinished(() => thread.end());
  return (name) => thread.read({ kind: 'message', name, bytes });
}

it('what an item says is the same, whichever thread reads it', async () => {
  const said = await itemText('message', '1', bytes);
  expect(said).toContain('herring');
  expect(await threadOf(new URL('../text-worker.ts', import.meta.url))('1')).toBe(said);
  expect(await threadOf(undefined)('1')).toBe(said);
});

it('a thread that does not start costs nobody a text: they are read here', async () => {
  const entries = ['data:text/javascript,process.exit()', 'data:text/javascript,nonsense(', 'file:///not/there.js'];
  for (const entry of entries) expect(await threadOf(new URL(entry))('1'), entry).toContain('herring');
});

it.each(['dies', 'greedy'])(
  'an item of which the thread %s is not read, and the next ones are, by another thread',
  async (name) => {
    const read = threadOf(hostileTexts);
    const before = await read('which');
    const [hostile, after] = await Promise.all([read(name), read('which')]);
    expect(hostile).toBeNull();
    expect(Number(after)).toBeGreaterThan(Number(before));
  },
);

it('an item at which the thread hangs is given up after its time, and not before it', async () => {
  const clock = fakeClock();
  const read = threadOf(hostileTexts, clock);
  await read('which');
  const answers: (string | null)[] = [];
  const both = ['hangs', 'ordinary'].map((name) => read(name).then((text) => answers.push(text)));
  await clock.advance(0); // it was sent
  await clock.advance(9000);
  expect(answers).toEqual([]);
  await clock.advance(1100);
  await Promise.all(both);
  expect(answers).toEqual([null, expect.stringContaining('herring')]);
});

it('of an item at which the thread hangs later on there is what it said before, and nothing of it is taken for the next one', async () => {
  const clock = fakeClock();
  const read = threadOf(hostileTexts, clock);
  await read('which');
  const heard = vi.spyOn(Worker.prototype, 'emit');
  const cut = read('cut short');
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('message', { type: 'so-far', text: 'its beginning' }));
  heard.mockRestore();
  await clock.advance(11_000);
  expect(await cut).toBe('its beginning');
  expect(await read('which')).toMatch(/^\d+$/);
  const hangs = read('hangs');
  await clock.advance(0); // it was sent
  await clock.advance(11_000);
  expect(await hangs).toBeNull();
});

it('an item of which more is unpacked than there is room for is given up at once', async () => {
  const clock = fakeClock();
  let residentBytes = 100;
  const thread = new TextThread({ textThread: hostileTexts, clock, log: silentLog, residentBytes: () => residentBytes });
  onTestFinished(() => thread.end());
  await thread.read({ kind: 'message', name: 'which', bytes });
  const answers: (string | null)[] = [];
  const answered = thread.read({ kind: 'message', name: 'hangs', bytes }).then((text) => answers.push(text));
  residentBytes += 511 * 1024 * 1024;
  await clock.advance(2000);
  expect(answers).toEqual([]);
  residentBytes += 1024 * 1024;
  await clock.advance(1000);
  await answered;
  expect(answers).toEqual([null]);
});

it('whoever waits when all is ended is let go at once, and what is asked later is read', async () => {
  const thread = new TextThread({ textThread: hostileTexts, clock: fakeClock(), log: silentLog });
  onTestFinished(() => thread.end());
  const read = (name: string) => thread.read({ kind: 'message', name, bytes });
  await read('which');
  const both = ['hangs', 'ordinary'].map(read);
  await thread.end();
  expect(await Promise.all(both)).toEqual([null, null]);
  expect(await read('ordinary')).toContain('herring');
});

it('one thread serves while there is something to read, and is gone some time after it', async () => {
  const clock = fakeClock();
  const read = threadOf(hostileTexts, clock);
  const first = await read('which');
  await clock.advance(9000);
  expect(await read('which')).toBe(first);
  await clock.advance(10_000);
  expect(await read('which')).not.toBe(first);
});
