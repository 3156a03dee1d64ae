import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { JsonObject, JsonValue } from '../../../src/shared/domain/json.ts';
import { type CertificateName, certificatePem } from './imap-server.ts';
import { EmulatedMail } from './jmap-mail.ts';

/**
 * An **emulated** JMAP server, for what a real one does not do on demand (lie, lead astray, break off, stay silent), and for the stream of
 * events that no server in reach has. It knows one account and only as much as is asked of it, so it proves what our side does and nothing
 * about any server.
 */
export interface JmapEmulation {
  readonly tls?: CertificateName;
  readonly mail?: EmulatedMail;
  readonly hasEvents?: boolean;
  readonly limits?: Partial<typeof usualLimits>;
  /** In place of parts of the session object. */
  readonly session?: JsonObject;
  /** In place of the usual answer of a method; undefined: let the emulation answer. An answer with nothing but a `type` is an error. */
  readonly method?: (method: string, asked: JsonObject, usual: JsonObject | undefined) => JsonValue | undefined;
  /** In place of the emulation. */
  readonly answer?: (asked: AskedOfJmap, response: http.ServerResponse) => JmapAnswer | 'taken' | undefined;
}

const usualLimits = { maxCallsInRequest: 16, maxObjectsInGet: 500, maxConcurrentRequests: 4, maxSizeRequest: 10_000_000 };

export interface AskedOfJmap {
  readonly verb: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface JmapAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export class EmulatedJmapServer {
  readonly mail: EmulatedMail;
  readonly heard: AskedOfJmap[] = [];
  readonly #emulation: JmapEmulation;
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  readonly #streams = new Set<http.ServerResponse>();
  /** Requests of the API at the same time, at most. */
  mostAtOnce = 0;
  #atOnce = 0;

  private constructor(emulation: JmapEmulation) {
    this.#emulation = emulation;
    this.mail = emulation.mail ?? new EmulatedMail();
    const pem = emulation.tls === undefined ? undefined : certificatePem(emulation.tls);
    this.#server = pem === undefined ? http.createServer() : https.createServer({ key: pem, cert: pem });
    this.#server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => this.#answer(request, Buffer.concat(parts).toString('utf8'), response));
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  static async start(emulation: JmapEmulation = {}): Promise<EmulatedJmapServer> {
    const server = new EmulatedJmapServer(emulation);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `${this.#emulation.tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`;
  }

  /** Methods that were called, in order. */
  get methods(): readonly string[] {
    return this.heard.flatMap(({ body }) => callsIn(body).map(([method]) => method));
  }

  get listeners(): number {
    return this.#streams.size;
  }

  /** As it is: a line, an event, or what is none. */
  push(text: string): void {
    for (const stream of this.#streams) stream.write(text);
  }

  /** Tells that something changed (RFC 8620, section 7.1). */
  pushState(): void {
    const { state } = this.mail;
    this.push(
      `event: state\ndata: ${JSON.stringify({ '@type': 'StateChange', changed: { anna: { Email: state, Mailbox: state } } })}\n\n`,
    );
  }

  endStreams(): void {
    for (const stream of this.#streams) stream.end();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: http.IncomingMessage, body: string, response: http.ServerResponse): void {
    const { method: verb = '', url: path = '' } = request;
    const asked = { verb, path, body, authorization: request.headers.authorization };
    this.heard.push(asked);
    const answer = this.#emulation.answer?.(asked, response) ?? this.#usual(asked, response);
    if (answer === 'taken') return;
    if (path !== '/api') return void response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    setTimeout(() => {
      this.#atOnce -= 1;
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    }, 1);
  }

  #usual({ verb, path, body }: AskedOfJmap, response: http.ServerResponse): JmapAnswer | 'taken' {
    if (path === '/.well-known/jmap') return { status: 302, headers: { location: '/session' } };
    if (verb === 'GET' && path === '/session') return json(this.#session());
    if (verb === 'POST' && path === '/api') return this.#api(body);
    if (verb === 'GET' && path.startsWith('/events?') && this.#emulation.hasEvents === true) return this.#stream(response);
    if (verb === 'GET' && path.startsWith('/events?')) return { status: 204 };
    const text = /^\/blob\/anna\/([^/?]+)\/message\.eml\?/.exec(path)?.[1];
    const found = text === undefined ? undefined : this.mail.blob(decodeURIComponent(text));
    return found === undefined ? { status: 404 } : { status: 200, body: found };
  }

  #session(): JsonObject {
    return {
      username: 'anna',
      apiUrl: '/api',
      downloadUrl: '/blob/{accountId}/{blobId}/{name}?type={type}',
      uploadUrl: '/upload/{accountId}',
      eventSourceUrl: '/events?types={types}&closeafter={closeafter}&ping={ping}',
      capabilities: {
        'urn:ietf:params:jmap:core': { ...usualLimits, ...this.#emulation.limits },
        'urn:ietf:params:jmap:mail': {},
      },
      accounts: { anna: { name: 'anna', isPersonal: true } },
      primaryAccounts: { 'urn:ietf:params:jmap:mail': 'anna' },
      state: '1',
      ...this.#emulation.session,
    };
  }

  #api(body: string): JmapAnswer {
    const limits = { ...usualLimits, ...this.#emulation.limits };
    const calls = callsIn(body);
    if (calls.length > limits.maxCallsInRequest) return beyond('maxCallsInRequest');
    if (Buffer.byteLength(body) > limits.maxSizeRequest) return beyond('maxSizeRequest');
    return json({
      methodResponses: calls.map(([method, asked, id]) => this.#call(method, asked, id, limits)),
      sessionState: '1',
    });
  }

  #call(method: string, asked: JsonObject, id: string, limits: typeof usualLimits): JsonValue {
    const { ids } = asked;
    const usual =
      Array.isArray(ids) && ids.length > limits.maxObjectsInGet
        ? { type: 'requestTooLarge' }
        : (this.mail.answer(method, asked) ?? { type: 'unknownMethod' });
    const answer = this.#emulation.method?.(method, asked, usual) ?? usual;
    const isError = typeof answer === 'object' && answer !== null && Object.keys(answer).join() === 'type';
    return [isError ? 'error' : method, answer, id];
  }

  #stream(response: http.ServerResponse): 'taken' {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    return 'taken';
  }
}

const json = (value: JsonValue): JmapAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** What a server answers that is asked for more than it said. */
const beyond = (limit: string): JmapAnswer => ({
  status: 400,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'urn:ietf:params:jmap:error:limit', limit }),
});

function callsIn(body: string): [method: string, asked: JsonObject, id: string][] {
  if (!body.startsWith('{')) return [];
  return (JSON.parse(body) as { methodCalls: [string, JsonObject, string][] }).methodCalls;
}
