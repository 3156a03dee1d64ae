import type { MessagePort } from 'node:worker_threads';
import type { Manifest } from '../../../shared/domain/item.ts';
import { failureOf, isStrataError } from '../../../shared/domain/strata-error.ts';
import { Applying } from '../rows/applying.ts';
import { type CatalogFile, catalogConnection } from '../sql/catalog-connection.ts';
import type { Connection } from '../sql/connection.ts';
import type { FromAhead, ToAhead } from './ahead-messages.ts';
import { unpackChunks } from './packed-chunks.ts';

/** The life of the thread that writes rows ahead: manifests as they come, in one transaction that ends with their commit. */
export function serveAhead(port: MessagePort, start: CatalogFile): void {
  const thread = new AheadThread(port, start);
  port.on('message', (message: ToAhead) => thread.receive(message));
}

class AheadThread {
  readonly #port: MessagePort;
  readonly #connection: Connection;
  readonly #applying: Applying;
  #isOver = false;

  constructor(port: MessagePort, file: CatalogFile) {
    this.#port = port;
    this.#connection = catalogConnection(file);
    this.#applying = new Applying(this.#connection);
  }

  receive(message: ToAhead): void {
    if (this.#isOver) return;
    try {
      this.#do(message);
    } catch (error) {
      const bug = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
      this.#end();
      this.#send({ type: 'broken', failure: isStrataError(error) ? failureOf(error) : undefined, bug });
    }
  }

  #do(message: ToAhead): void {
    switch (message.type) {
      case 'begin':
        return this.#applying.beginAhead(message.basis);
      case 'manifests':
        for (const line of linesOf(message.plain)) this.#applying.addAhead(JSON.parse(line) as Manifest);
        return;
      case 'commit':
        this.#applying.endAhead(message.commit, unpackChunks(message.chunks));
        return this.#send({ type: 'committed' });
      case 'undo':
        this.#connection.undo();
        return this.#send({ type: 'undone' });
      case 'leave':
        this.#end();
        return this.#port.close();
    }
  }

  /** What was not committed goes with the connection. */
  #end(): void {
    this.#isOver = true;
    this.#connection.close();
  }

  #send(message: FromAhead): void {
    this.#port.postMessage(message);
  }
}

/** Without the head of the record, and what comes after its last line feed. */
const linesOf = (plain: Uint8Array): string[] => new TextDecoder().decode(plain).split('\n').slice(1, -1);
