import { type ContentLine, contentLines, lineText } from './content-lines.ts';

/** What lies between `BEGIN` and `END`. */
export interface Component {
  /** In capitals: `VEVENT`. */
  readonly name: string;
  readonly lines: readonly ContentLine[];
  readonly components: readonly Component[];
  /** How many lines of a name there were, where not all were kept. */
  readonly counts: ReadonlyMap<string, number>;
}

interface Open extends Component {
  readonly lines: ContentLine[];
  readonly components: Open[];
  readonly counts: Map<string, number>;
}

const depthLimit = 20;
const componentLimit = 20_000;
/** Of one name in one component: a million attendees are counted, and a thousand of them kept. */
const sameNameLimit = 1000;
/** Of all names: so that nobody's private properties fill the memory. */
const propertyLimit = 10_000;

/** These never lie in one another, so that the next one ends what nobody ended. */
const separate = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VTIMEZONE', 'VAVAILABILITY', 'VCARD']);

/**
 * The components of a text, whatever is wrong with it: what was begun and not ended ends with the text, an end without a beginning
 * is passed over, and so is what lies deeper than anything real does.
 */
export function readComponents(bytes: Uint8Array, longestLineBytes?: number): readonly Component[] {
  const top = open('');
  const stack: Open[] = [top];
  let tooDeep = 0;
  let count = 0;
  for (const line of contentLines(bytes, longestLineBytes)) {
    const current = stack.at(-1) ?? top;
    if (line.name === 'BEGIN') {
      const name = valueOf(line);
      if (tooDeep > 0 || stack.length > depthLimit || count >= componentLimit) {
        tooDeep++;
        continue;
      }
      if (separate.has(name) && current.lines.at(-1)?.name !== 'AGENT') closeSeparate(stack);
      const begun = open(name);
      (stack.at(-1) ?? top).components.push(begun);
      stack.push(begun);
      count++;
    } else if (line.name === 'END') {
      if (tooDeep > 0) tooDeep--;
      else close(stack, valueOf(line));
    } else if (tooDeep === 0) {
      keep(current, line);
    }
  }
  return top.components;
}

const open = (name: string): Open => ({ name, lines: [], components: [], counts: new Map() });

const valueOf = (line: ContentLine): string => {
  const text = lineText(line);
  return text
    .slice(text.indexOf(':') + 1, 200)
    .trim()
    .toUpperCase();
};

function closeSeparate(stack: Open[]): void {
  const at = stack.findIndex(({ name }) => separate.has(name));
  if (at >= 0) stack.length = at;
}

function close(stack: Open[], name: string): void {
  const at = stack.findLastIndex((component) => component.name === name);
  if (at > 0) stack.length = at;
}

function keep({ lines, counts }: Open, line: ContentLine): void {
  const same = (counts.get(line.name) ?? 0) + 1;
  if (same === 1 && counts.size >= propertyLimit) return;
  counts.set(line.name, same);
  if (same <= sameNameLimit && lines.length < propertyLimit) lines.push(line);
}

/** All components of one of the names, however deep, in their order. */
export function componentsNamed(components: readonly Component[], names: ReadonlySet<string>): Component[] {
  return components.flatMap((component) => [
    ...(names.has(component.name) ? [component] : []),
    ...componentsNamed(component.components, names),
  ]);
}
