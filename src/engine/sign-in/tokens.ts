import { StrataError } from '../../shared/domain/strata-error.ts';

export interface Tokens {
  readonly accessToken: string;
  /** Null: the provider named no end; it is good until somebody refuses it. */
  readonly endsAtMs: number | null;
  /** Null: the one that was used stays good. */
  readonly refreshToken: string | null;
}

/** What comes from a token endpoint, as far as it matters here. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in?: number | undefined;
  readonly refresh_token?: string | undefined;
}

/** RFC 6749, appendix A.12 and A.17, with a limit: a token becomes part of a header and of a line, and must not end either. */
const sound = /^[\x21-\x7e]{1,16384}$/;
const longestMs = 365 * 86_400_000;

export function tokensOf(answer: TokenAnswer, host: string, nowMs: number): Tokens {
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = answer;
  if (!sound.test(accessToken) || (refreshToken !== undefined && !sound.test(refreshToken)))
    throw new StrataError('sign-in.failed', 'later', { host, reason: 'token' });
  const endsAtMs = seconds === undefined ? null : nowMs + Math.min(seconds * 1000, longestMs);
  return { accessToken, endsAtMs, refreshToken: refreshToken ?? null };
}
