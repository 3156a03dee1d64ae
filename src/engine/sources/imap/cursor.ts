import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';

/** What a server says of a mailbox as a whole (RFC 3501, section 2.3.1; RFC 7162). */
export interface MailboxState {
  /** While it is the same, a UID names the same message. */
  readonly uidValidity: string;
  /** Above every UID there is; null where the server does not say. */
  readonly uidNext: number | null;
  /** Grows with every change, also of flags; null without CONDSTORE. */
  readonly highestModseq: string | null;
  readonly messages: number;
}

/** What the server said of the folder beside its messages, and when it was asked. */
export interface AskedProperties {
  readonly askedMs: number;
  readonly properties: JsonObject;
}

/** A state that a later walk can go on from. */
export interface ImapCursor extends MailboxState {
  readonly uidNext: number;
  readonly asked?: AskedProperties;
}

/** Undefined when the server says too little to go on from. */
export function toCursor(state: MailboxState, asked?: AskedProperties): JsonObject | undefined {
  const { uidValidity, uidNext, highestModseq, messages } = state;
  if (uidNext === null) return undefined;
  return { uidValidity, uidNext, highestModseq, messages, ...(asked === undefined ? {} : { asked: { ...asked } }) };
}

/** Undefined for anything that this version did not write. */
export function fromCursor(value: JsonValue | undefined): ImapCursor | undefined {
  if (!isObject(value)) return undefined;
  const { uidValidity, uidNext, highestModseq, messages } = value as Partial<Record<keyof ImapCursor, JsonValue>>;
  if (typeof uidValidity !== 'string' || !isCount(uidNext) || !isCount(messages)) return undefined;
  if (highestModseq !== null && typeof highestModseq !== 'string') return undefined;
  const asked = fromAsked(value['asked']);
  return { uidValidity, uidNext, highestModseq, messages, ...(asked === undefined ? {} : { asked }) };
}

function fromAsked(value: JsonValue | undefined): AskedProperties | undefined {
  if (!isObject(value)) return undefined;
  const { askedMs, properties } = value;
  return typeof askedMs === 'number' && isObject(properties) ? { askedMs, properties } : undefined;
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);

/** Only a mod-sequence proves that no flag changed; without one nothing is ever known to be unchanged. */
export function isUnchanged(known: ImapCursor, now: MailboxState): boolean {
  return (
    canContinue(known, now) &&
    known.highestModseq === now.highestModseq &&
    known.uidNext === now.uidNext &&
    known.messages === now.messages
  );
}

/** Whether the server can say what changed since. */
export function canContinue(known: ImapCursor, now: MailboxState): boolean {
  return known.uidValidity === now.uidValidity && known.highestModseq !== null && now.highestModseq !== null;
}

const isCount = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;
