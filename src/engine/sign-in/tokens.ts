import { StrataError } from '../../shared/domain/strata-error.ts';

export interface Tokens {
  readonly accessToken: string;
  /** Null: the provider named no end; it is good until somebody refuses it. */
  readonly endsAtMs: number | null;
  /** Null: the one that was used stays good. */
  readonly refreshToken: string | null;
  /** When a person has to sign in again. Undefined: the provider does not say. */
  readonly signInEndsAtMs?: number | undefined;
}

/** What comes from a token endpoint, as far as it matters here. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in?: number | undefined;
  readonly refresh_token?: string | undefined;
  /** In no RFC: so Google, GitHub and Microsoft (B2C) say how long a refresh token lives, in seconds. */
  readonly refresh_token_expires_in?: unknown;
  /** The same of Keycloak; 0 there: it does not end. */
  readonly refresh_expires_in?: unknown;
}

/** RFC 6749, appendix A.12 and A.17, with a limit: a token becomes part of a header and of a line, and must not end either. */
const sound = /^[\x21-\x7e]{1,16384}$/;
const longestMs = 365 * 86_400_000;

export function tokensOf(answer: TokenAnswer, host: string, nowMs: number): Tokens {
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = answer;
  if (!sound.test(accessToken) || (refreshToken !== undefined && !sound.test(refreshToken)))
    throw new StrataError('sign-in.failed', 'later', { host, reason: 'token' });
  const endsAtMs = seconds === undefined ? null : nowMs + Math.min(seconds * 1000, longestMs);
  const lastsMs = lastingMs(answer.refresh_token_expires_in ?? answer.refresh_expires_in);
  const signInEndsAtMs = lastsMs === undefined ? undefined : nowMs + lastsMs;
  return { accessToken, endsAtMs, refreshToken: refreshToken ?? null, signInEndsAtMs };
}

/** As a number or as text. What is beyond ten years, or is no length of time, says nothing. */
function lastingMs(seconds: unknown): number | undefined {
  if (typeof seconds !== 'number' && !(typeof seconds === 'string' && /^\d{1,12}$/.test(seconds))) return undefined;
  const ms = Number(seconds) * 1000;
  return ms > 0 && ms <= 10 * longestMs ? ms : undefined;
}
