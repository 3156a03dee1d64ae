import { failure } from './values.ts';
import { z } from './z.ts';

/** What the main process says to the engine's process. Calls and notices travel on ports of their own. */
export const toEngineProcess = z.discriminatedUnion('type', [
  /** Comes with one end of a MessageChannel; a client of the contract holds the other. */
  z.object({ type: z.literal('port') }),
  /** Ends the process: `finish-item` after the items at hand, `now` without. Both keep all that was committed. */
  z.object({ type: z.literal('close'), how: z.enum(['finish-item', 'now']) }),
]);
export type ToEngineProcess = z.output<typeof toEngineProcess>;

export const fromEngineProcess = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The engine cannot be opened, and trying again at once would not help. The process ends after it. */
  z.object({ type: z.literal('failed'), failure }),
]);
export type FromEngineProcess = z.output<typeof fromEngineProcess>;

/** Exit codes of the engine's process. Any other one is a crash. */
export const engineExit = {
  closed: 0,
  /** Said why with `failed`. */
  failed: 1,
  /** A bug: sysexits' EX_SOFTWARE. */
  bug: 70,
  /** Another process held the profile and has now given it up: start again at once (EX_TEMPFAIL). */
  seatIsFree: 75,
} as const;
