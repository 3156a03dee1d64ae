import type { Web } from '../kernel/web.ts';

type Fetch = (
  url: string,
  request: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: unknown;
    readonly signal?: AbortSignal;
  },
) => Promise<Response>;

const bodiless = new Set([204, 205, 304]);

/**
 * The library's way to the network, over the engine's own: https alone, to nobody that the system does not trust, not sent on,
 * in 10 s and 256 KiB. Identity tokens are taken out: they are not asked for, and nothing here proves who a person is.
 */
export function webFetch(web: Web): Fetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await web.ask({
      ...{ url, method, headers },
      ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    const { status } = answer;
    if (status < 200 || status > 599) throw Object.assign(new Error(`status ${status}`), { code: 'WEB_STATUS' });
    const text = bodiless.has(status) ? null : withoutIdToken(Buffer.from(answer.body).toString('utf8'));
    return new Response(text, { status, headers: answer.headers });
  };
}

function withoutIdToken(text: string): string {
  if (!text.includes('"id_token"')) return text;
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json !== 'object' || json === null || !('id_token' in json)) return text;
    const { id_token: _unread, ...rest } = json;
    return JSON.stringify(rest);
  } catch {
    return text; // not JSON: who asked finds that out, and says so
  }
}
