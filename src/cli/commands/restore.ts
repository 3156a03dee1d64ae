import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CallInput } from '../../shared/contract/calls.ts';
import type { ItemId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { type RestorePart, restoreParts } from '../../shared/domain/restore-parts.ts';
import { conflictRules } from '../../shared/domain/run.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Context } from '../context.ts';
import { pick, pickRun } from '../naming.ts';
import type { Act } from '../act.ts';
import { placeOf, placeText } from '../places.ts';
import { startRestore, warnOfLoss } from '../restoring.ts';
import { parseTime } from '../times.ts';
import { unlockedStorage, unlockTargets } from '../unlocking.ts';
import { momentOf } from './browse.ts';
import { addAgainCommands } from './restore-again.ts';

export interface RestoreOptions {
  readonly source?: string[];
  readonly folder?: string[];
  readonly at?: string;
  readonly run?: string;
  readonly version?: string;
  readonly to?: string;
  readonly match?: string[];
  readonly restoreRoot?: string;
  readonly recursive: boolean;
  readonly conflict: string;
  readonly confirm?: string;
  readonly tag?: string;
  readonly without?: string[];
  readonly dryRun?: boolean;
  readonly verify?: boolean;
}

type Request = CallInput<'restore.start'>;

export function addRestoreCommand(program: Command, act: Act): void {
  const command = program
    .command('restore')
    .enablePositionalOptions()
    .argument('<storage>')
    .argument('[item...]', 'ids, or SOURCE/FOLDER/NAME; none: everything')
    .option('--source <name...>')
    .option('--folder <path...>', 'SOURCE/FOLDER')
    .option('--at <time>')
    .option('--run <id>')
    .option('--version <number>')
    .option('--to <target>', 'original, dir:PATH, eml:DIR, mbox:DIR, pocket:DIR, source:NAME[/FOLDER]')
    .option('--match <pair...>', 'SOURCE=NAME[/FOLDER]: each source to an account of its own, in place of --to')
    .option('--restore-root <folder>')
    .option('--no-recursive')
    .option('--conflict <rule>', conflictRules.join(', '), 'skip')
    .option('--confirm <name>', 'with empty-first: the folder or source that is emptied')
    .option('--tag <name>', 'a keyword for every message')
    .option('--without <part...>', `leaves out ${restoreParts.join(', ')}`)
    .option('--dry-run')
    .option('--verify', 'reads back what was written, and holds it against the storage')
    .action(act(restore));
  addAgainCommands(command, act);
}

export async function restore(context: Context, [name = '', ...items]: string[], options: RestoreOptions): Promise<void> {
  const conflict = conflictRules.find((rule) => rule === options.conflict || rule === `keep-${options.conflict}`);
  if (conflict === undefined) {
    throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownConflict', { rule: options.conflict }) });
  }
  if ((options.to === undefined) === (options.match === undefined))
    throw new StrataError('usage.invalid', 'never', { reason: context.say('needsTarget') });
  const storage = await unlockedStorage(context, name);
  const asOf = await asOfFrom(context, options);
  const target =
    options.to === undefined
      ? await matchesFrom(context, storage.id, options.match ?? [])
      : await targetFrom(context, options.to);
  const selection = await selectionFrom(context, storage.id, items, options);
  await unlockTargets(context, target, selection.sources);
  const request = {
    storage: storage.id,
    selection,
    asOf,
    target,
    restoreRoot: options.restoreRoot ?? null,
    conflict,
    tag: options.tag ?? null,
    without: (options.without ?? []).map((part) => knownPart(context, part)),
    dryRun: options.dryRun ?? false,
    verify: options.verify ?? false,
    ...(options.confirm === undefined ? {} : { confirm: options.confirm }),
  } as const;
  await warnOfLoss(context, request);
  await startRestore(context, request);
}

function knownPart(context: Context, text: string): RestorePart {
  const part = restoreParts.find((one) => one === text);
  if (part === undefined) throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownPart', { part: text }) });
  return part;
}

async function asOfFrom(context: Context, options: RestoreOptions): Promise<Request['asOf']> {
  if (options.version !== undefined) return { kind: 'version', version: Number(options.version) };
  if (options.run !== undefined) return { kind: 'run', run: (await pickRun(context, options.run)).id };
  if (options.at !== undefined) return { kind: 'time', atMs: parseTime(options.at, Date.now()) };
  return { kind: 'now' };
}

/** The longest beginning before a `=` that names a source in the storage is one; what follows is where it goes. */
async function matchesFrom(context: Context, storage: StorageId, pairs: readonly string[]): Promise<Request['target']> {
  const saved = await context.client.call('source.saved', { storage });
  const matches = [];
  for (const pair of pairs) {
    const from = saved.filter(({ name }) => pair.startsWith(`${name}=`)).sort((a, b) => b.name.length - a.name.length)[0];
    if (from === undefined) throw new StrataError('name.unknown', 'never', { kind: 'source', name: pair.split('=')[0] ?? '' });
    const { source, folder } = await sourceTarget(context, pair.slice(from.name.length + 1));
    matches.push({ from: from.id, to: source, folder });
  }
  return { kind: 'matched', matches };
}

async function targetFrom(context: Context, text: string): Promise<Request['target']> {
  if (text === 'original') return { kind: 'original' };
  const [, kind = '', rest = ''] = /^(dir|eml|mbox|pocket|source):(.+)$/s.exec(text) ?? [];
  switch (kind) {
    case 'dir':
      return { kind: 'directory', path: resolve(rest) };
    case 'eml':
    case 'mbox':
    case 'pocket':
      return { kind, path: resolve(rest) };
    case 'source':
      return sourceTarget(context, rest);
    default:
      throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownTarget', { target: text }) });
  }
}

/** The longest beginning that names a source is the source; what follows is the folder. */
async function sourceTarget(context: Context, text: string): Promise<Extract<Request['target'], { kind: 'source' }>> {
  const sources = await context.client.call('source.list', {});
  const named = sources
    .filter(({ name }) => text === name || text.startsWith(`${name}/`))
    .sort((a, b) => b.name.length - a.name.length)[0];
  const source = named ?? pick('source', text.split('/')[0] ?? '', sources);
  const prefix = named === undefined ? (text.split('/')[0] ?? '') : named.name;
  const folder = text.slice(prefix.length + 1);
  return { kind: 'source', source: source.id, folder: folder === '' ? null : folder };
}

async function selectionFrom(
  context: Context,
  storage: StorageId,
  items: readonly string[],
  options: RestoreOptions,
): Promise<{ items: ItemId[]; sources: SourceId[]; recursive: boolean }> {
  const at = await momentOf(context, options);
  const asksForFolders = (options.folder ?? options.source) !== undefined;
  const tree = asksForFolders ? await context.client.call('browse.tree', { storage, at }) : [];
  const chosen: ItemId[] = [];
  for (const text of items) chosen.push((await context.client.call('browse.resolve', { storage, text, at })).item);
  for (const text of options.folder ?? []) {
    const folder = tree.find((row) => placeOf(row) === placeText(text));
    if (folder === undefined) throw new StrataError('name.unknown', 'never', { kind: 'folder', name: text });
    chosen.push(folder.item);
  }
  const sources = (options.source ?? []).map((text) => {
    // A storage remembers sources that this profile no longer has.
    const known = new Map(
      tree.filter((row) => row.parent === null).map((row) => [row.source, { id: row.source, name: row.sourceName }]),
    );
    return pick('source', text, [...known.values()]).id;
  });
  return { items: chosen, sources, recursive: options.recursive };
}
