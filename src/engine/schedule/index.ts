/** What is due when: calendar arithmetic and nothing else. No timer, no clock of its own. */
export { dealtWith, dueOf, type Verdict } from './due.ts';
export { type Horizon, planOf } from './plan.ts';
export { catchesUp, type MissedStorage } from './missed-storage.ts';
export type { JobPast, JobRule, Moments } from './rule.ts';
export { nextChange, paintNow } from './windows.ts';
