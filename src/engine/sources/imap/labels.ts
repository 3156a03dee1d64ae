import { flagsRevision, type MessageFlags, sortFlags } from '../message-flags.ts';
import type { FetchedMessage } from './fetch-answer.ts';

/** What of a message changes without its bytes: flags, and labels where the server has them (X-GM-EXT-1). */
export interface MessageMarks extends MessageFlags {
  /** As the server spells them, sorted. The one of the folder in which the message was seen is not among them. */
  readonly labels?: readonly string[];
}

export function marksOf({ flags = new Set(), labels }: Pick<FetchedMessage, 'flags' | 'labels'>): MessageMarks {
  return { ...sortFlags(flags), ...(labels === undefined ? {} : { labels: [...labels].sort() }) };
}

/** The same as without labels where there are none, so that no message of another server seems to have changed. */
export const marksRevision = ({ labels, ...flags }: MessageMarks): string =>
  labels === undefined ? flagsRevision(flags) : `${flagsRevision(flags)} ${JSON.stringify(labels)}`;
