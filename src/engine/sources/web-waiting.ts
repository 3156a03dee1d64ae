import type { Clock } from '../kernel/clock.ts';

/** What Retry-After asks for (RFC 9110, section 10.2.3): seconds, or a date. Undefined: nothing that can be understood. */
export function pauseMs(retryAfter: string | undefined, nowMs: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

/** True once an answer has taken longer than it may, less what we ourselves held it back; false: it came to its end before. */
export async function untilOver(clock: Clock, ms: number, heldBackMs: () => number, signal: AbortSignal): Promise<boolean> {
  const beganMs = clock.monotonicMs();
  for (;;) {
    const leftMs = beganMs + ms + heldBackMs() - clock.monotonicMs();
    if (leftMs <= 0) return true;
    await clock.sleep(leftMs, signal);
    if (signal.aborted) return false;
  }
}
