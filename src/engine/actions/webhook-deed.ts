import type { ActionFacts, JobAction, WebhookDeed } from '../../shared/domain/action.ts';
import { type Failure, failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import { cleanOutput } from '../kernel/clean-output.ts';
import { askFailure } from '../sources/ask-failure.ts';
import type { DeedEnd, DeedPorts, Preview } from './deed-port.ts';
import { filled, inJson } from './filling.ts';

const shownBytes = 64 * 1024;

export function webhookPreview(deed: WebhookDeed, facts: ActionFacts): Extract<Preview, { kind: 'webhook' }> {
  const { url, method, verifiesTls } = deed;
  const type = deed.headers.find(({ name }) => name.toLowerCase() === 'content-type');
  const hasBody = method !== 'GET' || deed.body !== '';
  const headers =
    type !== undefined || !hasBody ? deed.headers : [{ name: 'content-type', value: 'application/json' }, ...deed.headers];
  return { kind: 'webhook', method, url, headers, body: bodyOf(deed, facts, type?.value ?? 'application/json'), verifiesTls };
}

function bodyOf({ body, method }: WebhookDeed, facts: ActionFacts, type: string): string {
  if (body !== '') return filled(body, facts, /json/i.test(type) ? inJson : undefined);
  return method === 'GET' ? '' : JSON.stringify(facts);
}

/** @param secrets The values of headers that are kept elsewhere, by name. */
export async function doWebhook(
  { name: action, timeoutSeconds }: JobAction,
  deed: WebhookDeed,
  facts: ActionFacts,
  secrets: ReadonlyMap<string, string>,
  ports: DeedPorts,
  signal: AbortSignal,
): Promise<DeedEnd> {
  const { url, method, headers, body, verifiesTls } = webhookPreview(deed, facts);
  const sent = Object.fromEntries(headers.map(({ name, value }) => [name, value ?? secretOf(secrets, name, action)]));
  try {
    const web = ports.webFor({ timeoutMs: timeoutSeconds * 1000, verifiesTls });
    const answer = await web.ask({ url, method, headers: sent, ...(body === '' ? {} : { body }), signal });
    const said = answer.body.subarray(0, shownBytes);
    return {
      failure: refusal(answer.status, { action, host: new URL(url).host }),
      output: cleanOutput(said, false),
      droppedBytes: answer.body.length - said.length,
    };
  } catch (error) {
    if (signal.aborted) return unanswered({ code: 'action.stopped', retry: 'later', facts: { action } });
    return unanswered(failureOf(askFailure(error, new URL(url))));
  }
}

const unanswered = (failure: Failure): DeedEnd => ({ failure, output: '', droppedBytes: 0 });

function secretOf(secrets: ReadonlyMap<string, string>, header: string, action: string): string {
  const secret = secrets.get(header);
  if (secret === undefined) throw new StrataError('action.needs-secret', 'after-user-action', { action, header });
  return secret;
}

function refusal(status: number, { action, host }: { readonly action: string; readonly host: string }): Failure | null {
  if (status >= 200 && status < 300) return null;
  const retry = status >= 500 || status === 429 ? 'later' : 'after-user-action';
  return { code: 'action.refused', retry, facts: { action, host, status } };
}
