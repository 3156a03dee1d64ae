import type { MessagePort } from 'node:worker_threads';
import type { JsonObject } from '../../shared/domain/json.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { keysFromSecret, openSodium, type StorageKeys } from '../crypto/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import { openZstd } from './compress.ts';
import { SharedChunks } from './dedup.ts';
import { PackLane } from './pack-lane.ts';
import { PackWriter, type SealedPack } from './pack-writer.ts';
import { Packer } from './packer.ts';
import {
  answersToWire,
  type FromPacker,
  type PackerStart,
  requestsFromWire,
  type StoreRequest,
  type ToPacker,
} from './packer-messages.ts';
import { RecordSealer } from './record-sealer.ts';
import type { StoredContent } from './storage.ts';

/** Answers go back this many at a time, or before something that takes long. */
const answersAtOnce = 16;
const longBytes = 1024 * 1024;

export interface PackerPlace {
  readonly files: FileSystem;
  readonly random: Random;
  openTarget(place: JsonObject): Target;
}

/** The life of a packing thread: takes contents, answers with their chunks, seals its own packs. One message after the other. */
export async function servePacker(port: MessagePort, start: PackerStart, place: PackerPlace): Promise<void> {
  const thread = new PackerThread(port, start, place, keysFromSecret(await openSodium(), start.secret, ''));
  let turnOf = Promise.resolve();
  port.on('message', (message: ToPacker) => {
    if (message.type === 'leave') return thread.leave();
    turnOf = turnOf.then(() => thread.handle(message));
  });
}

class PackerThread {
  readonly #port: MessagePort;
  readonly #packer: Packer;
  readonly #lane: PackLane;
  #known: SharedChunks;
  #sealed: SealedPack[] = [];
  #isOver = false;

  constructor(port: MessagePort, start: PackerStart, place: PackerPlace, keys: StorageKeys) {
    const target = place.openTarget(start.place);
    const sealer = new RecordSealer(openZstd());
    this.#port = port;
    this.#known = new SharedChunks(start.known);
    this.#lane = new PackLane(
      () => new PackWriter(target, keys, place.random, sealer),
      start.sizes.packBytes,
      (pack) => this.#sealed.push(pack),
    );
    this.#packer = new Packer({
      lane: this.#lane,
      keys,
      chunking: start.chunking,
      files: place.files,
      dedup: { claim: (id) => this.#known.claim(id) },
      bundleBytes: start.sizes.bundleBytes,
    });
  }

  async handle(message: Exclude<ToPacker, { type: 'leave' }>): Promise<void> {
    if (this.#isOver) return;
    try {
      if (message.type === 'store') await this.#store(requestsFromWire(message.requests));
      else if (message.type === 'flush') await this.#flush();
      else this.#known = new SharedChunks(message.known);
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

  async #store(requests: readonly StoreRequest[]): Promise<void> {
    let answers: { readonly number: number; readonly stored: StoredContent }[] = [];
    const answer = (): void => {
      if (answers.length > 0)
        this.#send({ type: 'stored', answers: answersToWire(answers), storedBytes: this.#lane.storedBytes });
      answers = [];
    };
    for (const request of requests) {
      if (this.#isOver) return;
      if (isLong(request) || answers.length >= answersAtOnce) answer();
      const stored = await this.#storeOne(request);
      if (stored !== undefined) answers.push({ number: request.number, stored });
    }
    answer();
  }

  async #storeOne({ number, content, group }: StoreRequest): Promise<StoredContent | undefined> {
    try {
      return await this.#packer.store(content, group);
    } catch (error) {
      if (!isStrataError(error) || !error.code.startsWith('item.')) throw error;
      this.#send({ type: 'refused', number, failure: failureOf(error) });
      return undefined;
    }
  }

  async #flush(): Promise<void> {
    await this.#packer.flush();
    const packs = this.#sealed;
    this.#sealed = [];
    this.#send({ type: 'flushed', packs, storedBytes: this.#lane.storedBytes });
  }

  #send(message: FromPacker): void {
    this.#port.postMessage(message);
  }
}

const isLong = ({ content }: StoreRequest): boolean => content.kind === 'file' && content.sizeBytes > longBytes;
