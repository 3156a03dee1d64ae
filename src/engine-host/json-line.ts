// The format is docs/format/local-socket.md, "Messages".

const startsWithDollar = (key: string): boolean => key.charCodeAt(0) === 0x24;

function writeValue(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  // A Buffer has already been through its own toJSON when it gets here: its holder still has the bytes.
  const original = this[key];
  if (original instanceof Uint8Array) {
    return { $bytes: Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('base64') };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (!Object.keys(value).some(startsWithDollar)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [startsWithDollar(name) ? `$${name}` : name, member]));
}

function readValue(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (!entries.some(([name]) => startsWithDollar(name))) return value;
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === '$bytes' && typeof first[1] === 'string') {
    const bytes = Buffer.from(first[1], 'base64');
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return Object.fromEntries(entries.map(([name, member]) => [startsWithDollar(name) ? name.slice(1) : name, member]));
}

/** One message as one line, without its line feed. Byte arrays survive; `undefined` members are left out. */
export const encodeLine = (message: unknown): string => JSON.stringify(message, writeValue);

/** Throws a SyntaxError for what is not JSON. */
export const decodeLine = (line: string): unknown =>
  // Walking every value costs several times the parsing; most lines hold neither bytes nor a dollar.
  JSON.parse(line, line.includes('"$') ? readValue : undefined);
