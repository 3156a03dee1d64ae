/** Whether a path, relative to the root that the patterns belong to and with `/`, is left out. */
export type Ignores = (path: string, isDirectory: boolean) => boolean;

interface Rule {
  readonly line: string;
  readonly reIncludes: boolean;
  readonly onlyDirectories: boolean;
  /** Holds against the whole path; else against the last name, wherever it is. */
  readonly anchored: boolean;
  readonly matches: (text: string) => boolean;
}

/**
 * Patterns as in a .gitignore file at the root (gitignore(5)); the last one that matches decides.
 * To be asked from the top down and not below what was left out: then, as with git, nothing below it can come back.
 */
export function compileIgnores(patterns: readonly string[]): Ignores {
  const deciding = compileDeciding(patterns);
  return (path, isDirectory) => deciding(path, isDirectory) !== undefined;
}

/** The same, by the pattern that leaves it out. */
export function compileDeciding(patterns: readonly string[]): (path: string, isDirectory: boolean) => string | undefined {
  // The last match decides, so the search begins at the end.
  const rules = patterns.flatMap((line) => parseRule(line) ?? []).reverse();
  if (rules.length === 0) return () => undefined;
  return (path, isDirectory) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (const rule of rules) {
      if (rule.onlyDirectories && !isDirectory) continue;
      if (rule.matches(rule.anchored ? path : name)) return rule.reIncludes ? undefined : rule.line;
    }
    return undefined;
  };
}

function parseRule(line: string): Rule | undefined {
  // Trailing spaces do not count unless the last of them is escaped.
  let pattern = line.replace(/\r$/, '').replace(/((?:^|[^\\])(?:\\\\)*(?:\\ )?) *$/, '$1');
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  const reIncludes = pattern.startsWith('!');
  if (reIncludes) pattern = pattern.slice(1);
  const onlyDirectories = pattern.endsWith('/');
  if (onlyDirectories) pattern = pattern.slice(0, -1);
  const anchored = pattern.includes('/');
  if (pattern.startsWith('/')) pattern = pattern.slice(1);
  if (pattern === '') return undefined;
  return { line, reIncludes, onlyDirectories, anchored, matches: matcher(pattern) };
}

function matcher(pattern: string): (text: string) => boolean {
  if (!/[*?[\\]/.test(pattern)) return (text) => text === pattern;
  const source = globSource(pattern);
  if (source === undefined) return () => false; // never closed: git takes that for no match, too
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(text);
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const literalInClass = (text: string): string => text.replace(/[\\^[\]-]/g, '\\$&');

/** Adjacent stars are merged, so that no pattern needs more than polynomial time. */
function globSource(pattern: string): string | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const step = doubleStar(pattern, at) ?? singleStep(rest);
    if (step === undefined) return undefined;
    source += step.source;
    at += step.length;
  }
  return source;
}

interface Step {
  readonly source: string;
  readonly length: number;
}

/** Two stars or more mean any number of folders only where they stand between slashes or at an end. */
function doubleStar(pattern: string, at: number): Step | undefined {
  if (at > 0 && pattern[at - 1] !== '/') return undefined;
  const folders = /^(?:\*{2,}\/)+/.exec(pattern.slice(at));
  if (folders !== null) return { source: '(?:[^/]+/)*', length: folders[0].length };
  const end = /^\*{2,}$/.exec(pattern.slice(at));
  return end === null ? undefined : { source: at === 0 ? '.*' : '.+', length: end[0].length };
}

function singleStep(rest: string): Step | undefined {
  const stars = /^\*+/.exec(rest);
  if (stars !== null) return { source: '[^/]*', length: stars[0].length };
  if (rest.startsWith('?')) return { source: '[^/]', length: 1 };
  if (rest.startsWith('[')) return bracket(rest);
  const escaped = rest.startsWith('\\');
  const character = String.fromCodePoint(rest.codePointAt(escaped ? 1 : 0) ?? 0x5c);
  if (escaped && rest.length === 1) return undefined; // ends in a lone backslash: matches nothing
  return { source: literal(character), length: character.length + (escaped ? 1 : 0) };
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f:-@\\x5b-\\x60\\x7b-\\x7e',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

function bracket(rest: string): Step | undefined {
  const negated = rest[1] === '!' || rest[1] === '^';
  let at = negated ? 2 : 1;
  let members = '';
  for (let first = true; first || rest[at] !== ']'; first = false) {
    const member = bracketMember(rest, at);
    if (member === undefined) return undefined;
    members += member.source;
    at += member.length;
  }
  const source = negated ? `[^/${members}]` : `(?!/)[${members}]`;
  return { source, length: at + 1 };
}

function bracketMember(rest: string, at: number): Step | undefined {
  const named = /^\[:([a-z]+):\]/.exec(rest.slice(at));
  if (named !== null) {
    const source = classes[named[1] ?? ''];
    return source === undefined ? undefined : { source, length: named[0].length };
  }
  const from = bracketCharacter(rest, at);
  if (from === undefined) return undefined;
  const dash = at + from.length;
  const to = rest[dash] === '-' && rest[dash + 1] !== ']' ? bracketCharacter(rest, dash + 1) : undefined;
  if (to === undefined) return { source: literalInClass(from.character), length: from.length };
  // A range that runs backwards holds its first character only: git's own quirk.
  const isBackwards = (from.character.codePointAt(0) ?? 0) > (to.character.codePointAt(0) ?? 0);
  const source = literalInClass(from.character) + (isBackwards ? '' : `-${literalInClass(to.character)}`);
  return { source, length: from.length + 1 + to.length };
}

function bracketCharacter(rest: string, at: number): { readonly character: string; readonly length: number } | undefined {
  const escaped = rest[at] === '\\';
  const code = rest.codePointAt(escaped ? at + 1 : at);
  if (code === undefined) return undefined;
  const character = String.fromCodePoint(code);
  return { character, length: character.length + (escaped ? 1 : 0) };
}
