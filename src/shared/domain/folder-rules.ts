import type { Choice, FolderRule, FolderUse } from './choice.ts';

type Path = readonly string[];

interface Compiled {
  readonly rule: FolderRule;
  readonly takesBack: boolean;
  readonly steps: readonly Step[];
}
const anyText = Symbol('*');
const anyCharacter = Symbol('?');
type Sign = string | typeof anyText | typeof anyCharacter;
/** One name, or any number of folders. */
type Step = '**' | readonly Sign[];

/** Rules about folders, in order: the last one that fits decides. */
export class FolderRules {
  readonly #rules: readonly Compiled[];

  constructor(rules: readonly FolderRule[]) {
    this.#rules = rules.filter(({ path }) => path.replace(/^!/, '') !== '').map(compile);
  }

  /** Some rule names something, and not only what is taken back. */
  get names(): boolean {
    return this.#rules.some(({ takesBack }) => !takesBack);
  }

  /** Undefined: none fits. */
  deciding(folder: Path): { readonly rule: FolderRule; readonly takesBack: boolean } | undefined {
    return this.#rules.findLast((rule) => fits(rule, folder));
  }

  /** A rule of this kind may fit something below the folder. */
  mayFitBelow(folder: Path, takesBack: boolean): boolean {
    return this.#rules.some((rule) => rule.takesBack === takesBack && leadsBelow(rule.steps, folder));
  }
}

/**
 * `taken`: with what is directly in it. `passed`: nothing in it, but something below it may be taken. `skipped`: with all below it.
 */
export interface FolderVerdict {
  readonly verdict: 'taken' | 'passed' | 'skipped';
  /** What decided against it. */
  readonly by?: { readonly use: FolderUse } | { readonly rule: FolderRule } | 'not-among';
}

/** Whether a choice takes a folder, by its names and by what it is for. */
export class FolderJudge {
  readonly #only: FolderRules;
  readonly #skip: FolderRules;
  readonly #uses: ReadonlySet<FolderUse>;

  constructor({ only, skip, skipUses }: Pick<Choice, 'only' | 'skip' | 'skipUses'>) {
    this.#only = new FolderRules(only);
    this.#skip = new FolderRules(skip);
    this.#uses = new Set(skipUses);
  }

  /** @param uses its own and those of the folders that it lies in. */
  verdict(names: readonly string[], uses: Iterable<FolderUse>): FolderVerdict {
    for (const use of uses) if (this.#uses.has(use)) return { verdict: 'skipped', by: { use } };
    const path = pathOf(names);
    const only = this.#only.deciding(path);
    if (this.#only.names ? only?.takesBack !== false : only?.takesBack === true) {
      const by = only === undefined ? ('not-among' as const) : { rule: only.rule };
      return { verdict: this.#only.mayFitBelow(path, false) ? 'passed' : 'skipped', by };
    }
    const skip = this.#skip.deciding(path);
    if (skip === undefined || skip.takesBack) return { verdict: 'taken' };
    const endsHere = skip.rule.subfolders && !this.#skip.mayFitBelow(path, true);
    return { verdict: endsHere ? 'skipped' : 'passed', by: { rule: skip.rule } };
  }

  /** Some rule leaves out something below a folder that is taken itself. */
  maySkipBelow(names: readonly string[]): boolean {
    return this.#skip.mayFitBelow(pathOf(names), false);
  }

  /** The rules that decide of a folder, whichever way. */
  deciding(names: readonly string[]): readonly FolderRule[] {
    const path = pathOf(names);
    return [this.#only, this.#skip].flatMap((rules) => rules.deciding(path)?.rule ?? []);
  }
}

/** Names may hold a `/` themselves: it counts as one that parts names. */
export const pathOf = (names: readonly string[]): Path => (names.length === 0 ? [] : names.join('/').split('/'));

function compile(rule: FolderRule): Compiled {
  const takesBack = rule.path.startsWith('!');
  const steps = (takesBack ? rule.path.slice(1) : rule.path).replace(/(?<=[^/])\/+$/, '').split('/');
  return { rule, takesBack, steps: steps.map(stepOf) };
}

/** A `\\` takes its meaning from the character after it. */
function stepOf(text: string): Step {
  if (text === '**') return '**';
  const step: Sign[] = [];
  for (const [found] of text.matchAll(/\\.|\*+|\?|./gsu)) {
    if (found.startsWith('*')) step.push(anyText);
    else if (found === '?') step.push(anyCharacter);
    else step.push(found.length > 1 && found.startsWith('\\') ? found.slice(1) : found);
  }
  return step;
}

/** Goes back to the last star only: never more than the product of both lengths. */
function isName(step: readonly Sign[], name: string): boolean {
  const characters = [...name];
  let at = 0;
  let place = 0;
  let star: { readonly step: number; readonly from: number } | undefined;
  while (place < characters.length) {
    const sign = step[at];
    if (sign === anyText) star = { step: at++, from: place };
    else if (sign === anyCharacter || (sign !== undefined && sign === characters[place])) {
      at += 1;
      place += 1;
    } else if (star === undefined) return false;
    else {
      star = { step: star.step, from: star.from + 1 };
      at = star.step + 1;
      place = star.from;
    }
  }
  return step.slice(at).every((sign) => sign === anyText);
}

function fits({ rule, steps }: Compiled, folder: Path): boolean {
  if (!rule.subfolders) return isFit(steps, folder);
  for (let length = folder.length; length > 0; length -= 1) if (isFit(steps, folder.slice(0, length))) return true;
  return false;
}

/** The same as with names, one storey higher: a name for a character. At the end `**` means something below. */
function isFit(steps: readonly Step[], folder: Path): boolean {
  const reached = new Set([0]);
  for (const [at, step] of steps.entries()) {
    const before = [...reached];
    reached.clear();
    for (const from of before) {
      const name = folder[from];
      if (step !== '**') {
        if (name !== undefined && isName(step, name)) reached.add(from + 1);
        continue;
      }
      const least = at === steps.length - 1 ? 1 : 0;
      for (let to = from + least; to <= folder.length; to += 1) reached.add(to);
    }
  }
  return reached.has(folder.length);
}

function leadsBelow(steps: readonly Step[], folder: Path): boolean {
  for (const [at, name] of folder.entries()) {
    const step = steps[at];
    if (step === '**') return true;
    if (step === undefined || !isName(step, name)) return false;
  }
  return steps.length > folder.length;
}
