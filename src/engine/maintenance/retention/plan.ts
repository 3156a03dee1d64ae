import type { Commit } from '../../../shared/domain/commit.ts';
import type { Freeze } from '../../../shared/domain/freeze.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { type RemovalReason, removalReasons } from '../../../shared/domain/retention.ts';
import type { EndedVersion } from '../../catalog/index.ts';
import type { ChosenItem } from './choose-versions.ts';
import { chooseOfSource, type History, type SourceChoice } from './choose.ts';
import { type JobRules, type JudgedJob, judgeJobs } from './job-rules.ts';
import { tokenOf } from './token.ts';

/** More than this share of all bytes at once is only hidden when a person confirms it. */
const mostShare = 0.3;

/** What a catalog must say of a storage to plan. */
export interface PlanFacts extends History {
  /** All moments, newest first. */
  readonly moments: readonly Commit[];
  /** Every commit, oldest first. */
  readonly commits: readonly Commit[];
  readonly sources: readonly { readonly id: SourceId; readonly name: string }[];
  readonly freezes: readonly Freeze[];
  /** Sizes of everything as of now. */
  readonly presentBytes: number;
}

export interface PlanRequest {
  readonly jobs: readonly JobRules[];
  readonly nowMs: number;
  readonly olderThanDays: number | null;
  /** Sources that could not be listed lately: they are left alone as frozen ones are. */
  readonly unsure: ReadonlySet<SourceId>;
  /** A person has just changed the rules, so that much may go. */
  readonly rulesAreNew: boolean;
}

export interface RemovalPlan {
  readonly jobs: readonly JudgedJob[];
  /** Newest first. */
  readonly forgets: readonly Commit[];
  readonly choices: readonly SourceChoice[];
  readonly totals: { readonly moments: number; readonly items: number; readonly versions: number; readonly bytes: number };
  readonly byReason: Readonly<Record<RemovalReason, number>>;
  readonly ofBytes: number;
  readonly frozen: readonly Freeze[];
  readonly needsConfirmation: 'share' | 'source' | null;
  readonly token: string;
}

/** What would go if retention ran now. Changes nothing. */
export function planRemoval(facts: PlanFacts, request: PlanRequest): RemovalPlan {
  const untouched = new Set<SourceId>([...request.unsure, ...facts.freezes.map(({ source }) => source)]);
  const judged = judgeJobs(request.jobs, facts.moments, request.nowMs);
  // Who floods a job with moments must not push others out of its rules while nobody has answered.
  const forgetting = judged.filter(({ rules }) => !rules.sources.some((source) => untouched.has(source)));
  const forgets = forgetting.flatMap(({ moments, keptBy }) =>
    moments.filter(({ sequence }) => keptBy.get(sequence)?.length === 0),
  );
  const choosing = {
    jobs: judged,
    moments: facts.moments,
    present: { nowMs: request.nowMs, olderThanDays: request.olderThanDays },
  };
  const counting = new Counting(facts);
  const choices = facts.sources
    .filter(({ id }) => !untouched.has(id))
    .map(({ id }) => chooseOfSource({ id, lastMoment: lastMomentOf(id, facts.commits) }, counting, choosing));
  const asks = ({ totals, ofBytes }: Pick<RemovalPlan, 'totals' | 'ofBytes'>): RemovalPlan['needsConfirmation'] => {
    if (choices.some(({ isWhole }) => isWhole)) return 'source';
    return totals.bytes > mostShare * ofBytes && !request.rulesAreNew ? 'share' : null;
  };
  return planOfChoices(facts, { judged, forgets, choices, asks, endedBytes: counting.endedBytes });
}

interface Chosen {
  readonly judged: readonly JudgedJob[];
  readonly forgets: readonly Commit[];
  readonly choices: readonly SourceChoice[];
  readonly asks: (plan: Pick<RemovalPlan, 'totals' | 'ofBytes'>) => RemovalPlan['needsConfirmation'];
  /** Where it was counted already. */
  readonly endedBytes?: number;
}

export function planOfChoices(facts: PlanFacts, { judged, forgets, choices, asks, endedBytes }: Chosen): RemovalPlan {
  const ofBytes = (endedBytes ?? endedBytesOf(facts)) + facts.presentBytes;
  const totals = totalsOf(choices, forgets.length);
  return {
    jobs: judged,
    forgets: [...forgets].sort((a, b) => b.sequence - a.sequence),
    choices,
    totals,
    byReason: reasonsOf(choices),
    ofBytes,
    frozen: facts.freezes,
    needsConfirmation: asks({ totals, ofBytes }),
    token: tokenOf(forgets, choices),
  };
}

/** Sums up what it passes on, so that nothing is read twice. */
class Counting implements History {
  endedBytes = 0;
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  isHeld(...version: Parameters<History['isHeld']>): boolean {
    return this.#history.isHeld(...version);
  }

  letGo(source: SourceId): ReturnType<History['letGo']> {
    return this.#history.letGo(source);
  }

  presentVersions(source: SourceId): ReturnType<History['presentVersions']> {
    return this.#history.presentVersions(source);
  }

  *endedVersions(source: SourceId): Generator<EndedVersion> {
    for (const version of this.#history.endedVersions(source)) {
      this.endedBytes += version.sizeBytes;
      yield version;
    }
  }
}

function endedBytesOf({ sources, endedVersions }: PlanFacts): number {
  let bytes = 0;
  for (const { id } of sources) for (const { sizeBytes } of endedVersions(id)) bytes += sizeBytes;
  return bytes;
}

function lastMomentOf(source: SourceId, commits: readonly Commit[]): Commit | undefined {
  return commits.findLast(({ kind, sources }) => kind === 'full' && sources.some(({ id }) => id === source));
}

const chosenItems = (choices: readonly SourceChoice[]): ChosenItem[] => choices.flatMap(({ items }) => items);

function totalsOf(choices: readonly SourceChoice[], moments: number): RemovalPlan['totals'] {
  const items = chosenItems(choices);
  return {
    moments,
    items: items.length,
    versions: items.reduce((sum, { versions }) => sum + versions.length, 0),
    bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function reasonsOf(choices: readonly SourceChoice[]): Record<RemovalReason, number> {
  const counts = Object.fromEntries(removalReasons.map((reason) => [reason, 0])) as Record<RemovalReason, number>;
  for (const { reasons } of chosenItems(choices)) for (const reason of reasons) counts[reason] += 1;
  return counts;
}

export const isEmpty = ({ totals }: RemovalPlan): boolean => totals.moments === 0 && totals.versions === 0;
