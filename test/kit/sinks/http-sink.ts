import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** How one request is answered; `drop`: the line is cut. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'drop'
  | 'mute';

/** A real HTTP server on loopback that writes down what it hears, and answers as the test says. */
export class HttpSink {
  readonly heard: Heard[] = [];
  answer: (heard: Heard, count: number) => Answer | Promise<Answer> = () => ({ status: 200 });
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer((request, response) => void this.#hear(request, response));
  }

  static async start(): Promise<HttpSink> {
    const sink = new HttpSink();
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get json(): unknown[] {
    return this.heard.map(({ body }) => JSON.parse(body) as unknown);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #hear(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const { method = '', url: path = '', headers } = request;
    const heard = { method, path, headers, body: Buffer.concat(pieces).toString('utf8') };
    this.heard.push(heard);
    const answer = await this.answer(heard, this.heard.length);
    if (answer === 'mute') return;
    if (answer === 'drop') return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '');
  }
}
