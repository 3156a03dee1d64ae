import { emptyBook, type StartReason } from '../../../shared/domain/schedule.ts';
import { dueOf } from '../due.ts';
import { type JobPast, type JobRule, type Moments, nothingInTheWay } from '../rule.ts';

/** What happens to a machine, in the order of real time. */
export type Event =
  | { readonly at: number; readonly kind: 'sleep' | 'wake' }
  /** Somebody sets the clock by so much. */
  | { readonly at: number; readonly kind: 'clock'; readonly byMs: number }
  | { readonly at: number; readonly kind: 'zone'; readonly zone: string }
  /** A person runs it; it takes as long as others. */
  | { readonly at: number; readonly kind: 'run' }
  | { readonly at: number; readonly kind: 'surroundings'; readonly change: Partial<Moments> };

export interface Started {
  /** By a clock that is always right, in UTC. */
  readonly realMs: number;
  /** What the machine's clock showed. */
  readonly shownMs: number;
  readonly because: StartReason;
  readonly slotMs: number | null;
}

export interface Life {
  readonly starts: readonly Started[];
  /** How often the calendar was asked: a loop would show. */
  readonly asked: number;
  readonly past: JobPast;
}

export interface Machine {
  readonly fromMs: number;
  readonly toMs: number;
  readonly events?: readonly Event[];
  readonly runMs?: number;
  /** Outcomes of its runs, in order; complete where there are no more. */
  readonly outcomes?: readonly NonNullable<JobPast['last']>['outcome'][];
}

const minuteMs = 60_000;

/**
 * Lives through a time as a scheduler would that looks once a minute while the machine is awake, and at once when it wakes. Looks between
 * which nothing can happen are passed over: that no earlier one would have started anything, the random tests ask for themselves.
 */
export function live(rule: JobRule, { fromMs, toMs, events = [], runMs = 0, outcomes = [] }: Machine): Life {
  const starts: Started[] = [];
  let zone = rule.zone;
  let past: JobPast = { sinceMs: fromMs, book: emptyBook, last: null, complete: null };
  let around: Partial<Moments> = {};
  let [isAwake, awakeSince, shift, asked, runs] = [true, fromMs, 0, 0, 0];
  let busyUntil = Number.NEGATIVE_INFINITY;

  const finish = (realMs: number): void => {
    const outcome = outcomes[runs] ?? 'complete';
    const span = { startMs: realMs + shift, endMs: realMs + shift + runMs };
    runs += 1;
    busyUntil = realMs + runMs;
    past = { ...past, last: { ...span, outcome, mayPass: true }, complete: outcome === 'complete' ? span : past.complete };
  };
  /** Until when nothing can happen. */
  const look = (realMs: number): number => {
    if (realMs < busyUntil) return busyUntil;
    asked += 1;
    const nowMs = realMs + shift;
    const verdict = dueOf({ ...rule, zone }, past, { ...nothingInTheWay, ...around, nowMs, awakeForMs: realMs - awakeSince });
    if (verdict.due.kind === 'never') return Number.POSITIVE_INFINITY;
    if (verdict.due.kind === 'wait') {
      // Its next time may come while it still waits after waking.
      if (verdict.due.because === 'waking') return realMs + minuteMs;
      const untilMs = verdict.due.untilMs ?? Number.POSITIVE_INFINITY;
      return realMs + Math.max(minuteMs, Math.ceil((untilMs - nowMs) / minuteMs) * minuteMs);
    }
    if (verdict.book !== null) past = { ...past, book: verdict.book };
    starts.push({ realMs, shownMs: nowMs, because: verdict.due.because, slotMs: verdict.slot?.ms ?? null });
    finish(realMs);
    return Math.max(realMs + minuteMs, busyUntil);
  };

  let at = fromMs;
  for (const event of [...events, { at: toMs, kind: 'sleep' } as const]) {
    while (isAwake && at < event.at) at = look(at);
    at = event.at;
    switch (event.kind) {
      case 'sleep':
        isAwake = false;
        break;
      case 'wake':
        [isAwake, awakeSince] = [true, event.at];
        break;
      case 'clock':
        shift += event.byMs;
        break;
      case 'zone':
        zone = event.zone;
        break;
      case 'run':
        finish(event.at);
        break;
      case 'surroundings':
        around = { ...around, ...event.change };
        break;
    }
  }
  return { starts, asked, past };
}
