import { expect, it } from 'vitest';
import { fakeClock } from '../../../../test/kit/fake-clock.ts';
import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import type { PackReading, StorageLock } from '../../storage/index.ts';
import { readSlice } from './slice.ts';

const packs: readonly PackSummary[] = ['a', 'b', 'c'].map((letter) => ({ id: letter.repeat(64) as PackId, sizeBytes: 1 }));
const good = { damages: [], present: [], records: 1, chunks: 1, bytesRead: 1 } as unknown as PackReading;

/** A slice over these packs, and what came of it, in order. */
function slice(yields: AbortSignal, onRead: (pack: PackId) => void = () => undefined) {
  const events: string[] = [];
  const lock = { mode: 'read', release: () => void events.push('released') } as unknown as StorageLock;
  const read = (pack: PackSummary): Promise<PackReading> => {
    events.push(`read ${pack.id[0]}`);
    onRead(pack.id);
    return Promise.resolve(good);
  };
  const storage = {
    lock: () => {
      events.push('locked');
      return lock;
    },
    rereader: () => ({ read, close: () => void events.push('closed') }),
  };
  const book = { put: ({ pack }: { readonly pack: PackId }) => void events.push(`put ${pack[0]}`) };
  return { events, ended: readSlice({ storage, packs, book, mostMs: 1000, clock: fakeClock(), yields }) };
}

it('puts down each pack before it reads the next', async () => {
  const { events, ended } = slice(new AbortController().signal);
  expect(await ended).toEqual({ isAll: true, damaged: 0 });
  expect(events).toEqual(['locked', 'read a', 'put a', 'read b', 'put b', 'read c', 'put c', 'closed', 'released']);
});

it('asked to yield before it began takes no lock', async () => {
  const stop = new AbortController();
  stop.abort();
  const { events, ended } = slice(stop.signal);
  expect(await ended).toEqual({ isAll: false, damaged: 0 });
  expect(events).toEqual([]);
});

it('asked to yield gives its lock back at once and once only, puts down nothing more, and begins no further pack', async () => {
  const stop = new AbortController();
  const { events, ended } = slice(stop.signal, (pack) => {
    if (pack === packs[1]?.id) stop.abort();
  });
  expect(await ended).toEqual({ isAll: false, damaged: 0 });
  expect(events).toEqual(['locked', 'read a', 'put a', 'read b', 'released', 'closed']);
});
