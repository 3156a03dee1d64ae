import http, { type IncomingMessage } from 'node:http';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Credential, CredentialReader } from './credential.ts';
import { addressOf, portOf, targetOn, type WebAccount } from './web-address.ts';
import { isDisconnect, Refused, Unintelligible, wayFailure } from './web-failure.ts';
import { TrustedSockets } from './web-sockets.ts';

export interface WebLimits {
  /** Name, connection and encryption. */
  readonly connectMs: number;
  /** How long the server may be silent. */
  readonly silenceMs: number;
  /** From asking to the last byte of the answer, however busily it drips. */
  readonly answerMs: number;
  readonly retryAfterMs: number;
  /** Requests at the same time. */
  readonly parallel: number;
}
export const webLimits: WebLimits = {
  connectMs: 30_000,
  silenceMs: 120_000,
  answerMs: 600_000,
  retryAfterMs: 2000,
  parallel: 4,
};

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** To be read, all of it, before the connection serves another request. */
  readonly body: AsyncIterable<Uint8Array>;
  /** In place of reading it. */
  discard(): void;
  /** Where it came from: another path where the server sent on. */
  readonly path: string;
}

/** RFC 9110, sections 15.5.13 and 15.6.4: told to come back later, so many times. */
const throttledTries = 4;
const longestPauseMs = 60_000;
const mostRedirects = 5;

/** What of a run the way to a server needs: also whoever watches has it. */
type Way = Pick<RunContext, 'clock' | 'signal'>;

/** Speaks to the one host that a person named, as the one user; whoever holds it decides what is said. */
export class WebConnection {
  readonly origin: URL;
  readonly #limits: WebLimits;
  readonly #settings: WebAccount;
  readonly #credential: CredentialReader;
  readonly #run: Way;
  readonly #sockets: TrustedSockets;
  #proof: Promise<Credential> | undefined;

  constructor(settings: WebAccount, credential: CredentialReader, limits: WebLimits, run: Way) {
    this.origin = addressOf(settings);
    this.#limits = limits;
    this.#settings = settings;
    this.#credential = credential;
    this.#run = run;
    this.#sockets = new TrustedSockets(this.origin, settings, limits.parallel, limits.connectMs);
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
    for (let tries = 1; ; tries++) {
      const answer = await this.#twice(request, isSafe);
      const isThrottled = answer.status === 429 || answer.status === 503;
      if (!isThrottled) return answer;
      await drain(answer);
      if (tries === throttledTries) throw new StrataError('source.throttled', 'later', { host: this.origin.hostname });
      const asked = pauseMs(answer.headers['retry-after'], this.#run.clock.nowMs());
      await this.#pause(Math.min(asked ?? this.#limits.retryAfterMs * 2 ** tries, longestPauseMs));
    }
  }

  /** A connection that was kept open may be gone when it is needed. A token may have run out. */
  async #twice(request: Request, isSafe: boolean): Promise<Answer> {
    const asked = this.#asked();
    const proof = await asked;
    let answer: Answer;
    try {
      answer = await this.#once(request, proof);
    } catch (error) {
      if (!isSafe || !isDisconnect(error)) throw error;
      await this.#pause(this.#limits.retryAfterMs);
      answer = await this.#once(request, proof);
    }
    if (answer.status !== 401 || proof.kind !== 'token') return answer;
    await drain(answer);
    proof.drop();
    // Another request may have been refused as well, and have asked for a fresh one already.
    if (this.#proof === asked) this.#proof = undefined;
    return this.#once(request, await this.#asked());
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
    stopIfCancelled(this.#run);
    const headers = this.#headers(request, proof);
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#run.signal, ended.signal]);
    const over = new AbortController();
    void this.#run.clock.sleep(this.#limits.answerMs, over.signal).then(() => {
      if (!over.signal.aborted) ended.abort();
    });
    const asFailure = (error: unknown): unknown =>
      wayFailure(ended.signal.aborted ? silent() : error, this.origin, portOf(this.origin), this.#run.signal);
    try {
      const message = await this.#send(request, headers, signal);
      const discard = (): void => {
        over.abort();
        message.destroy();
      };
      const body = guarded(message, asFailure, discard);
      return { status: message.statusCode ?? 0, headers: message.headers, body, discard, path: request.path };
    } catch (error) {
      over.abort();
      throw asFailure(error);
    }
  }

  #send({ method, path, body }: Request, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = http.request({ method, path, headers, signal, agent: this.#sockets, host: this.origin.hostname });
      request.setTimeout(this.#limits.silenceMs, () => request.destroy(silent()));
      request.once('response', resolve).on('error', reject);
      request.end(body);
    });
  }

  #headers({ headers, body }: Request, proof: Credential): Record<string, string> {
    const { user } = this.#settings;
    return {
      host: this.origin.host,
      'user-agent': 'Strata',
      'accept-encoding': 'identity',
      authorization:
        proof.kind === 'token'
          ? `Bearer ${proof.accessToken}`
          : `Basic ${Buffer.from(`${user}:${proof.password}`, 'utf8').toString('base64')}`,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    };
  }
}

/** Whatever ends the reading, the connection does not stay open over it; nothing that is encoded is taken for what it encodes. */
async function* guarded(
  message: IncomingMessage,
  asFailure: (error: unknown) => unknown,
  discard: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    const encoding = message.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity' && (message.statusCode ?? 0) < 300) throw new Unintelligible('encoded');
    yield* message as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw asFailure(error);
  } finally {
    discard();
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

/** Seconds, or a date. */
function pauseMs(retryAfter: string | undefined, nowMs: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

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
