import type { WaitReason } from '../../shared/domain/schedule.ts';
import { wakingMs } from './lateness.ts';
import type { Candidate, JobRule, Moments } from './rule.ts';
import { nextOpen } from './windows.ts';

export interface Held {
  readonly because: WaitReason;
  /** Null: only an event ends it. */
  readonly untilMs: number | null;
}

/** What keeps a run from beginning that would be next; null: nothing but, perhaps, its time. */
export function gate(rule: JobRule, moments: Moments, candidate: Candidate): Held | null {
  const { nowMs } = moments;
  const openMs = nextOpen(rule.timing.windows, rule.zone, Math.max(candidate.atMs, nowMs));
  if (candidate.atMs > nowMs) return openMs === candidate.atMs ? null : { because: 'time', untilMs: openMs };
  if (moments.pausedUntilMs !== null && moments.pausedUntilMs > nowMs)
    return { because: 'paused', untilMs: moments.pausedUntilMs };
  if (openMs !== nowMs) return { because: 'window', untilMs: openMs };
  return heldByConditions(rule, moments) ?? heldByWaking(rule, moments, candidate);
}

function heldByConditions({ timing }: JobRule, { battery, isMetered, network, isStorageHere }: Moments): Held | null {
  if (battery !== null && battery < timing.batteryAbove) return { because: 'battery', untilMs: null };
  if (isMetered && !timing.onMetered) return { because: 'metered', untilMs: null };
  if (timing.networks.length > 0 && !timing.networks.some((name) => name === network))
    return { because: 'network', untilMs: null };
  return isStorageHere ? null : { because: 'storage', untilMs: null };
}

function heldByWaking(rule: JobRule, { nowMs, awakeForMs }: Moments, { because, slot, atMs }: Candidate): Held | null {
  if (because !== 'catch-up') return null;
  const leftMs = wakingMs(rule, slot?.ms ?? atMs) - awakeForMs;
  return leftMs > 0 ? { because: 'waking', untilMs: nowMs + leftMs } : null;
}
