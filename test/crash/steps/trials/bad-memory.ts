import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { ChunkId } from '../../../../src/shared/domain/ids.ts';
import { openSodium, type PackCipher, sha256, StorageKeys } from '../../../../src/engine/crypto/index.ts';
import { silentLog } from '../../../../src/engine/kernel/log.ts';
import { Bundle } from '../../../../src/engine/storage/bundle.ts';
import { openZstd, type Zstd } from '../../../../src/engine/storage/compress.ts';
import { ManifestBatch } from '../../../../src/engine/storage/manifest-batch.ts';
import { PackLane } from '../../../../src/engine/storage/pack-lane.ts';
import { chunksOf, wrongChunks } from '../../../../src/engine/storage/pack-entries.ts';
import { PackReader } from '../../../../src/engine/storage/pack-reader.ts';
import { PackWriter, type SealedPack } from '../../../../src/engine/storage/pack-writer.ts';
import { RecordSealer } from '../../../../src/engine/storage/record-sealer.ts';
import { LaneSink } from '../../../../src/engine/storage/record-sink.ts';
import { openLocalTarget } from '../../../../src/engine/targets/local/index.ts';
import { seededRandom } from '../../../kit/seeded-random.ts';
import { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { manifestOf, someBytes } from '../../../kit/storage-world.ts';
import { inTier, seed } from '../../tier.ts';

export const stages = ['compressing', 'before sealing', 'after sealing', 'while opening', 'unpacking'] as const;
type Stage = (typeof stages)[number];

/** A bit falls over in one record of a pack. The pack is refused, or it is right. */
export async function tryBadMemory(): Promise<string | undefined> {
  for (const stage of stages) {
    const keys = StorageKeys.create(await openSodium(), seededRandom(1));
    for (let fall = 0; fall < inTier({ quick: 60, full: 1000 }); fall++) {
      const complaint = await packWith(stage, fall, keys);
      if (complaint !== undefined) return `${stage}, fall ${fall}: ${complaint}`;
    }
  }
  return undefined;
}

async function packWith(stage: Stage, fall: number, keys: StorageKeys): Promise<string | undefined> {
  const random = seededRandom(seed * 100_000 + stages.indexOf(stage) * 10_000 + fall);
  const target = openLocalTarget(new SimFileSystem(), '/disk', random);
  target.prepare();
  const memory = new BadMemory(stage, fall % 4, random);
  const sealer = new RecordSealer(memory.zstd());
  const faulty = { beginPack: () => memory.cipher(keys.beginPack(random)) } as unknown as StorageKeys;
  const sealed: SealedPack[] = [];
  const lane = new PackLane(
    () => new PackWriter(target, faulty, random, sealer),
    1e9,
    (pack) => sealed.push(pack),
  );
  try {
    fill(lane, keys, fall);
    await lane.durable();
  } catch (error) {
    return isStrataError(error) && error.code === 'storage.verify-failed' ? undefined : String(error);
  }
  const [pack] = sealed;
  return pack === undefined ? 'no pack' : complaintOf(pack, new PackReader(target, keys, openZstd(), silentLog, 1_000_000), keys);
}

/** A bundle, a chunk, and manifests; the footer is the fourth record. */
function fill(lane: PackLane, keys: StorageKeys, fall: number): void {
  const sink = new LaneSink(lane, keys);
  const bundle = new Bundle(keys, 16_384, 8192);
  for (const [index, length] of [500, 3000, 40].entries()) {
    const bytes = someBytes(length, index + fall, 'text');
    bundle.room(length).set(bytes);
    bundle.add(keys.chunkId(bytes), length);
  }
  sink.bundle(bundle);
  const chunk = someBytes(9000, fall, fall % 2 === 0 ? 'text' : 'noise');
  sink.chunk(keys.chunkId(chunk), chunk);
  const batch = new ManifestBatch(keys, 16_384, { own: lane, data: lane });
  const digest = keys.chunkId(chunk);
  batch.add(manifestOf('a', { digest: digest as string as never, sizeBytes: chunk.length, chunks: [digest] }));
  batch.finish();
}

function complaintOf({ id, footer }: SealedPack, reader: PackReader, keys: StorageKeys): string | undefined {
  const entries = reader.footer(id);
  const types = entries.map(({ type }) => type).join();
  if (types !== 'bundle,chunk,manifests') return `the footer says ${types}`;
  if (footer.length === 0 || sha256(footer).length !== 32) return 'no footer';
  for (const entry of entries) {
    const plain = reader.plain(id, entry);
    if (plain.length !== entry.plainLength) return `a ${entry.type} of another length`;
    const wrong: ChunkId[] = entry.type === 'manifests' ? [] : wrongChunks(keys, entry, plain);
    if (wrong.length > 0) return `wrong bytes in a ${entry.type} of ${chunksOf(entry).length}`;
    if (entry.type !== 'chunk' && recordIdOf(keys, entry.type, plain, entry.chunks.length) !== entry.id)
      return `a ${entry.type} that was not asked for`;
  }
  return undefined;
}

function recordIdOf(keys: StorageKeys, type: string, plain: Uint8Array, chunks: number): string {
  return keys.recordId(type === 'bundle' ? plain.subarray(plain.length - 4 - chunks * 36) : plain);
}

/** One bit is another, once, in the record of that number. */
class BadMemory {
  readonly #stage: Stage;
  readonly #record: number;
  readonly #random: { below(limit: number): number };
  readonly #counts = new Map<Stage, number>();

  constructor(stage: Stage, record: number, random: { below(limit: number): number }) {
    this.#stage = stage;
    this.#record = record;
    this.#random = random;
  }

  zstd(): Zstd {
    const zstd = openZstd();
    return {
      compress: (plain) => this.#passed('compressing', zstd.compress(plain).slice()),
      decompress: (stored, length) => this.#passed('unpacking', zstd.decompress(stored, length).slice()),
      release: (bytes) => zstd.release(bytes),
    };
  }

  cipher(cipher: PackCipher): PackCipher {
    return new Proxy(cipher, {
      get: (of, name) => {
        if (name === 'seal') {
          return (...[purpose, header, body, into]: Parameters<PackCipher['seal']>): void => {
            this.#passed('before sealing', body);
            of.seal(purpose, header, body, into);
            this.#passed('after sealing', into);
          };
        }
        if (name === 'opener') {
          return {
            open: (...given: Parameters<PackCipher['opener']['open']>) => this.#passed('while opening', of.opener.open(...given)),
          };
        }
        const value: unknown = Reflect.get(of, name, of);
        return typeof value === 'function' ? (value.bind(of) as unknown) : value;
      },
    });
  }

  #passed(stage: Stage, bytes: Uint8Array): Uint8Array {
    const count = this.#counts.get(stage) ?? 0;
    this.#counts.set(stage, count + 1);
    if (stage === this.#stage && count === this.#record && bytes.length > 0) {
      // What a record says of itself is at its beginning; what fills a pack up is at its end.
      const at = this.#random.below(this.#random.below(2) === 0 ? bytes.length : Math.min(300, bytes.length));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << this.#random.below(8));
    }
    return bytes;
  }
}
