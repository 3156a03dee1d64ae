/**
 * The engine's only door, and its composition root: the one place that knows every room.
 * Promises that what it does needs no window, no Electron, and no more than one process per profile.
 */
export { type Engine, type EngineNotices, type EngineOptions, type NoticeListener, openEngine } from './service/engine.ts';
export type { ActRecord } from './service/act-record.ts';
export { usualPace } from './capture/index.ts';
export { changePreferences, readPreferences } from './service/preferences.ts';
export { preview, rawBytes } from './service/preview.ts';
export { textDifference } from './service/text-differences.ts';
export { findRun, listRuns, pauseRun, runLog, runProgress, stopRun } from './service/runs.ts';
export { readStatus } from './service/status.ts';
export { formatVersion } from './format/index.ts';
export type { Keychain } from './kernel/keychain.ts';
export type { Log } from './kernel/log.ts';
/** For what the host does in the profile before the engine is open. */
export { withFileFailure } from './kernel/file-failure.ts';
