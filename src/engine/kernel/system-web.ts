import dns from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import net from 'node:net';
import type { SecureContext } from 'node:tls';
import { isLinkLocal } from './link-local.ts';
import type { Web, WebAnswer, WebRequest } from './web.ts';

export interface WebLimits {
  readonly ms: number;
  readonly bytes: number;
}
const webLimits: WebLimits = { ms: 10_000, bytes: 256 * 1024 };

export interface WebOptions {
  /** Whom to trust. Asked for at the first question: gathering the system's authorities takes a while. */
  readonly trust: () => SecureContext;
  readonly limits?: WebLimits;
  /** Whether a server has to prove who it is; undefined: it has. */
  readonly verifies?: boolean;
  /** Who may be spoken to without encryption. Undefined: nobody. */
  readonly mayBeOpen?: (host: string) => boolean;
  /** Where a server really is; for tests, whose servers have ports of their own. Its name is judged as ever. */
  readonly place?: (host: string, port: number) => { readonly host: string; readonly port: number };
}

export function systemWeb({
  trust,
  limits = webLimits,
  verifies = true,
  mayBeOpen = () => false,
  place = (host, port) => ({ host, port }),
}: WebOptions): Web {
  return {
    ask(request) {
      const url = new URL(request.url);
      const isOpen = url.protocol === 'http:' && mayBeOpen(url.hostname);
      if ((url.protocol !== 'https:' && !isOpen) || url.username !== '' || url.password !== '')
        return Promise.reject(refused(url.hostname));
      const name = url.hostname.replace(/^\[|\]$/g, '');
      const { host, port } = place(name, url.port === '' ? (isOpen ? 80 : 443) : Number(url.port));
      if (isLinkLocal(host)) return Promise.reject(refused(host));
      const deadline = AbortSignal.timeout(limits.ms);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
      const asked = {
        ...{ host, port, path: `${url.pathname}${url.search}`, method: request.method ?? 'GET', lookup, signal, agent: false },
        headers: { host: url.host, 'user-agent': 'Strata', 'accept-encoding': 'identity', ...request.headers },
      } as const;
      const named = net.isIP(name) === 0 ? { servername: name } : {};
      // Loaded for the first question: few commands have any.
      const sent = isOpen
        ? process.getBuiltinModule('node:http').request(asked)
        : process
            .getBuiltinModule('node:https')
            .request({ ...asked, ...{ secureContext: trust(), rejectUnauthorized: verifies }, ...named });
      return answered(sent, request, limits, deadline);
    },
  };
}

function answered(sent: ClientRequest, { body }: WebRequest, limits: WebLimits, deadline: AbortSignal): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(deadline.aborted ? late(error) : error);
    sent.on('error', fail);
    sent.on('response', (answer) => void read(answer, limits.bytes).then(resolve, fail));
    sent.end(body);
  });
}

async function read(answer: IncomingMessage, limit: number): Promise<WebAnswer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > limit) {
      answer.destroy();
      throw Object.assign(new Error('the answer is too long'), { code: 'WEB_TOO_LONG' });
    }
    pieces.push(piece);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(pieces),
  };
}

const refused = (host: string): Error => Object.assign(new Error(`${host} is not asked`), { code: 'WEB_REFUSED' });
const late = (cause: Error): Error => Object.assign(new Error('no answer in time', { cause }), { code: 'ETIMEDOUT' });

const lookup: net.LookupFunction = (host, options, callback) => {
  dns.lookup(host, options, (error, address: string | dns.LookupAddress[], family) => {
    const all = typeof address === 'string' ? [address] : (address ?? []).map((one) => one.address);
    if (error === null && all.some(isLinkLocal)) callback(refused(host), '', 0);
    else callback(error, address, family);
  });
};
