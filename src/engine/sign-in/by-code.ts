import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Attempt, untilThen } from './attempt.ts';
import type { DeviceCode, Provider } from './provider.ts';
import type { Tokens } from './tokens.ts';

const longestMs = 30 * 60_000;
const slowerMs = 5000;
const slowestMs = 60_000;

/** With a code that is typed on any device (RFC 8628): for a computer without a browser, or one that is far away. */
export async function signInByCode(provider: Provider, signal: AbortSignal, clock: Clock): Promise<Attempt> {
  const code = await provider.askCode();
  const ms = Math.min(code.endsInMs, longestMs);
  const ended = new AbortController();
  const tokens = askUntilDone(provider, code, clock, AbortSignal.any([signal, ended.signal]));
  const inTime = untilThen(tokens, ms, clock, signal).finally(() => ended.abort());
  return { address: code.address, code: code.userCode, endsAtMs: clock.nowMs() + ms, tokens: inTime };
}

/** As often as the provider lets us, and slower when it says so, or when it cannot be reached (3.5). */
async function askUntilDone(
  provider: Provider,
  { deviceCode, intervalMs }: DeviceCode,
  clock: Clock,
  signal: AbortSignal,
): Promise<Tokens> {
  let pauseMs = Math.min(Math.max(intervalMs, 1000), slowestMs);
  for (;;) {
    await clock.sleep(pauseMs, signal);
    if (signal.aborted) return new Promise<never>(() => undefined); // whoever ended it has told why
    try {
      return await provider.redeemCode(deviceCode);
    } catch (error) {
      if (!isStrataError(error)) throw error;
      const { reason } = error.facts;
      if (reason === 'authorization_pending') continue;
      if (reason !== 'slow_down' && error.retry !== 'later') throw error;
      pauseMs = Math.min(reason === 'slow_down' ? pauseMs + slowerMs : pauseMs * 2, slowestMs);
    }
  }
}
