import type { ActionId } from './ids.ts';

/** When something of a person's own is done: before the cycle, or after it, by how it ended. `always-after`: however, when it was stopped, too. */
export const actionMoments = ['before', 'after-success', 'after-warning', 'after-failure', 'always-after'] as const;
export type ActionMoment = (typeof actionMoments)[number];

/** What its failure does: `stop` keeps the run from beginning (before alone), `warn` makes it end with a warning, `ignore` is told only. */
export const actionFailures = ['stop', 'warn', 'ignore'] as const;
export type ActionFailure = (typeof actionFailures)[number];

/** A program, and what it is given, word by word: no shell reads it, unless a person wants one. */
export interface CommandDeed {
  readonly kind: 'command';
  readonly program: string;
  readonly arguments: readonly string[];
  /** The program is a line for the system's shell; the arguments are its `$1`, `$2`, … */
  readonly shell: boolean;
  /** Absolute; null: the person's home. */
  readonly folder: string | null;
}
export const webhookMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export interface WebhookDeed {
  readonly kind: 'webhook';
  readonly url: string;
  readonly method: (typeof webhookMethods)[number];
  /** Null: the value is a secret, which lies elsewhere. */
  readonly headers: readonly { readonly name: string; readonly value: string | null }[];
  /** With placeholders for facts: `{{job}}`. Empty: all facts, as JSON; with GET nothing. */
  readonly body: string;
  /** Whether the server has to prove who it is. */
  readonly verifiesTls: boolean;
}

/** Something of a person's own that a job does. */
export interface JobAction {
  readonly id: ActionId;
  /** One of a job's actions has it. */
  readonly name: string;
  readonly when: ActionMoment;
  readonly onFailure: ActionFailure;
  readonly timeoutSeconds: number;
  readonly isOn: boolean;
  readonly deed: CommandDeed | WebhookDeed;
  readonly secretsInKeychain: boolean;
}

export const usualTimeoutSeconds = 60;
export const longestTimeoutSeconds = 24 * 3600;
export const mostActions = 50;

/** What an action is told of the run: in its environment as `STRATA_JOB`, in a webhook's body as `{{job}}`. */
export const actionFacts = [
  'job',
  'run',
  'storage',
  'moment',
  'reason',
  'status',
  'failure',
  'items_new',
  'items_changed',
  'items_vanished',
  'items_failed',
  'bytes_read',
  'bytes_stored',
  'problems',
  'test',
] as const;
export type ActionFacts = Readonly<Record<(typeof actionFacts)[number], string>>;
