/** What programs write into a message's header about the message in their folder. */
export interface StatusHeader {
  readonly flags: readonly string[];
  readonly keywords: readonly string[];
  /** Deleted by Thunderbird, which takes it out of the file when it next compacts the folder. */
  readonly isExpunged: boolean;
}

/** Written by the program that keeps the mbox; they change while the message stays the same. */
const status = new Set([
  ...['status', 'x-status', 'x-keywords', 'x-uid', 'x-imap', 'x-imapbase', 'content-length', 'lines'],
  ...['x-mozilla-status', 'x-mozilla-status2', 'x-mozilla-keys'],
]);

export interface SplitHeader {
  readonly status: StatusHeader;
  /** The header's fields that belong to the message itself, as they are. */
  readonly own: Buffer[];
}

export function splitHeader(header: Buffer): SplitHeader {
  const values = new Map<string, string>();
  const own: Buffer[] = [];
  for (const field of fieldsOf(header)) {
    const colon = field.indexOf(0x3a);
    const name = colon < 0 ? '' : field.toString('latin1', 0, Math.min(colon, 40)).trim().toLowerCase();
    if (!status.has(name)) own.push(field);
    else if (!values.has(name)) values.set(name, field.toString('latin1', colon + 1, colon + 1 + 4000).trim());
  }
  return { status: statusOf(values), own };
}

/** Each with the lines that continue it. */
function* fieldsOf(header: Buffer): Generator<Buffer> {
  for (let start = 0; start < header.length; ) {
    let end = start;
    do {
      const line = header.indexOf(0x0a, end);
      end = line < 0 ? header.length : line + 1;
    } while (end < header.length && (header[end] === 0x20 || header[end] === 0x09));
    yield header.subarray(start, end);
    start = end;
  }
}

const letters: readonly (readonly [field: string, letter: string, flag: string])[] = [
  ['status', 'R', '\\Seen'],
  ['x-status', 'A', '\\Answered'],
  ['x-status', 'F', '\\Flagged'],
  ['x-status', 'D', '\\Deleted'],
  ['x-status', 'T', '\\Draft'],
];
const mozilla: readonly (readonly [bit: number, flag: string])[] = [
  [0x0001, '\\Seen'],
  [0x0002, '\\Answered'],
  [0x0004, '\\Flagged'],
];
const expunged = 0x0008;
const forwarded = 0x1000;

function statusOf(values: ReadonlyMap<string, string>): StatusHeader {
  const bits = hex(values.get('x-mozilla-status'));
  const flags = new Set([
    ...letters.filter(([field, letter]) => values.get(field)?.includes(letter)).map(([, , flag]) => flag),
    ...mozilla.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag),
  ]);
  const keywords = new Set(
    [values.get('x-mozilla-keys'), values.get('x-keywords')].flatMap((text) => text?.split(/[\s,]+/) ?? []).filter(Boolean),
  );
  if ((bits & forwarded) !== 0) keywords.add('$Forwarded');
  return { flags: [...flags].sort(), keywords: [...keywords].sort().slice(0, 100), isExpunged: (bits & expunged) !== 0 };
}

const hex = (text: string | undefined): number =>
  text !== undefined && /^[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : 0;
