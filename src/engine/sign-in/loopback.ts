import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http } from '../kernel/node-http.ts';

export interface Arrival {
  readonly parameters: URLSearchParams;
  /** Shows the page, and hangs up. */
  answer(page: string): void;
}

export interface Loopback {
  readonly redirectUri: string;
  /** The one request that knows the state. What else comes is turned away and changes nothing. */
  readonly arrival: Promise<Arrival>;
  close(): void;
}

/** Nothing of a request is shown on it, and it may load nothing. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/**
 * Where a browser on this computer brings the answer to (RFC 8252, 7.3): a free port of 127.0.0.1, open for one answer.
 * As soon as that is there nobody is let in any more.
 */
export async function openLoopback(state: string, name: '127.0.0.1' | 'localhost'): Promise<Loopback> {
  const server = http.createServer({ requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 32_768 });
  server.maxConnections = 16;
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen({ host: '127.0.0.1', port: 0 }, resolve));
  const { port } = server.address() as AddressInfo;
  const arrival = new Promise<Arrival>((resolve) => {
    server.on('request', (request, response) => {
      const parameters = answerIn(request, `${name}:${port}`, state);
      if (parameters === undefined) return void response.writeHead(400, headers).end();
      server.close();
      resolve({ parameters, answer: (page) => show(response, page, server) });
    });
  });
  return {
    redirectUri: `http://${name}:${port}`,
    arrival,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Undefined: it is no answer to us. Whoever asks under another name was led here by one that lies about its address. */
function answerIn(request: IncomingMessage, host: string, state: string): URLSearchParams | undefined {
  if (request.method !== 'GET' || request.headers.host !== host) return undefined;
  const url = URL.parse(request.url ?? '', `http://${host}`);
  if (url === null || url.pathname !== '/') return undefined;
  const states = url.searchParams.getAll('state');
  return states.length === 1 && states[0] === state ? url.searchParams : undefined;
}

function show(response: ServerResponse, page: string, server: Server): void {
  response.on('close', () => server.closeAllConnections());
  response.writeHead(200, headers).end(page);
}
