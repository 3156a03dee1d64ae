import { type Failure, StrataError } from '../../../shared/domain/strata-error.ts';
import type { Web, WebAnswer } from '../../kernel/web.ts';
import { askFailure } from '../../sources/ask-failure.ts';
import { addressOf } from '../address.ts';

/** What a service is sent. */
interface Letter {
  /** As a person was given it; what lets in may be part of it. */
  readonly address: string;
  readonly method?: 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/** Resolves when the service says that it has it. What it says beside that is not read: it comes from a stranger. */
export async function post(web: Web, { address, method = 'POST', headers = {}, json, text = '' }: Letter): Promise<void> {
  const { url, host, headers: letsIn } = addressOf(address);
  const isJson = json !== undefined;
  let answer: WebAnswer;
  try {
    answer = await web.ask({
      url,
      method,
      headers: { 'content-type': isJson ? 'application/json' : 'text/plain; charset=utf-8', ...letsIn, ...headers },
      body: isJson ? JSON.stringify(json) : text,
    });
  } catch (error) {
    throw askFailure(error, new URL(url));
  }
  const failure = refusal(answer.status, host);
  if (failure !== undefined) throw new StrataError(failure.code, failure.retry, failure.facts);
}

function refusal(status: number, host: string): Failure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const facts = { host, status };
  if (status >= 300 && status < 400) return { code: 'alert.led-elsewhere', retry: 'after-user-action', facts };
  if (status === 429) return { code: 'alert.throttled', retry: 'later', facts };
  if ([401, 403, 404, 410].includes(status)) return { code: 'alert.not-let-in', retry: 'after-user-action', facts };
  if (status >= 500) return { code: 'alert.server-failed', retry: 'later', facts };
  return { code: 'alert.refused', retry: 'after-user-action', facts };
}
