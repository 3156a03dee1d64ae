/**
 * The engine's only door, and its composition root: the one place that knows every room.
 * Promises that what it does needs no window, no Electron, and no more than one process per profile.
 */
export { type Engine, type EngineOptions, openEngine } from './service/engine.ts';
