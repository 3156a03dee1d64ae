/**
 * A cycle: what is new, changed, moved or gone at a job's sources becomes transactions in a storage.
 *
 * Promises: nothing is overwritten; what could not be listed or read is never taken for deleted; a stopped or killed cycle
 * goes on from its last checkpoint.
 * Refuses: to believe in an emptied source.
 */
export type { GuardMemory } from './guards/guard.ts';
export { runCycle, type CycleInput, type CycleOutcome, type CycleSource } from './cycle.ts';
