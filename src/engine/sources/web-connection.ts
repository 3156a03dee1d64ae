import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { http } from '../kernel/node-http.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { CertificateListener } from './certificate.ts';
import type { Credential, CredentialReader } from './credential.ts';
import { addressOf, portOf, targetOn, type WebAccount } from './web-address.ts';
import { isDisconnect, isKeptGone, ofKept, Refused, Unintelligible, wayFailure } from './web-failure.ts';
import { TrustedSockets } from './web-sockets.ts';
import { Patience, type PatienceLimits } from './patience.ts';
import { SourcePace, type Waiting } from './source-pace.ts';
import { pauseMs, untilOver } from './web-waiting.ts';

export interface WebLimits {
  /** Name, connection and encryption. */
  readonly connectMs: number;
  /** How long the server may be silent. */
  readonly silenceMs: number;
  /** The same before it begins with a listing: some look at every object first. 20,000 events took Radicale two to four minutes, once. */
  readonly beginMs: number;
  /** From asking to the last byte of the answer, however busily it drips. */
  readonly answerMs: number;
  readonly retryAfterMs: number;
  /** Requests at the same time. */
  readonly parallel: number;
  /** Shared by all that speak to this source. Absent: as fast as it answers. */
  readonly pace?: SourcePace | undefined;
  readonly patience?: PatienceLimits | undefined;
  readonly onCertificate?: CertificateListener | undefined;
}
export const webLimits: WebLimits = {
  connectMs: 30_000,
  silenceMs: 120_000,
  beginMs: 480_000,
  answerMs: 600_000,
  retryAfterMs: 2000,
  parallel: 4,
};

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly isListing?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read, all of it, before the connection serves another request. */
  readonly body: AsyncIterable<Uint8Array>;
  /** In place of reading it. */
  discard(): void;
  /** Where it came from: another path where the server sent on. */
  readonly path: string;
}

/** Told to come back later (RFC 6585, section 4; RFC 9110, section 15.6.4), or the server behind the one that answers is away. */
const throttled: ReadonlySet<number> = new Set([429, 503]);
const passing: ReadonlySet<number> = new Set([...throttled, 502, 504]);
const mostRedirects = 5;

/** What of a run the way to a server needs: also whoever watches has it. */
type Way = Pick<RunContext, 'clock' | 'signal'> & Waiting;

/** Speaks to the one host that a person named, as the one user; whoever holds it decides what is said. */
export class WebConnection {
  readonly origin: URL;
  readonly #limits: WebLimits;
  readonly #settings: WebAccount;
  readonly #credential: CredentialReader;
  readonly #run: Way;
  readonly #sockets: TrustedSockets;
  readonly #pace: SourcePace;
  readonly #patience: Patience;
  #proof: Promise<Credential> | undefined;

  constructor(settings: WebAccount, credential: CredentialReader, limits: WebLimits, run: Way) {
    this.origin = addressOf(settings);
    this.#limits = limits;
    this.#settings = settings;
    this.#credential = credential;
    this.#run = run;
    this.#pace = limits.pace ?? new SourcePace(run.clock);
    this.#patience = new Patience(this.#pace, this.origin.hostname, limits.retryAfterMs, limits.patience);
    this.#sockets = new TrustedSockets(this.origin, settings, limits);
  }

  close(): void {
    this.#sockets.destroy();
  }

  /** A path of an answer; fails where it leads to another host. */
  pathOf(href: string, base: string): string {
    return this.#leadOn(href, base).pathname;
  }

  /** The same with what is asked there. */
  targetOf(href: string, base: string): string {
    const { pathname, search } = this.#leadOn(href, base);
    return pathname + search;
  }

  #leadOn(href: string, base: string): URL {
    const target = targetOn(this.origin, href, base);
    if (target !== undefined) return target;
    const other = URL.parse(href.trim(), this.origin.href)?.hostname ?? '';
    throw new StrataError('source.elsewhere', 'after-user-action', { host: this.origin.hostname, other });
  }

  /** The answer, unless it refuses. Sent on to another path where the server says so; `isSafe`: asking twice does no harm. */
  async ask(request: Request, isSafe: boolean): Promise<Answer> {
    let path = request.path;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#patiently({ ...request, path }, isSafe);
      if (answer.status < 300) return answer;
      const said = await drain(answer);
      const location = answer.headers.location;
      if (!isSafe || ![301, 302, 307, 308].includes(answer.status) || location === undefined)
        throw await this.#refusal(answer.status, said);
      if (redirects === mostRedirects) throw new Unintelligible('a circle of redirects');
      path = this.#redirected(location, path);
    }
  }

  /** Never to another host, never back to plain text. */
  #redirected(location: string, path: string): string {
    const target = URL.parse(location, new URL(path, this.origin).href);
    if (this.origin.protocol === 'https:' && target?.protocol !== 'https:')
      throw new StrataError('source.elsewhere', 'after-user-action', { host: this.origin.hostname, other: target?.origin ?? '' });
    return this.targetOf(location, path);
  }

  async #refusal(status: number, said: string): Promise<Error> {
    const { hostname: host } = this.origin;
    const { user } = this.#settings;
    if (status === 401) {
      const code = (await this.#proof)?.kind === 'token' ? 'source.consent-needed' : 'source.sign-in-refused';
      return new StrataError(code, 'after-user-action', { host, user });
    }
    return new Refused(status, conditionIn(said));
  }

  async #patiently(request: Request, isSafe: boolean): Promise<Answer> {
    for (;;) {
      const answer = await this.#twice(request, isSafe);
      const isThrottled = throttled.has(answer.status);
      if (!isThrottled && !(isSafe && passing.has(answer.status))) {
        this.#patience.answered();
        return answer;
      }
      const said = await drain(answer);
      const asked = pauseMs(answer.headers['retry-after'], this.#run.clock.nowMs());
      if (await this.#patience.wait(asked, this.#run)) continue;
      throw isThrottled
        ? new StrataError('source.throttled', 'later', { host: this.origin.hostname })
        : await this.#refusal(answer.status, said);
    }
  }

  /** A connection that breaks is asked for once more. A token may have run out. */
  async #twice(request: Request, isSafe: boolean): Promise<Answer> {
    const asked = this.#asked();
    const proof = await asked;
    let answer: Answer;
    try {
      answer = await this.#onOpen(request, proof, isSafe);
    } catch (error) {
      if (!isSafe || !isDisconnect(error)) throw error;
      await this.#pause(this.#limits.retryAfterMs);
      answer = await this.#onOpen(request, proof, isSafe);
    }
    if (answer.status !== 401 || proof.kind !== 'token') return answer;
    await drain(answer);
    proof.drop();
    // Another request may have been refused as well, and have asked for a fresh one already.
    if (this.#proof === asked) this.#proof = undefined;
    return this.#once(request, await this.#asked());
  }

  /**
   * A connection that was kept may be gone when it is needed: SOGo closes each after its answer and does not say so. Nobody is spared by
   * waiting then, and there are no more of them than were kept.
   */
  async #onOpen(request: Request, proof: Credential, isSafe: boolean): Promise<Answer> {
    for (let kept = this.#limits.parallel; ; kept -= 1) {
      try {
        return await this.#once(request, proof);
      } catch (error) {
        if (!isSafe || kept === 0 || !isKeptGone(error)) throw error;
      }
    }
  }

  #asked(): Promise<Credential> {
    this.#proof ??= this.#credential();
    return this.#proof;
  }

  async #pause(ms: number): Promise<void> {
    await this.#run.clock.sleep(ms, this.#run.signal);
    stopIfCancelled(this.#run);
  }

  async #once(request: Request, proof: Credential): Promise<Answer> {
    await this.#pace.turn(this.origin.hostname, this.#run);
    const headers = this.#headers(request, proof);
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#run.signal, ended.signal]);
    const over = new AbortController();
    let heldBackMs = 0;
    void untilOver(this.#run.clock, this.#limits.answerMs, () => heldBackMs, over.signal).then(
      (isOver) => isOver && ended.abort(),
    );
    const asFailure = (error: unknown): unknown =>
      wayFailure(ended.signal.aborted ? silent() : error, this.origin, portOf(this.origin), this.#run.signal);
    try {
      const message = await this.#send(request, headers, signal);
      const discard = (): void => {
        over.abort();
        message.destroy();
      };
      const keepPace = async (bytes: number): Promise<void> => {
        const sinceMs = this.#run.clock.monotonicMs();
        await this.#pace.passed(bytes, this.#run);
        heldBackMs += this.#run.clock.monotonicMs() - sinceMs;
      };
      const body = guarded(message, asFailure, discard, (chunk) => inPieces(chunk, this.#pace.pieceBytes, keepPace));
      return { status: message.statusCode ?? 0, headers: message.headers, body, discard, path: request.path };
    } catch (error) {
      over.abort();
      throw asFailure(error);
    }
  }

  #send(
    { method, path, body, isListing = false }: Request,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { silenceMs, beginMs } = this.#limits;
    return new Promise((resolve, reject) => {
      const request = http.request({ method, path, headers, signal, agent: this.#sockets, host: this.origin.hostname });
      let answer: IncomingMessage | undefined;
      request.setTimeout(isListing ? beginMs : silenceMs, () => (answer ?? request).destroy(silent()));
      const fail = (error: Error): void => reject(request.reusedSocket ? ofKept(error) : error);
      request.on('error', fail).once('response', (message) => {
        answer = message.setTimeout(silenceMs);
        resolve(message);
      });
      request.end(body);
    });
  }

  #headers({ headers, body }: Request, proof: Credential): Record<string, string> {
    return {
      host: this.origin.host,
      'user-agent': 'Strata',
      'accept-encoding': 'identity',
      authorization: authorizationOf(this.#settings.user, proof),
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    };
  }
}

function authorizationOf(user: string, proof: Credential): string {
  if (proof.kind === 'token') return `Bearer ${proof.accessToken}`;
  if (proof.isToken === true) return `Bearer ${proof.password}`;
  return `Basic ${Buffer.from(`${user}:${proof.password}`, 'utf8').toString('base64')}`;
}

/** Whatever ends the reading, the connection does not stay open over it; nothing that is encoded is taken for what it encodes. */
async function* guarded(
  message: IncomingMessage,
  asFailure: (error: unknown) => unknown,
  discard: () => void,
  paced: (chunk: Uint8Array) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    const encoding = message.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity' && (message.statusCode ?? 0) < 300) throw new Unintelligible('encoded');
    for await (const chunk of message as AsyncIterable<Uint8Array>) yield* paced(chunk);
  } catch (error) {
    throw asFailure(error);
  } finally {
    discard();
  }
}

/** What came at once goes on bit by bit where there is a limit. */
async function* inPieces(
  chunk: Uint8Array,
  most: number,
  keepPace: (bytes: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += most) {
    const piece = chunk.subarray(at, Math.min(at + most, chunk.length));
    await keepPace(piece.length);
    yield piece;
  }
}

/** Of an answer that refuses: so much is read that the connection can go on. */
async function drain({ body }: Answer): Promise<string> {
  let beginning = '';
  let bytes = 0;
  for await (const chunk of body) {
    if (beginning.length < 4096) beginning += Buffer.from(chunk).toString('latin1').slice(0, 4096);
    bytes += chunk.length;
    if (bytes > 1024 * 1024) break;
  }
  return beginning;
}

/** Which rule a request would break: as the standards of DAV name it (RFC 4918, section 16), or those of JMAP (RFC 8620, section 3.6.1). */
const conditionIn = (said: string): string | undefined =>
  /<(?:\w+:)?error\b[^>]*>\s*<(?:\w+:)?([a-z-]{1,60})\b/.exec(said)?.[1] ??
  /"urn:ietf:params:jmap:error:([a-zA-Z]{1,60})"/.exec(said)?.[1];

const silent = (): Error => Object.assign(new Error('the answer did not come to its end'), { code: 'ESTRATASILENT' });

/** All of an answer; undefined: it is longer than that. */
export async function wholeBody({ body }: Answer, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most) return undefined;
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
