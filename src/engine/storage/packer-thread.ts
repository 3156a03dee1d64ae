import type { MessagePort } from 'node:worker_threads';
import type { JsonObject } from '../../shared/domain/json.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { keysFromSecret, openSodium, type StorageKeys } from '../crypto/index.ts';
import { parseBundle } from '../format/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import { bundleDraft } from './bundle.ts';
import { openZstd } from './compress.ts';
import { SharedChunks } from './dedup.ts';
import { PackLane } from './pack-lane.ts';
import { PackWriter, type SealedPack } from './pack-writer.ts';
import { Packer } from './packer.ts';
import type { FromPacker, PackerStart, ToPacker } from './packer-messages.ts';
import { RecordSealer } from './record-sealer.ts';
import { LaneSink } from './record-sink.ts';

export interface PackerPlace {
  readonly files: FileSystem;
  readonly random: Random;
  openTarget(place: JsonObject): Target;
}

type Work = Exclude<ToPacker, { type: 'leave' }>;

/** The life of a packing thread: seals what it is handed, takes in what has to be cut. One message after the other. */
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
  readonly #packer: Packer;
  #known: SharedChunks;
  #sealed: SealedPack[] = [];
  #isOver = false;

  constructor(port: MessagePort, start: PackerStart, place: PackerPlace, keys: StorageKeys) {
    const target = place.openTarget(start.place);
    const sealer = new RecordSealer(openZstd());
    this.#port = port;
    this.#keys = keys;
    this.#known = new SharedChunks(start.known);
    this.#lane = new PackLane(
      () => new PackWriter(target, keys, place.random, sealer),
      start.sizes.packBytes,
      (pack) => this.#sealed.push(pack),
    );
    this.#sink = new LaneSink(this.#lane, keys);
    this.#packer = new Packer({
      sink: this.#sink,
      keys,
      chunking: start.chunking,
      files: place.files,
      dedup: { claim: (id) => this.#known.claim(id) },
      bundleBytes: start.sizes.bundleBytes,
    });
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
      case 'store':
        return this.#store(message);
      case 'bundle': {
        const plain = new Uint8Array(message.memory, 0, message.length);
        const chunks = parseBundle(plain, { path: '', file: 'the bundle at hand' });
        this.#lane.add((pack) => pack.addBundle(bundleDraft(this.#keys, plain, chunks), chunks));
        return this.#giveBack(message.memory, message.length);
      }
      case 'chunk':
        this.#sink.chunk(message.id, new Uint8Array(message.memory, 0, message.length));
        return this.#giveBack(message.memory, message.length);
      case 'flush':
        return this.#flush();
      case 'meet':
        this.#known = new SharedChunks(message.known);
        return;
    }
  }

  async #store({ number, content, group }: Extract<Work, { type: 'store' }>): Promise<void> {
    try {
      const stored = await this.#packer.store(content, group);
      this.#send({ type: 'stored', number, stored, storedBytes: this.#lane.storedBytes });
    } catch (error) {
      if (!isStrataError(error) || !error.code.startsWith('item.')) throw error;
      this.#send({ type: 'refused', number, failure: failureOf(error) });
    }
  }

  async #giveBack(memory: ArrayBuffer, length: number): Promise<void> {
    await this.#lane.keepPace();
    this.#port.postMessage({ type: 'sealed', memory, length, storedBytes: this.#lane.storedBytes } satisfies FromPacker, [
      memory,
    ]);
  }

  async #flush(): Promise<void> {
    this.#packer.closeBundle();
    await this.#lane.durable();
    const packs = this.#sealed;
    this.#sealed = [];
    this.#send({ type: 'flushed', packs, storedBytes: this.#lane.storedBytes });
  }

  #send(message: FromPacker): void {
    this.#port.postMessage(message);
  }
}
