/** A component of an object: its lines and what is in it, in no order. */
interface Component {
  readonly name: string;
  readonly lines: string[];
  readonly parts: Component[];
}

/**
 * Whether two objects say the same. Servers put lines into another order, fold them elsewhere, add the definitions of time zones,
 * and say who made the object; a restore says in it that no invitations are to be sent. None of that makes it another.
 */
export function isSameObject(one: Uint8Array, other: Uint8Array): boolean {
  if (Buffer.from(one).equals(other)) return true;
  const [left, right] = [parse(linesOf(one)), parse(linesOf(other))];
  const shared = new Set([...zonesOf(left)].filter((zone) => zonesOf(right).has(zone)));
  return shown(left, shared) === shown(right, shared);
}

/** Unfolded (RFC 5545, section 3.1). Every byte counts, so none is decoded. */
const linesOf = (bytes: Uint8Array): string[] =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => line !== '');

function parse(lines: Iterable<string>): Component {
  const root: Component = { name: '', lines: [], parts: [] };
  const open = [root];
  for (const line of lines) {
    const [head, value] = split(line);
    const at = open.at(-1) ?? root;
    if (head.toUpperCase() === 'BEGIN') {
      const part: Component = { name: value.trim().toUpperCase(), lines: [], parts: [] };
      at.parts.push(part);
      open.push(part);
    } else if (head.toUpperCase() === 'END') {
      if (open.length > 1) open.pop();
    } else {
      const [name = '', ...parameters] = parted(head, ';');
      if (name.toUpperCase() !== 'PRODID') at.lines.push(normal(name, parameters, value));
    }
  }
  return root;
}

function normal(name: string, parameters: readonly string[], value: string): string {
  const kept = parameters.filter((one) => !/^SCHEDULE-AGENT=/i.test(one)).map((one) => one.replaceAll('"', ''));
  return `${[name.toUpperCase(), ...kept.map((one) => one.replace(/^[^=]*/, (key) => key.toUpperCase())).sort()].join(';')}:${value.trimEnd()}`;
}

const split = (line: string): [head: string, value: string] => {
  const [head = ''] = parted(line, ':', 1);
  return [head, line.slice(head.length + 1)];
};

/** At a character that stands in no quotation marks. */
function parted(text: string, at: string, most = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length && parts.length < most; index++) {
    if (text[index] === '"') isQuoted = !isQuoted;
    if (isQuoted || text[index] !== at) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  return parts.length < most ? [...parts, text.slice(start)] : parts;
}

const zonesOf = (component: Component): Set<string> =>
  new Set([...zoneOf(component), ...component.parts.flatMap((part) => [...zonesOf(part)])]);

const zoneOf = ({ name, lines }: Component): string[] =>
  name === 'VTIMEZONE' ? lines.filter((line) => line.startsWith('TZID')) : [];

function shown(component: Component, zones: ReadonlySet<string>): string {
  const parts = component.parts.filter((part) => part.name !== 'VTIMEZONE' || zoneOf(part).some((zone) => zones.has(zone)));
  return JSON.stringify([component.name, [...component.lines].sort(), parts.map((part) => shown(part, zones)).sort()]);
}
