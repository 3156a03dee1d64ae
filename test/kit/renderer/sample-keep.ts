import { keepNothing } from '../../../src/shared/domain/retention.ts';
import type { CallOutput } from '../../../src/shared/contract/calls.ts';

type Retention = NonNullable<CallOutput<'job.show'>['retention']>;

const versionRules = { deletedDays: 365, maxAgeDays: null, maxVersions: null } as const;

/** What a careful person sets: everything of a month, then ever fewer moments of ten years. */
export const years: Retention = {
  rules: {
    ...versionRules,
    keep: { last: 10, hourly: 0, daily: 30, weekly: 52, monthly: 24, yearly: 10, withinDays: 30 },
    goneSourceDays: 0,
  },
  byKind: { contact: { ...versionRules, deletedDays: 0 } },
};
export const month: Retention = {
  rules: {
    deletedDays: 90,
    maxAgeDays: 365,
    maxVersions: 50,
    goneSourceDays: 730,
    keep: keepNothing,
  },
  byKind: {},
};
