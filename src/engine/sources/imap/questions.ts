/** A word of a command or an answer, as imapflow's parser gives it; null is NIL. */
export type Token = null | { readonly type: string; readonly value: unknown } | readonly Token[];

/** A question about a folder, or about all of them, that is not one about messages. None of these commands can change anything. */
export interface Question {
  readonly command: 'GETMETADATA' | 'GETACL' | 'MYRIGHTS' | 'GETQUOTAROOT' | 'LIST';
  /** The untagged answers that count. */
  readonly answer: 'METADATA' | 'ACL' | 'MYRIGHTS' | 'QUOTA' | 'STATUS';
  /** What stands before and behind the folder. */
  readonly before: readonly Token[];
  readonly after: readonly Token[];
}

const atom = (value: string): Token => ({ type: 'ATOM', value });
const string = (value: string): Token => ({ type: 'STRING', value });

/** An annotation above this is not sent, whatever the server holds. */
const annotationBytes = '65536';

export const questions = {
  /** RFC 5464: everything below both roots. */
  annotations: {
    command: 'GETMETADATA',
    answer: 'METADATA',
    before: [[atom('MAXSIZE'), atom(annotationBytes), atom('DEPTH'), atom('infinity')]],
    after: [[string('/shared'), string('/private')]],
  },
  /** RFC 4314: what the one who asks may do. */
  rights: { command: 'MYRIGHTS', answer: 'MYRIGHTS', before: [], after: [] },
  /** RFC 4314: who may do what; told to administrators of the folder only. */
  accessList: { command: 'GETACL', answer: 'ACL', before: [], after: [] },
  /** RFC 9208. */
  quota: { command: 'GETQUOTAROOT', answer: 'QUOTA', before: [], after: [] },
  /** RFC 8474 by way of RFC 5819: of all folders at once. */
  mailboxIds: {
    command: 'LIST',
    answer: 'STATUS',
    before: [string('')],
    after: [atom('RETURN'), [atom('STATUS'), [atom('MAILBOXID')]]],
  },
} as const satisfies Record<string, Question>;

/** A word as text; undefined where it is none. What is not UTF-8 has marks in the place of what is wrong. */
export function textOf(token: Token | undefined): string | undefined {
  if (token === null || token === undefined || isList(token)) return undefined;
  const { value } = token;
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : undefined;
}

export const isList = (token: Token | undefined): token is readonly Token[] => Array.isArray(token);
