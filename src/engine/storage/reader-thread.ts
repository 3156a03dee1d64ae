import type { MessagePort } from 'node:worker_threads';
import type { ChunkLocation, PackSummary } from '../../shared/domain/commit.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { keysFromSecret, openSodium, type StorageKeys } from '../crypto/index.ts';
import { silentLog } from '../kernel/log.ts';
import type { Target } from '../targets/target.ts';
import { openZstd } from './compress.ts';
import { ContentReader } from './content-reader.ts';
import { freeMemory } from './free-memory.ts';
import { checkPack, type PackDepth } from './pack-check.ts';
import { PackReader } from './pack-reader.ts';
import { unpackHandovers } from './packed-handovers.ts';
import type { FromReader, Handover, Outcome, PackedHandovers, ReaderStart, Receiver, ToReader } from './reader-messages.ts';

export interface ReaderPlace {
  openTarget(place: JsonObject): Target;
  readonly receiver: Receiver;
}

type Work = Exclude<ToReader, { type: 'leave' }>;

/** What is given together lies in one record, so few are enough: those of duplicates, which lie elsewhere. */
const cacheBytes = 12 * 1024 * 1024;

/** The life of a reading thread: reads, decrypts, unpacks and verifies, and hands over what comes of it. */
export async function serveReader(port: MessagePort, start: ReaderStart, place: ReaderPlace): Promise<void> {
  const thread = new ReaderThread(port, start, place, keysFromSecret(await openSodium(), start.secret, ''));
  let last = Promise.resolve();
  port.on('message', (message: ToReader) => {
    last = last.then(() => (message.type === 'leave' ? thread.leave() : thread.handle(message)));
  });
}

class ReaderThread {
  readonly #port: MessagePort;
  readonly #keys: StorageKeys;
  readonly #receiver: Receiver;
  readonly #stop: Int32Array;
  readonly #reader: PackReader;
  readonly #parts: { readonly target: Target; readonly keys: StorageKeys; readonly reader: PackReader };
  readonly #contents: ContentReader;

  constructor(port: MessagePort, { place: targetPlace, stop }: ReaderStart, place: ReaderPlace, keys: StorageKeys) {
    const target = place.openTarget(targetPlace);
    this.#port = port;
    this.#keys = keys;
    this.#receiver = place.receiver;
    this.#stop = new Int32Array(stop);
    this.#reader = new PackReader(target, keys, openZstd(), silentLog, cacheBytes, freeMemory);
    this.#parts = { target, keys, reader: this.#reader };
    this.#contents = new ContentReader(keys, this.#reader, target.label);
  }

  handle(message: Work): void {
    try {
      if (message.type === 'check') this.#check(message.pack, message.depth);
      else this.#send({ type: 'given', outcomes: this.#give(message.handovers) });
    } catch (error) {
      this.#send({ type: 'broken', bug: error instanceof Error ? `${error.name}: ${error.message}` : typeof error });
    }
  }

  leave(): void {
    this.#reader.forget();
    this.#keys.wipe();
    this.#port.close();
  }

  #check(pack: PackSummary, depth: PackDepth): void {
    try {
      this.#send({ type: 'checked', reading: checkPack(this.#parts, pack, depth) });
    } catch (error) {
      if (!isStrataError(error)) throw error;
      this.#send({ type: 'failed', failure: failureOf(error) });
    }
  }

  #give(handovers: PackedHandovers): Outcome[] {
    const outcomes: Outcome[] = [];
    for (const handover of unpackHandovers(handovers)) outcomes.push(...this.#outcomes(handover));
    return outcomes;
  }

  #outcomes({ orders, content }: Handover): Outcome[] {
    if (Atomics.load(this.#stop, 0) !== 0) return orders.map(() => 'stopped');
    return this.#receiver.receive(orders, content && this.#pieces(content)).map((received) => {
      if ('answer' in received) return received.answer === undefined ? 'done' : received;
      if (!isStrataError(received.error)) throw received.error;
      return { failure: failureOf(received.error) };
    });
  }

  #pieces({ digest, sizeBytes, places }: NonNullable<Handover['content']>): Iterable<Uint8Array> {
    const byId = new Map<ChunkId, ChunkLocation>(places.map((place) => [place.id, place]));
    return this.#contents.pieces({ part: 'raw', digest, sizeBytes, chunks: places.map(({ id }) => id) }, (id) => byId.get(id));
  }

  #send(message: FromReader): void {
    this.#port.postMessage(message);
  }
}
