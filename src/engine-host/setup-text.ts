import { isAlias, LineCounter, parseDocument, stringify, visit, type Document } from 'yaml';
import { mostSetupBytes, setup } from '../shared/contract/setup.ts';
import type { Setup } from '../shared/domain/setup.ts';
import { StrataError } from '../shared/domain/strata-error.ts';

type Path = readonly PropertyKey[];

/** Reads a setup file as strictly as it can be read: whatever is not understood is refused with its line. */
export function parseSetup(text: string): Setup {
  if (Buffer.byteLength(text) > mostSetupBytes)
    throw new StrataError('setup.too-large', 'after-user-action', { bytes: mostSetupBytes });
  const lines = new LineCounter();
  const document = documentOf(text, lines);
  const lineAt = (path: Path): number => lineOf(document, lines, path);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const read = setup.safeParse(value);
  if (!read.success) {
    const path = deepest(read.error.issues);
    throw new StrataError('setup.wrong-value', 'after-user-action', { line: lineAt(path), field: fieldOf(path) });
  }
  const unknown = firstUnknown(value, read.data, []);
  if (unknown !== undefined)
    throw new StrataError('setup.unknown-field', 'after-user-action', { line: lineAt(unknown), field: fieldOf(unknown) });
  return read.data;
}

/** In the order of the contract, so that the same setup is the same text. */
export function setupText(value: Setup): string {
  return stringify(setup.parse(value), { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: false });
}

function documentOf(text: string, lines: LineCounter): Document.Parsed {
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, lineCounter: lines, prettyErrors: false });
  } catch (cause) {
    // What is nested more deeply than a stack is deep.
    throw new StrataError('setup.unreadable', 'after-user-action', { line: 1 }, { cause });
  }
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) {
    const { line } = lines.linePos(wrong.pos[0]);
    throw new StrataError('setup.unreadable', 'after-user-action', { line }, { cause: wrong });
  }
  visit(document, {
    Node(_, node) {
      const marked = isAlias(node) || ('anchor' in node && node.anchor !== undefined) || node.tag?.startsWith('!') === true;
      if (!marked) return;
      throw new StrataError('setup.alias', 'after-user-action', { line: lines.linePos(node.range?.[0] ?? 0).line });
    },
  });
  return document;
}

/** Of alternatives that all fail, the one that got furthest says best what is wrong. */
function deepest(issues: readonly { readonly path: Path; readonly code: string }[]): Path {
  return issues.map(({ path }) => path).toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** A member that is in the file and not in what was read of it. */
function firstUnknown(given: unknown, read: unknown, path: Path): Path | undefined {
  if (given === null || typeof given !== 'object' || read === null || typeof read !== 'object') return undefined;
  for (const [key, value] of Object.entries(given)) {
    const at = [...path, Array.isArray(given) ? Number(key) : key];
    if (!Object.hasOwn(read, key)) return at;
    const unknown = firstUnknown(value, (read as Record<string, unknown>)[key], at);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

/** Of what is missing: where it should be. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range?.[0] !== undefined) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const fieldOf = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('') ||
  'strata';
