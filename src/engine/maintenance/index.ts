/**
 * What keeps a storage and its catalog honest and small: bringing the catalog up to date, making it anew, checking the storage, choosing
 * what stays of its history, taking out of it what nothing needs any more, repeating it in a mirror, and repairing it.
 *
 * Promises: the present state of an item stays; so does what a hold, a freeze or a kept moment keeps. What was hidden and is needed by
 * nothing is all that ever goes, and what is hidden can be shown again.
 */
export { adoptStorage } from './adopt.ts';
export { catchingUp, catchUp, fillCatalog, fillCatalogInTurns, filling } from './catch-up.ts';
export { checkStorage, type CheckWish } from './check.ts';
export { believedMark, type ClockReading, type ClockVerdict, judgeClock } from './guards/clock.ts';
export { freezeFailure } from './guards/freeze-failure.ts';
export { LackBook } from './lack-book.ts';
export { lastMirrored, type MirrorSide, runMirror } from './mirror.ts';
export { purge, type Purged, returnFromTrash } from './purge.ts';
export { newSeed } from './rehearsal/draw.ts';
export { rehearse } from './rehearsal/rehearse.ts';
export { makeScratch, removeScratch } from './rehearsal/scratch.ts';
export { type RepairFindings, repairStorage } from './repair.ts';
export { applyPlan, reportOf } from './retention/apply.ts';
export { factsOf } from './retention/catalog-facts.ts';
export { planForgetting } from './retention/forget-source.ts';
export { commitActs, type Saying } from './retention/hiding.ts';
export { type JobRules, judgeJobs } from './retention/job-rules.ts';
export { isEmpty, planRemoval, type RemovalPlan } from './retention/plan.ts';
export { type Undone, undoRetention } from './retention/undo.ts';
export { duePacks, nextDueMs } from './scrub/due-packs.ts';
export type { ReadingBook } from './scrub/reading-book.ts';
export { endRound } from './scrub/round.ts';
export { readSlice } from './scrub/slice.ts';
export { type Verification, verificationOf } from './scrub/verification.ts';
export { type TrashBatch, type TrashSummary, trashSummary } from './trash-summary.ts';
export { verifyHead } from './verify-head.ts';
