import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import { GrowingIdSet, IdTable } from './id-table.ts';

const random = seededRandom(9);
const newChunkId = (): ChunkId => Buffer.from(random.bytes(32)).toString('hex') as ChunkId;

describe('a table of ids', () => {
  it('knows what was added and nothing else', () => {
    const table = new IdTable(IdTable.room(5000));
    const ids = Array.from({ length: 5000 }, newChunkId);
    for (const id of ids) expect(table.add(id)).toBe('added');
    for (const id of ids) expect(table.add(id)).toBe('known');
    for (const id of ids) expect(table.has(id)).toBe(true);
    for (let index = 0; index < 5000; index++) expect(table.has(newChunkId())).toBe(false);
    expect(table.size).toBe(5000);
  });

  it('takes ids of zeros, and tells ids apart that begin alike', () => {
    const table = new IdTable(IdTable.room(10));
    const zeros = '0'.repeat(64) as ChunkId;
    const nearly = ['0'.repeat(8), '0'.repeat(16), '0'.repeat(24)].map(
      (start) => start.padEnd(32, '7').padEnd(64, '0') as ChunkId,
    );
    for (const id of [zeros, ...nearly]) expect(table.add(id)).toBe('added');
    for (const id of [zeros, ...nearly]) expect(table.add(id)).toBe('known');
  });

  it('says when it is full, and still knows', () => {
    const table = new IdTable(IdTable.room(1));
    const ids = Array.from({ length: 2000 }, newChunkId);
    const outcomes = ids.map((id) => table.add(id));
    const taken = outcomes.filter((outcome) => outcome === 'added').length;
    expect(taken).toBe(768);
    expect(outcomes.slice(taken).every((outcome) => outcome === 'full')).toBe(true);
    expect(ids.slice(0, taken).every((id) => table.add(id) === 'known')).toBe(true);
  });

  it('gives each id to one of several threads', async () => {
    const memory = IdTable.room(20_000);
    const ids = Array.from({ length: 20_000 }, newChunkId);
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      import(workerData.module).then(({ IdTable }) => {
        const table = new IdTable(workerData.memory);
        parentPort.postMessage(workerData.ids.filter((id) => table.add(id) === 'added'));
      });`;
    const module = new URL('./id-table.ts', import.meta.url).href;
    const run = (): Promise<ChunkId[]> =>
      new Promise((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData: { module, memory, ids } });
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    const [first = [], second = [], third = []] = await Promise.all([run(), run(), run()]);
    expect(first.length + second.length + third.length).toBe(20_000);
    expect(new Set([...first, ...second, ...third]).size).toBe(20_000);
    expect(new IdTable(memory).size).toBe(20_000);
  });
});

describe('a growing set', () => {
  it('holds any number', () => {
    const set = new GrowingIdSet();
    const ids = Array.from({ length: 200_000 }, newChunkId);
    for (const id of ids) set.add(id);
    expect(set.size).toBe(200_000);
    expect(ids.every((id) => set.has(id) && !set.add(id))).toBe(true);
    expect(set.has(newChunkId())).toBe(false);
  });
});
