import { describe, expect, it } from 'vitest';
import type { ChunkId, ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { Change, Manifest } from '../../../shared/domain/item.ts';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Content } from '../../kernel/content.ts';
import { ChangeMeter } from './change-meter.ts';
import { probe } from './probing.ts';

const week = 7 * 86_400_000;
const nowMs = 10 * week;
const source = 'source' as SourceId;
const meter = (): ChangeMeter => new ChangeMeter(source, 100, nowMs);

function manifest(
  name: string,
  change: Change,
  over: { chunks?: readonly string[]; ageMs?: number; kind?: Manifest['kind'] } = {},
): Manifest {
  const chunks = (over.chunks ?? []) as ChunkId[];
  return {
    item: name as ItemId,
    kind: over.kind ?? 'file',
    name,
    change,
    validFromMs: nowMs - (over.ageMs ?? 0),
    sizeBytes: 5000,
    contents: [{ part: 'raw', digest: chunks.join(), sizeBytes: 5000, chunks }],
  } as unknown as Manifest;
}

describe('what a cycle changes of a source', () => {
  it('is counted, without folders, and without what is new', () => {
    const measured = meter();
    measured.note(manifest('a', 'created'), undefined);
    measured.note(manifest('b', 'restored'), manifest('b', 'deleted'));
    measured.note(manifest('c', 'content'), manifest('c', 'created'));
    measured.note(manifest('d', 'metadata'), manifest('d', 'created'));
    measured.note(manifest('e', 'deleted'), manifest('e', 'created'));
    measured.note(manifest('f', 'deleted'), manifest('f', 'created', { ageMs: week }));
    measured.note(manifest('g', 'deleted', { kind: 'folder' }), manifest('g', 'created', { kind: 'folder' }));
    expect(measured.seen()).toMatchObject({ items: 100, deleted: 2, changed: 1, canary: undefined });
    expect(measured.tally(5)).toMatchObject({ source, dayMs: 5, items: 100, deleted: 1 });
  });

  it('tells how much of large items came again, and nothing of small ones', () => {
    const measured = meter();
    measured.note(
      manifest('a', 'content', { chunks: ['1', '2', '9'] }),
      manifest('a', 'created', { chunks: ['1', '2', '3', '4'] }),
    );
    measured.note(manifest('b', 'content', { chunks: ['8'] }), manifest('b', 'created', { chunks: ['7'] }));
    expect(measured.seen()).toMatchObject({ pieces: 4, piecesAgain: 2 });
  });

  it('tells to which endings items were renamed', () => {
    const measured = meter();
    for (const name of ['a.LOCKED', 'b.locked', 'c.txt']) measured.note(manifest(name, 'moved'), manifest('x.txt', 'created'));
    expect(measured.tally(0).renamed).toEqual({ '.locked': 2 });
  });

  it.each(['content', 'deleted', 'moved'] as const)('tells when the tripwire was touched: %s', (change) => {
    const measured = meter();
    measured.note(manifest('x', change), manifest('.strata-canary.docx', 'created'));
    expect(measured.seen().canary).toBe('.strata-canary.docx');
  });
});

describe('a look into changed items', () => {
  const text = new TextEncoder().encode('The plans of the quay, sheet by sheet. '.repeat(200));
  const noise = seededRandom(3).bytes(8000);
  const before = manifest('a', 'created', { chunks: ['1'] });
  const look = async (measured: ChangeMeter, old: Uint8Array, content: Content, known: Manifest | null = before): Promise<void> =>
    probe(
      measured,
      { before: known ?? undefined, content, sizeBytes: 8000 },
      {
        storage: {
          async *read() {
            yield old;
          },
        },
        catalog: {} as Catalog,
        peek: (path) => (path === '/noise' ? noise : undefined),
      },
    );
  const file = (path: string): Content => ({ kind: 'file', path, sizeBytes: 8000, modifyNs: 0n, inode: 0n });

  it('sees text turn into noise, in memory and in files', async () => {
    const measured = meter();
    await look(measured, text, { kind: 'bytes', bytes: noise });
    await look(measured, text, file('/noise'));
    await look(measured, text, { kind: 'bytes', bytes: text });
    expect(measured.tally(0)).toMatchObject({ compressible: 3, scrambled: 2 });
  });

  it('says nothing of what was noise before, cannot be read, or is new', async () => {
    const measured = meter();
    await look(measured, noise, { kind: 'bytes', bytes: noise });
    await look(measured, text, file('/gone'));
    await look(measured, text, { kind: 'bytes', bytes: noise }, null);
    await look(measured, text, { kind: 'stream', chunks: (async function* () {})() });
    expect(measured.tally(0)).toMatchObject({ compressible: 0, scrambled: 0 });
  });

  it('is taken at 64 of a cycle', async () => {
    const measured = meter();
    for (let index = 0; index < 100; index += 1) await look(measured, text, { kind: 'bytes', bytes: noise });
    expect(measured.tally(0)).toMatchObject({ compressible: 64, scrambled: 64 });
  });
});
