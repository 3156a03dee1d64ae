/**
 * A cycle: what is new, changed, moved or gone at a job's sources becomes transactions in a storage.
 *
 * Promises: nothing is overwritten; what could not be listed or read is never taken for deleted; a stopped or killed cycle
 * goes on from its last checkpoint.
 * Refuses: to believe in an emptied source.
 *
 * A survey counts what a cycle would take, and why it would not take the rest; it reads no item and needs no storage.
 */
export type { GuardMemory } from './guards/guard.ts';
export { surveySource } from './surveying/survey-source.ts';
export { type RowQuery, SurveyRows } from './surveying/survey-rows.ts';
export type { CycleInput, CycleOutcome, CycleSource } from './cycle-input.ts';
export { runCycle } from './cycle.ts';
export { lookAtPresent, type Present } from './present.ts';
