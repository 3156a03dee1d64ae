import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { type Due, emptyBook, usualTiming } from '../../shared/domain/schedule.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type MissedUpkeep, type UpkeepKind, upkeepKinds, type UpkeepTimes } from '../../shared/domain/upkeep.ts';
import type { StoredStorage, UpkeepMark } from '../catalog/index.ts';
import { dueOf, type JobPast, type JobRule, planOf, type Verdict } from '../schedule/index.ts';
import type { Checks } from './checks.ts';
import type { Mirrors } from './mirrors.ts';
import { known } from './names.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { type Rehearsals, usualRehearsal } from './rehearsals.ts';
import type { Removals } from './removals.ts';
import type { Surroundings } from './surroundings.ts';
import { knownZone, systemZone } from './zones.ts';

export interface UpkeepView {
  storage: StorageId;
  storageName: string;
  kind: UpkeepKind;
  times: UpkeepTimes;
  due: Due;
  nextMs: number | null;
  lastRun: Run | null;
  missed: MissedUpkeep | null;
}

interface Workers {
  readonly checks: Pick<Checks, 'check'>;
  readonly rehearsals: Pick<Rehearsals, 'start'>;
  readonly removals: Pick<Removals, 'purge'>;
  readonly mirrors: Pick<Mirrors, 'run'>;
  readonly surroundings: Pick<Surroundings, 'moments'>;
}

/** The heartbeat comes each minute, and may come late itself. */
const graceMs = 2 * 60_000;
/** As far ahead as the rarest rule reaches. */
const farthestMs = 9 * 366 * 86_400_000;

/** Checks, trial restores, purges and mirrors at times of their own: the calendar of jobs, asked for work that is no job's. */
export class Upkeep {
  readonly #parts: Parts;
  readonly #open: Pick<OpenStorages, 'isOpen'>;
  readonly #workers: Workers;

  constructor(parts: Parts, open: Pick<OpenStorages, 'isOpen'>, workers: Workers) {
    this.#parts = parts;
    this.#open = open;
    this.#workers = workers;
  }

  /** Null: as usual. A rule that is new answers for nothing that was before it. */
  set(id: StorageId, kind: UpkeepKind, times: UpkeepTimes | null): void {
    const stored = known('storage', id, this.#parts.store.storages());
    const { [kind]: before, ...others } = stored.upkeep ?? {};
    if (times === null) return this.#put({ ...stored, upkeep: others });
    if (kind === 'mirror' && !this.#parts.store.mirrors().some((mirror) => mirror.id === id)) {
      throw new StrataError('name.unknown', 'never', { kind: 'mirror', name: stored.name });
    }
    const zone = times.zone === null ? null : knownZone(times.zone);
    this.#refuseNever({ ...times, zone });
    const isSame = before !== undefined && JSON.stringify(before.times.schedule) === JSON.stringify(times.schedule);
    const fresh: UpkeepMark = { times, sinceMs: this.#parts.clock.nowMs(), slots: emptyBook, run: null };
    this.#put({ ...stored, upkeep: { ...others, [kind]: { ...(isSame ? before : fresh), times: { ...times, zone } } } });
  }

  /** All that has times of its own, what comes next first. */
  list(): UpkeepView[] {
    const views = this.#parts.store.storages().flatMap((stored) =>
      upkeepKinds.flatMap((kind): UpkeepView[] => {
        const mark = stored.upkeep?.[kind];
        return mark === undefined ? [] : [this.#view(stored, kind, mark)];
      }),
    );
    return views.sort((one, other) => (one.nextMs ?? Infinity) - (other.nextMs ?? Infinity));
  }

  /** Begins what is due, on each storage one after the other and never beside a job there. */
  async tick(): Promise<number> {
    let started = 0;
    for (const stored of this.#parts.store.storages()) {
      for (const kind of upkeepKinds) {
        const mark = stored.upkeep?.[kind];
        if (mark === undefined || this.#isOff(stored.id, kind) || this.#isBusy(stored.id)) continue;
        const verdict = this.#verdict(stored.id, kind, mark);
        if (verdict.due.kind === 'start' && (await this.#begin(stored, kind, mark, verdict))) started += 1;
      }
    }
    return started;
  }

  async #begin(stored: StoredStorage, kind: UpkeepKind, mark: UpkeepMark, verdict: Verdict): Promise<boolean> {
    try {
      const missed = this.#missed(mark, verdict);
      const run = await this.#run(stored.id, kind, mark.times);
      const newest = known('storage', stored.id, this.#parts.store.storages());
      const begun: UpkeepMark = {
        ...{ ...mark, slots: verdict.book ?? mark.slots, run },
        ...(missed !== null && { missed: { ...missed, madeUpAtMs: missed.madeUpAtMs ?? this.#parts.clock.nowMs() } }),
      };
      this.#put({ ...newest, upkeep: { ...newest.upkeep, [kind]: begun } });
      return true;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      // It stays due, and is tried again the next minute: what stands in the way is said as the storage's state.
      this.#parts.log.warn('upkeep.not-started', { storage: stored.id, kind, code: error.code });
      return false;
    }
  }

  #run(storage: StorageId, kind: UpkeepKind, { depth, percent }: UpkeepTimes): Promise<RunId> {
    const { checks, rehearsals, removals, mirrors } = this.#workers;
    switch (kind) {
      case 'check':
        return checks.check(storage, depth === 'part' ? { level: depth, percent } : { level: depth }, 'schedule');
      case 'rehearsal':
        return rehearsals.start(storage, usualRehearsal, 'schedule');
      case 'purge':
        return removals.purge({ storage, olderThanDays: null, dryRun: false, token: null }, 'schedule');
      case 'mirror':
        return mirrors.run(storage, 'upkeep');
    }
  }

  #isOff(id: StorageId, kind: UpkeepKind): boolean {
    if (!this.#open.isOpen(id)) return true;
    const mirror = this.#parts.store.mirrors().find((one) => one.id === id);
    return kind === 'mirror' && (mirror === undefined || !mirror.enabled || !this.#open.isOpen(mirror.origin));
  }

  /** Also where its origin is at work: a mirror reads there what a cycle writes. */
  #isBusy(id: StorageId): boolean {
    const origin = this.#parts.store.mirrors().find((mirror) => mirror.id === id)?.origin;
    return this.#parts.runs.going().some(({ storage }) => storage === id || (origin !== undefined && storage === origin));
  }

  #verdict(storage: StorageId, kind: UpkeepKind, mark: UpkeepMark): Verdict {
    const moments = { ...this.#workers.surroundings.moments([storage]), isScanAsked: false };
    return dueOf(ruleOf(mark.times, `${storage} ${kind}`), this.#past(mark), moments);
  }

  #past({ sinceMs, slots, run: id }: UpkeepMark): JobPast {
    const run = id === null ? undefined : this.#parts.runs.show(id);
    if (run === undefined || run.endedAtMs === null) return { sinceMs, book: slots, last: null, complete: null };
    const span = { startMs: run.startedAtMs, endMs: run.endedAtMs };
    const isComplete = run.status === 'success' || run.status === 'warning';
    const outcome = isComplete
      ? 'complete'
      : run.status === 'interrupted'
        ? 'broken'
        : run.status === 'stopped'
          ? 'stopped'
          : 'failed';
    const last = { ...span, outcome, mayPass: run.failure?.retry !== 'after-user-action' } as const;
    return { sinceMs, book: slots, last, complete: isComplete ? span : null };
  }

  #view({ id, name }: StoredStorage, kind: UpkeepKind, mark: UpkeepMark): UpkeepView {
    const verdict = this.#verdict(id, kind, mark);
    const { due, atMs } = verdict;
    const nextMs = due.kind === 'start' ? atMs : due.kind === 'wait' ? due.untilMs : null;
    const lastRun = (mark.run === null ? undefined : this.#parts.runs.show(mark.run)) ?? null;
    return { storage: id, storageName: name, kind, times: mark.times, due, nextMs, lastRun, missed: this.#missed(mark, verdict) };
  }

  /** What is owed now, or else the newest that was. */
  #missed(mark: UpkeepMark, { slot }: Verdict): MissedUpkeep | null {
    const isOwed = slot !== null && slot.ms + graceMs < this.#parts.clock.nowMs();
    return isOwed ? { atMs: slot.ms, madeUpAtMs: null } : (mark.missed ?? null);
  }

  #refuseNever(times: UpkeepTimes): void {
    const nowMs = this.#parts.clock.nowMs();
    const past: JobPast = { sinceMs: nowMs, book: emptyBook, last: null, complete: null };
    const plan = planOf(ruleOf(times, 'new'), past, nowMs, { untilMs: nowMs + farthestMs, limit: 1, usualMs: null });
    if (plan.length === 0) throw new StrataError('schedule.never', 'never');
  }

  #put(stored: StoredStorage): void {
    this.#parts.store.putStorage(stored);
    this.#parts.changed('storages');
  }
}

const ruleOf = ({ schedule, zone }: UpkeepTimes, seed: string): JobRule => ({
  ...{ schedule, timing: usualTiming, zone: zone ?? systemZone(), seed },
});
