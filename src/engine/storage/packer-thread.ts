import type { MessagePort } from 'node:worker_threads';
import type { JsonObject } from '../../shared/domain/json.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { keysFromSecret, openSodium, type StorageKeys } from '../crypto/index.ts';
import { parseBundle } from '../format/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import { BatchReading } from './batch-reading.ts';
import { bundleDraft } from './bundle.ts';
import { openZstd } from './compress.ts';
import type { Describe } from '../kernel/describe.ts';
import { type FileBatch, unpackBatch } from './file-batch.ts';
import { Gatherer } from './gatherer.ts';
import { PackLane } from './pack-lane.ts';
import { PackWriter, type SealedPack } from './pack-writer.ts';
import type { FromPacker, PackerStart, ToPacker } from './packer-messages.ts';
import { RecordSealer } from './record-sealer.ts';
import { LaneSink } from './record-sink.ts';

export interface PackerPlace {
  readonly random: Random;
  readonly files: FileSystem;
  readonly describe: Describe;
  openTarget(place: JsonObject): Target;
}

type Work = Exclude<ToPacker, { type: 'leave' }>;

/** The life of a packing thread: reads the files that it is told of; compresses, seals and verifies them and what it is handed, into packs of its own. */
export async function servePacker(port: MessagePort, start: PackerStart, place: PackerPlace): Promise<void> {
  const thread = new PackerThread(port, start, place, keysFromSecret(await openSodium(), start.secret, ''));
  let last = Promise.resolve();
  port.on('message', (message: ToPacker) => {
    if (message.type === 'leave') return thread.leave();
    last = last.then(() => thread.handle(message));
  });
}

class PackerThread {
  readonly #port: MessagePort;
  readonly #keys: StorageKeys;
  readonly #lane: PackLane;
  readonly #sink: LaneSink;
  readonly #gatherer: Gatherer;
  readonly #reading: BatchReading;
  #sealed: SealedPack[] = [];
  #isOver = false;

  constructor(port: MessagePort, start: PackerStart, place: PackerPlace, keys: StorageKeys) {
    const target = place.openTarget(start.place);
    const sealer = new RecordSealer(openZstd());
    this.#port = port;
    this.#keys = keys;
    this.#lane = new PackLane(
      () => new PackWriter(target, keys, place.random, sealer),
      start.packBytes,
      (pack) => this.#sealed.push(pack),
    );
    this.#sink = new LaneSink(this.#lane, keys);
    const { bundleBytes, chunking } = start;
    this.#gatherer = new Gatherer({ sink: this.#sink, keys, bundleBytes, smallBytes: chunking.minBytes });
    const { files, describe } = place;
    this.#reading = new BatchReading({ files, describe, keys, chunking, gatherer: this.#gatherer });
  }

  async handle(message: Work): Promise<void> {
    if (this.#isOver) return;
    try {
      await this.#do(message);
    } catch (error) {
      this.#isOver = true;
      const bug = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
      this.#send({ type: 'broken', failure: isStrataError(error) ? failureOf(error) : undefined, bug });
      this.#lane.abandon();
    }
  }

  leave(): void {
    this.#isOver = true;
    this.#lane.abandon();
    this.#port.close();
  }

  async #do(message: Work): Promise<void> {
    switch (message.type) {
      case 'read':
        return this.#read(message.number, unpackBatch(message.batch));
      case 'keep':
        this.#reading.keep(message.number, message.isNew);
        await this.#lane.keepPace();
        return this.#send({ type: 'kept', number: message.number, storedBytes: this.#lane.storedBytes });
      case 'flush':
        return this.#flush();
      default:
        return this.#seal(message);
    }
  }

  #read(number: number, batch: FileBatch): void {
    this.#send({ type: 'read', number, files: this.#reading.read(number, batch) });
  }

  async #seal(message: Extract<Work, { type: 'bundle' | 'chunk' }>): Promise<void> {
    const { memory, length } = message;
    const plain = new Uint8Array(memory, 0, length);
    if (message.type === 'chunk') this.#sink.chunk(message.id, plain);
    else {
      const chunks = parseBundle(plain, { path: '', file: 'the bundle at hand' });
      this.#lane.add((pack) => pack.addBundle(bundleDraft(this.#keys, plain, chunks), chunks));
    }
    await this.#lane.keepPace();
    this.#send({ type: 'sealed', memory, length, storedBytes: this.#lane.storedBytes }, [memory]);
  }

  async #flush(): Promise<void> {
    this.#gatherer.close();
    await this.#lane.durable();
    const packs = this.#sealed;
    this.#sealed = [];
    this.#send({ type: 'flushed', packs, storedBytes: this.#lane.storedBytes });
  }

  #send(message: FromPacker, moved: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, moved);
  }
}
