import type { PlaceRule } from '../../../src/shared/domain/run.ts';
import { type Moment, type Place, spot, type Thing } from './place.ts';

export interface Restored {
  readonly before: Moment;
  /** With the folders that they go to. */
  readonly wanted: readonly Thing[];
  readonly after: Moment;
  readonly rule: PlaceRule;
}

type Kind = Pick<Place, 'holdsBoth' | 'isSame' | 'plain'>;

/** What is not as the rule has it, in words; nothing: all is. */
export function faults(kind: Kind, restored: Restored): string[] {
  const { rule } = restored;
  const groups = new Map<string, Group>();
  const group = ({ folder, name }: Thing): Group => {
    const key = `${folder} ${name}`;
    const found = groups.get(key) ?? { before: [], wanted: [], after: [] };
    groups.set(key, found);
    return found;
  };
  for (const thing of restored.before.things) group(thing).before.push(thing);
  for (const thing of restored.wanted) group(thing).wanted.push(thing);
  const strays: Thing[] = [];
  for (const thing of restored.after.things) {
    const isBeside = !kind.holdsBoth && !groups.has(`${thing.folder} ${thing.name}`);
    if (isBeside) strays.push(kind.plain(thing));
    else group(thing).after.push(thing);
  }
  const surplus = rule === 'keep-both' ? [] : strays.map(({ folder, name }) => `${folder} ${name}: nothing has it there`);
  const found = [...groups].flatMap(([key, one]) => {
    const beside = strays.filter((stray) => key === `${stray.folder} ${stray.name}`);
    const own = kind.holdsBoth ? amongSeveral(kind, one, rule) : aloneInPlace(kind, one, rule, beside);
    return own.map((fault) => `${key}: ${fault}${shown(one)}`);
  });
  return [...surplus, ...found];
}

interface Emptying {
  readonly before: Moment;
  /** As it was backed up last, and as it is to be. */
  readonly last: Moment;
  readonly wanted: readonly Thing[];
  isEmptied(folder: string): boolean;
}

/** What is removed first, and what stays because it is wanted just so: only what was backed up, and is as it was then. */
export function emptied({ before, last, wanted, isEmptied }: Emptying): { readonly gone: Thing[]; readonly same: Thing[] } {
  const [saved, back] = [inPlaces(last.things), inPlaces(wanted)];
  const found = { gone: [] as Thing[], same: [] as Thing[] };
  for (const thing of before.things) {
    const isIn = (all: ReadonlyMap<string, Thing>): boolean => isEqual(all.get(spot(thing)), thing);
    if (isEmptied(thing.folder) && isIn(saved)) found[isIn(back) ? 'same' : 'gone'].push(thing);
  }
  return found;
}

const inPlaces = (things: readonly Thing[]): ReadonlyMap<string, Thing> => new Map(things.map((thing) => [spot(thing), thing]));

interface Group {
  readonly before: Thing[];
  readonly wanted: Thing[];
  readonly after: Thing[];
}

/** Of one name there is one: exactly what stands there afterwards is known. */
function aloneInPlace(kind: Kind, { before, wanted, after }: Group, rule: PlaceRule, beside: readonly Thing[]): string[] {
  const [there] = before;
  const [mine] = wanted;
  const stands = mine === undefined ? there : there === undefined ? mine : standing(kind, there, mine, rule);
  const isRight = after.length === 1 && stands !== undefined && isEqual(after[0], stands);
  if (!isRight) return ['something else stands there'];
  const goesBeside = rule === 'keep-both' && there !== undefined && mine !== undefined && !kind.isSame(there, mine);
  if (!goesBeside) return [];
  const plain = kind.plain(mine);
  return beside.some((one) => one.content === plain.content) ? [] : ['nothing is beside it'];
}

function standing(kind: Kind, there: Thing, mine: Thing, rule: PlaceRule): Thing {
  if (kind.isSame(there, mine)) return there;
  const isOlder = there.timeMs !== undefined && mine.timeMs !== undefined && there.timeMs < mine.timeMs;
  const givesWay = rule === 'replace' || (rule === 'changed' && there.content !== mine.content) || (rule === 'newer' && isOlder);
  return givesWay ? mine : there;
}

/** Of one name there can be several: how many come and go is known, and that each is one of those that may. */
function amongSeveral(kind: Kind, { before, wanted, after }: Group, rule: PlaceRule): string[] {
  const content = ({ content }: Thing): string => content;
  const all = ({ content, rest }: Thing): string => `${rest}\n${content}`;
  const [freeBefore, freeWanted] = [without(before, wanted, content), without(wanted, before, content)];
  const [added, removed] = [without(after, before, all), without(before, after, all)];
  const pairs = Math.min(freeBefore.length, freeWanted.length);
  const found: string[] = [];
  const gave = rule === 'replace' || rule === 'changed' ? pairs : rule === 'newer' ? removed.length : 0;
  if (removed.length !== gave || gave > pairs) found.push(`${removed.length} gave way`);
  const skipped = rule === 'keep-both' ? 0 : pairs - gave;
  if (added.length !== freeWanted.length - skipped) found.push(`${added.length} were made`);
  if (without(removed, freeBefore, content).length > 0) found.push('another one gave way');
  if (without(added, freeWanted, content).length > 0) found.push('another one was made');
  if (without(added, wanted, all).length > 0) found.push('one has other flags, or another date');
  if (rule === 'newer' && freeBefore.length === 1 && freeWanted.length === 1) {
    const isNewer = (freeBefore[0]?.timeMs ?? 0) < (freeWanted[0]?.timeMs ?? 0);
    if (isNewer !== (removed.length === 1)) found.push('the newer one does not stand there');
  }
  return found;
}

/** What is left of `things` when each of the others took one of its kind away. */
function without(things: readonly Thing[], others: readonly Thing[], by: (thing: Thing) => string): Thing[] {
  const left = others.map(by);
  return things.filter((thing) => {
    const at = left.indexOf(by(thing));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const isEqual = (one: Thing | undefined, other: Thing): boolean => one?.content === other.content && one.rest === other.rest;

const shown = ({ before, wanted, after }: Group): string =>
  Object.entries({ before, wanted, after })
    .map(
      ([when, things]) =>
        `\n  ${when}: ${things.map(({ rest, content }) => `${rest} ${content.length} ${content.slice(-40)}`).join(' | ')}`,
    )
    .join('');

/** Folder → where it is afterwards: where it is now, by what it is called, or anew. */
export function landing(wanted: Moment, there: Moment, isBack: boolean): ReadonlyMap<string, string> {
  const titles = new Map([...there.folders].map(([folder, title]) => [title, folder]));
  return new Map(
    [...wanted.folders].map(([folder, title]) => {
      if (isBack && there.folders.has(folder)) return [folder, folder];
      return [folder, titles.get(title) ?? freeName(folder, there)];
    }),
  );
}

function freeName(folder: string, { folders }: Moment): string {
  for (let number = 2; ; number += 1) {
    const name = number === 2 && !folders.has(folder) ? folder : `${folder}-${number}`;
    if (!folders.has(name)) return name;
  }
}
