import { isStrataError, type Retry, StrataError } from '../../shared/domain/strata-error.ts';
import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import { certificateReason } from '../sources/certificate.ts';
import { unreachableFailure } from '../sources/connect-failure.ts';

/** What a provider answers when it does not do what it was asked (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5), or undefined. */
export function refusalIn(error: unknown): string | undefined {
  const { code, error: refusal } = error as { readonly code?: string; readonly error?: unknown };
  // A server may refuse a client by HTTP's own means (RFC 6749, 5.2).
  if (code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE') return 'invalid_client';
  const isRefusal = code === 'OAUTH_RESPONSE_BODY_ERROR' || code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR';
  if (!isRefusal) return undefined;
  return typeof refusal === 'string' && /^[\w.-]{1,60}$/.test(refusal) ? refusal : 'error';
}

const byRefusal: Readonly<Record<string, readonly [StrataErrorCode, Retry]>> = {
  access_denied: ['sign-in.declined', 'after-user-action'],
  // Microsoft's own, in place of access_denied.
  authorization_declined: ['sign-in.declined', 'after-user-action'],
  expired_token: ['sign-in.timed-out', 'after-user-action'],
  invalid_client: ['sign-in.client-refused', 'after-user-action'],
  unauthorized_client: ['sign-in.client-refused', 'after-user-action'],
  invalid_request: ['sign-in.client-refused', 'after-user-action'],
  invalid_scope: ['sign-in.client-refused', 'after-user-action'],
  unsupported_grant_type: ['sign-in.client-refused', 'after-user-action'],
  unsupported_response_type: ['sign-in.client-refused', 'after-user-action'],
};

/** Turns what went wrong between Strata and a provider into a failure that a person can read. */
export function signInFailure(error: unknown, url: URL): unknown {
  if (isStrataError(error)) return error;
  const host = url.hostname;
  const refusal = refusalIn(error);
  if (refusal !== undefined) {
    const [code, retry] = byRefusal[refusal] ?? (['sign-in.failed', 'later'] as const);
    return new StrataError(code, retry, { host, reason: refusal }, { cause: bare(error) });
  }
  return wayFailure(error, url) ?? answerFailure(error, host) ?? error;
}

function wayFailure(error: unknown, { hostname: host, port }: URL): StrataError | undefined {
  const reason = certificateReason((error as { readonly code?: string }).code ?? '');
  if (reason !== undefined)
    return new StrataError('source.tls-untrusted', 'after-user-action', { host, reason }, { cause: error });
  return unreachableFailure(error, { host, port: port === '' ? 443 : Number(port) });
}

/** What came was no answer. */
function answerFailure(error: unknown, host: string): StrataError | undefined {
  const reason = reasonOf(error);
  return reason === undefined ? undefined : new StrataError('sign-in.failed', 'later', { host, reason }, { cause: bare(error) });
}

export function reasonOf(error: unknown): string | undefined {
  const { code = '', cause } = error as { readonly code?: string; readonly cause?: unknown };
  if (cause instanceof Response && cause.status !== 200) return `HTTP ${cause.status}`;
  return /^(?:OAUTH_|WEB_|ERR_(?:SSL|TLS)_|HPE_|E[A-Z]+$)/.test(code) ? code : undefined;
}

/** The library's errors carry the whole answer, and an answer may hold a token: name and code are all that goes on. */
const bare = (error: unknown): Error => new Error(`${(error as Error).name} ${(error as { code?: string }).code ?? ''}`);
