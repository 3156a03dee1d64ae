import type { ItemKind } from './item.ts';

/**
 * Which moments of a job stay. The rules add up: a moment stays if any of them keeps it. All zero: moments are no reason to keep
 * anything, and none is forgotten.
 */
export interface KeepRules {
  /** The newest so many. */
  readonly last: number;
  /** The newest one in each of the newest so many hours (days, …) of the calendar in which there is one. */
  readonly hourly: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  readonly yearly: number;
  /** All of the last so many days. */
  readonly withinDays: number;
}

export const keepRuleNames = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'withinDays'] as const;
export type KeepRuleName = (typeof keepRuleNames)[number];

/**
 * How long versions stay that are not an item's present state; that one always stays. What a kept moment shows stays, whatever the
 * other members say.
 */
export interface RetentionRules {
  readonly keep: KeepRules;
  /** An item that was deleted stays, with its history, at least so many days after its deletion. 0: for ever. */
  readonly deletedDays: number;
  /** A source that no job saves any more stays whole so many days, and goes as a whole then. 0: for ever. */
  readonly goneSourceDays: number;
  /** Of items that exist: versions that ended longer ago go. Null: they stay. */
  readonly maxAgeDays: number | null;
  /** Of items that exist: only the newest so many versions stay, the present one included. Null: all. */
  readonly maxVersions: number | null;
}

/** A job's rules, and those for kinds of data that have rules of their own. Moments are the job's, so `keep` is the same for all. */
export interface Retention {
  readonly rules: RetentionRules;
  readonly byKind: Readonly<Partial<Record<ItemKind, Omit<RetentionRules, 'keep' | 'goneSourceDays'>>>>;
}

export const keepNothing: KeepRules = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, withinDays: 0 };

/** Rules by which nothing ever goes: said, where silence has another meaning. */
export const keepEverything: Retention = {
  rules: { keep: keepNothing, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: null },
  byKind: {},
};

/** Why a moment stays: by a rule, because it is its job's newest, or because its job has no rules for moments. */
export const keptByNames = [...keepRuleNames, 'newest', 'everything'] as const;
export type KeptBy = (typeof keptByNames)[number];

/**
 * Why a version goes: no kept moment shows it, it ended too long ago, there are too many newer ones, its item or its source is gone
 * long enough, it was left out long enough and let go, or a person said so.
 */
export const removalReasons = ['moments', 'age', 'count', 'deleted', 'gone-source', 'left-out', 'by-hand'] as const;
export type RemovalReason = (typeof removalReasons)[number];
