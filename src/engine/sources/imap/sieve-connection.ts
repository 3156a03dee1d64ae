import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import { Cancelled, isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type CertificateListener, requireTrust, secureContext, type Server } from '../certificate.ts';
import { encryptionFailure, unreachableFailure } from '../connect-failure.ts';
import type { SourcePace, Waiting } from '../source-pace.ts';
import type { SaslWords } from './sasl.ts';
import { SieveLines, SieveSyntaxError, type SieveWord } from './sieve-lines.ts';

/** All that can be said from here: no command that writes is among them. */
type Verb = 'STARTTLS' | 'LISTSCRIPTS' | 'GETSCRIPT' | 'LOGOUT';

export interface SieveAnswer {
  readonly status: 'OK' | 'NO' | 'BYE';
  /** What the server says beside its status. */
  readonly words: readonly SieveWord[];
  readonly rows: readonly (readonly SieveWord[])[];
}

const rowsOfAnswer = 5000;

/** Whoever asks: how long for each answer, and at which pace. */
export interface SieveManner {
  readonly run: Waiting & { readonly clock: Clock };
  readonly answerMs: number;
  /** That of the source, shared with its mailbox. */
  readonly pace: SourcePace;
  /** Told of it by `host:port`: the mailbox may show another one at the same host. */
  readonly onCertificate?: CertificateListener | undefined;
}

/** Commands and their answers over one socket, one at a time, each answered within the deadline. */
export class SieveConnection {
  readonly #server: Server;
  readonly #answerMs: number;
  readonly #run: SieveManner['run'];
  readonly #pace: SourcePace;
  readonly #onCertificate: CertificateListener | undefined;
  readonly #lines = new SieveLines();
  readonly #stop = (): void => void this.#socket.destroy();
  #socket: Socket;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(server: Server, { run, answerMs, pace, onCertificate }: SieveManner) {
    this.#server = server;
    this.#answerMs = answerMs;
    this.#run = run;
    this.#pace = pace;
    this.#onCertificate = onCertificate;
    this.#socket = net.connect({ host: server.host, port: server.port });
    this.#listen();
    run.signal.addEventListener('abort', this.#stop, { once: true });
    if (run.signal.aborted) this.#stop();
  }

  async ask(verb: Verb, ...words: readonly string[]): Promise<SieveAnswer> {
    // Whoever leaves asks for nothing.
    if (verb !== 'LOGOUT') await this.#turn();
    this.#socket.write(`${[verb, ...words.map(asWord)].join(' ')}\r\n`);
    return this.answer();
  }

  /** A server that refuses a token says why before its status, and waits for a word of ours (RFC 7628, 3.2.3). */
  async authenticate({ mechanism, first, afterRefusal }: SaslWords): Promise<SieveAnswer> {
    await this.#turn();
    this.#socket.write(`AUTHENTICATE "${mechanism}" ${asWord(first)}\r\n`);
    return this.answer(() => void this.#socket.write(`"${afterRefusal}"\r\n`));
  }

  /** Before the deadline of the answer begins: what a person limits is no slowness of the server. */
  async #turn(): Promise<void> {
    await this.#pace.turn(this.#server.host, this.#run);
  }

  /** Up to the status. The server may speak first: it greets so, and once more behind STARTTLS. */
  async answer(onRow: () => void = () => undefined): Promise<SieveAnswer> {
    return this.#inTime(async () => {
      const rows: (readonly SieveWord[])[] = [];
      for (;;) {
        const line = await this.#line();
        const status = statusOf(line);
        if (status !== undefined) return { status, words: line.slice(1), rows };
        if (line[0]?.isData !== true || rows.length === rowsOfAnswer) throw new SieveSyntaxError('neither a row nor a status');
        rows.push(line);
        onRow();
      }
    });
  }

  /** From here on nobody else reads along, or nothing more is said. */
  async encrypt(): Promise<void> {
    const { host, port } = this.#server;
    if ((await this.ask('STARTTLS')).status !== 'OK' || !this.#lines.isEmpty) throw this.#refused();
    this.#socket.removeAllListeners();
    const name = net.isIP(host) === 0 ? { servername: host } : {};
    // The handshake judges nothing, or we could not tell a person which certificate it was: requireTrust does.
    this.#socket = tls.connect({ socket: this.#socket, ...name, secureContext: secureContext(), rejectUnauthorized: false });
    this.#socket.on('error', () => undefined); // the first one is the answer; no second may end the program
    await this.#inTime(() => once(this.#socket, 'secureConnect'));
    this.#listen();
    requireTrust(this.#socket, this.#server, (seen) => this.#onCertificate?.({ ...seen, host: `${host}:${port}` }));
  }

  #refused(): StrataError {
    const { host, port } = this.#server;
    return new StrataError('source.starttls-refused', 'after-user-action', { host, port, tls: this.#server.tls });
  }

  close(): void {
    this.#run.signal.removeEventListener('abort', this.#stop);
    this.#socket.end();
    this.#socket.destroy();
  }

  #listen(): void {
    const fail = (failure: Error): void => {
      this.#failure ??= failure;
      this.#wake();
    };
    this.#socket.on('error', fail);
    this.#socket.on('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET', syscall: 'read' })));
    this.#socket.on('data', (chunk: Buffer) => {
      this.#pace.received(chunk.length);
      try {
        this.#lines.push(chunk);
      } catch (error) {
        fail(error as Error);
      }
      this.#wake();
    });
  }

  async #line(): Promise<readonly SieveWord[]> {
    for (;;) {
      const line = this.#lines.next();
      if (line !== undefined) return line;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #inTime<T>(action: () => Promise<T>): Promise<T> {
    const inTime = new AbortController();
    const { host, port } = this.#server;
    const deadline = this.#run.clock.sleep(this.#answerMs, inTime.signal).then((): never | undefined => {
      if (inTime.signal.aborted) return undefined;
      this.#socket.destroy();
      throw new StrataError('source.timed-out', 'later', { host, port });
    });
    try {
      // It settles only after the other, which is then aborted.
      return (await Promise.race([action(), deadline])) as T;
    } catch (error) {
      throw this.#failureOf(error);
    } finally {
      inTime.abort();
    }
  }

  #failureOf(error: unknown): unknown {
    if (this.#run.signal.aborted) return new Cancelled('stopped');
    if (isStrataError(error)) return error;
    if (error instanceof SieveSyntaxError)
      return new StrataError('source.protocol', 'later', { host: this.#server.host, reason: `ManageSieve: ${error.message}` });
    return encryptionFailure(error, this.#server) ?? unreachableFailure(error, this.#server) ?? error;
  }
}

function statusOf([first]: readonly SieveWord[]): SieveAnswer['status'] | undefined {
  if (first === undefined || first.isData) return undefined;
  const status = first.bytes.toString('latin1').toUpperCase();
  return status === 'OK' || status === 'NO' || status === 'BYE' ? status : undefined;
}

/** Counted where it could end its quotes: a name comes from the server, and must not become a command. */
function asWord(text: string): string {
  return /^[\w.,=+/ -]{0,900}$/.test(text) ? `"${text}"` : `{${Buffer.byteLength(text)}+}\r\n${text}`;
}
