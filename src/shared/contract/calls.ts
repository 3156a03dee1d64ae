import type { Failure } from '../domain/strata-error.ts';
import { actionCalls } from './actions.ts';
import { alertCalls } from './alerts.ts';
import { appCalls } from './app.ts';
import { browseCalls } from './browse.ts';
import { jobCalls, runCalls, statusCalls } from './jobs.ts';
import { mirrorCalls } from './mirrors.ts';
import { restoreCalls } from './restore.ts';
import { recordCalls } from './record.ts';
import { removalCalls } from './retention.ts';
import { signInCalls } from './sign-in.ts';
import { sourceCalls } from './sources.ts';
import { storageCalls } from './storages.ts';
import { setupCalls } from './setup.ts';
import { surveyCalls } from './surveys.ts';
import { upkeepCalls } from './upkeep.ts';
import type { z } from './z.ts';

/**
 * All that a shell (window, command line, test) can ask of the engine. Both ends are derived from this map:
 * a new call is one entry here and one handler in `engine-host`, and forgetting the handler does not compile.
 */
export const calls = {
  ...appCalls,
  ...storageCalls,
  ...mirrorCalls,
  ...upkeepCalls,
  ...sourceCalls,
  ...signInCalls,
  ...jobCalls,
  ...surveyCalls,
  ...runCalls,
  ...statusCalls,
  ...browseCalls,
  ...restoreCalls,
  ...removalCalls,
  ...alertCalls,
  ...actionCalls,
  ...recordCalls,
  ...setupCalls,
} as const;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
/** What a handler receives: parsed, with branded ids. */
export type CallArguments<Name extends CallName> = z.output<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

export type Reply<Name extends CallName> =
  | { readonly ok: true; readonly value: CallOutput<Name> }
  | { readonly ok: false; readonly failure: Failure };

export type Handlers = { readonly [Name in CallName]: (input: CallArguments<Name>) => Promise<CallOutput<Name>> };
