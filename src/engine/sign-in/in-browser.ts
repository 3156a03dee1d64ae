import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { type Attempt, type Page, untilThen } from './attempt.ts';
import { type Loopback, openLoopback } from './loopback.ts';
import { peculiarityOf } from './peculiarities.ts';
import type { Provider } from './provider.ts';
import type { Tokens } from './tokens.ts';

/** To find the password, and the phone that confirms it. */
export const browserMs = 10 * 60_000;

export interface BrowserSignIn {
  /** Proposed to the page, where a person can take another one. */
  readonly user: string;
  readonly page: Page;
  readonly signal: AbortSignal;
}

/** Authorization code with PKCE (RFC 7636), brought back over the loopback. */
export async function signInInBrowser(
  provider: Provider,
  { user, page, signal }: BrowserSignIn,
  { random, clock }: { readonly random: Random; readonly clock: Clock },
): Promise<Attempt> {
  const state = unguessable(random);
  const verifier = unguessable(random);
  const { hostname } = await provider.page({});
  const { parameters = {}, redirectHost = '127.0.0.1' } = peculiarityOf(hostname);
  const loopback = await openLoopback(state, redirectHost);
  try {
    const address = await provider.page({
      ...{ response_type: 'code', redirect_uri: loopback.redirectUri, state, login_hint: user },
      ...{ code_challenge: await provider.challenge(verifier), code_challenge_method: 'S256' },
      ...parameters,
    });
    const tokens = finish(provider, loopback, { state, verifier, page });
    const inTime = untilThen(tokens, browserMs, clock, signal).catch((error: unknown) => {
      loopback.close();
      throw error;
    });
    return { address: address.href, code: null, endsAtMs: clock.nowMs() + browserMs, tokens: inTime };
  } catch (error) {
    loopback.close();
    throw error;
  }
}

/** The browser waits for its page until it is known whether it worked. */
async function finish(
  provider: Provider,
  loopback: Loopback,
  { state, verifier, page }: { readonly state: string; readonly verifier: string; readonly page: Page },
): Promise<Tokens> {
  const { parameters, answer } = await loopback.arrival;
  try {
    const tokens = await provider.redeem({ parameters, state, redirectUri: loopback.redirectUri, verifier });
    answer(page(undefined));
    return tokens;
  } catch (error) {
    answer(page(error));
    throw error;
  }
}

/** 256 bits in 43 characters: what RFC 7636 (4.1, 7.1) wants of a verifier, and more than any state needs. */
const unguessable = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url');
