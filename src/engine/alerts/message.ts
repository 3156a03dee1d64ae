import type { Alert } from '../../shared/domain/alert.ts';

/** What a channel carries. */
export interface Message {
  /** The same at each try, so that who gets it twice can tell. */
  readonly id: string;
  /** More than one: a digest, oldest first. */
  readonly alerts: readonly Alert[];
  readonly title: string;
  readonly text: string;
  /** The last lines of the run's log, for who counts runs. */
  readonly log: string;
}

/** How alerts are put into a person's words: whoever opens the engine knows the language. */
export type AlertWords = (alerts: readonly Alert[]) => Pick<Message, 'title' | 'text'>;
