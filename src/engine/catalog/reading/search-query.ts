import { type ItemKind, itemKinds } from '../../../shared/domain/item.ts';

export interface SearchTerm {
  readonly text: string;
  readonly column: 'title' | 'sender' | 'recipient' | 'text' | null;
  /** Was quoted: the words as they are, in this order. Otherwise the last of them is a beginning. */
  readonly exact: boolean;
}

/** What a person typed into the search field. All of it must hold. */
export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
  /** Names or paths of folders; what is below counts. */
  readonly folders: readonly string[];
  readonly beforeMs: number | null;
  readonly fromMs: number | null;
  readonly largerThanBytes: number | null;
  readonly hasAttachment: boolean;
  readonly kind: ItemKind | null;
  readonly isVanished: boolean;
}

type Draft = { -readonly [Key in keyof SearchQuery]: SearchQuery[Key] };

const columns = { from: 'sender', to: 'recipient', subject: 'title', body: 'text' } as const;
const kindNames: Readonly<Record<string, ItemKind>> = {
  ...Object.fromEntries(itemKinds.map((kind) => [kind, kind])),
  mail: 'message',
};

/** Takes the value of an operator into the query; false: it means nothing, and is searched for like any other word. */
const operators: Readonly<Record<string, (query: Draft, value: string) => boolean>> = {
  in: (query, value) => {
    query.folders = [...query.folders, value];
    return true;
  },
  before: (query, value) => takeTime(value, (time) => (query.beforeMs = Math.min(time, query.beforeMs ?? time))),
  after: (query, value) => takeTime(value, (time) => (query.fromMs = Math.max(time, query.fromMs ?? time))),
  larger: (query, value) => {
    const bytes = parseSize(value);
    if (bytes === undefined) return false;
    query.largerThanBytes = Math.max(bytes, query.largerThanBytes ?? bytes);
    return true;
  },
  has: (query, value) => {
    if (value !== 'attachment') return false;
    query.hasAttachment = true;
    return true;
  },
  kind: (query, value) => {
    const kind = kindNames[value];
    if (kind === undefined) return false;
    query.kind = kind;
    return true;
  },
  is: (query, value) => {
    if (value !== 'vanished') return false;
    query.isVanished = true;
    return true;
  },
};

/** `word`, `"some words"`, `operator:word`, `operator:"some words"`, `operator:`; a quotation that does not end goes to the end. */
const pieces = /(?:([a-z]+):)?(?:"([^"]*)"?|(\S+)|(?<=:))/giu;

/**
 * Never fails: people search while they type, so a half-typed operator is nothing yet, and an operator that nobody knows
 * is a word.
 */
export function parseSearch(text: string): SearchQuery {
  const query: Draft = {
    terms: [],
    folders: [],
    beforeMs: null,
    fromMs: null,
    largerThanBytes: null,
    hasAttachment: false,
    kind: null,
    isVanished: false,
  };
  for (const [piece, operator, quoted, word] of text.matchAll(pieces)) {
    takePiece(query, piece, operator?.toLowerCase(), quoted ?? word ?? '', quoted !== undefined);
  }
  return query;
}

function takePiece(query: Draft, piece: string, operator: string | undefined, value: string, exact: boolean): void {
  if (operator !== undefined && Object.hasOwn(operators, operator)) {
    if (value === '' || operators[operator]?.(query, exact ? value : value.toLowerCase()) === true) return;
  }
  if (operator !== undefined && Object.hasOwn(columns, operator)) {
    return addTerm(query, value, columns[operator as keyof typeof columns], exact);
  }
  addTerm(query, operator === undefined ? value : piece, null, exact);
}

/** What has no letter and no digit is not in the index of words either. */
function addTerm(query: Draft, text: string, column: SearchTerm['column'], exact: boolean): void {
  if (/[\p{L}\p{N}\p{Co}]/u.test(text)) query.terms = [...query.terms, { text, column, exact }];
}

/** `2025`, `2025-03`, `2025-03-01`: the first moment of it in local time. `before` is before that, `after` is from then on. */
function takeTime(value: string, take: (timeMs: number) => void): boolean {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(year, month - 1, day);
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return false;
  take(date.getTime());
  return true;
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** `500`, `20k`, `1.5MB`: thousands, as sizes are shown. */
function parseSize(value: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kmgt]?)b?$/.exec(value);
  const unit = units[match?.[2] ?? ''];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}
