import type { Command } from 'commander';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pick } from '../naming.ts';
import { startRestore } from '../restoring.ts';
import { parseSince, parseTime } from '../times.ts';
import { unlockedStorage, unlockTargets } from '../unlocking.ts';

interface UndeleteOptions {
  readonly from?: string;
  readonly to: string;
  readonly item?: string[];
  readonly into?: string;
  readonly tag?: string;
  readonly dryRun?: boolean;
}

export function addUndeleteCommand(program: Command, act: Act): void {
  program
    .command('undelete')
    .description('gives back what vanished in a period, as it was before')
    .argument('<storage>')
    .argument('[source]')
    .option('--from <time>', 'since when; without it: from the beginning')
    .option('--to <time>', 'until when', 'now')
    .option('--item <item...>', 'only these items, or what lay in these folders')
    .option('--into <folder>', 'below a folder of its own, in place of the original ones')
    .option('--tag <name>', 'a keyword for every message')
    .option('--dry-run')
    .action(act(undelete));
}

async function undelete(context: Context, [name = '', sourceName]: string[], options: UndeleteOptions): Promise<void> {
  const storage = await unlockedStorage(context, name);
  const nowMs = Date.now();
  const fromMs = options.from === undefined ? 0 : parseSince(options.from, nowMs);
  const tree = sourceName === undefined ? [] : await context.client.call('browse.tree', { storage: storage.id, at: null });
  const known = new Map(
    tree.filter(({ parent }) => parent === null).map((row) => [row.source, { id: row.source, name: row.sourceName }]),
  );
  const sources = sourceName === undefined ? [] : [pick('source', sourceName, [...known.values()]).id];
  const items: ItemId[] = [];
  for (const text of options.item ?? [])
    items.push((await context.client.call('browse.resolve', { storage: storage.id, text, at: null })).item);
  await unlockTargets(context, { kind: 'original' }, sources);
  await startRestore(context, {
    storage: storage.id,
    // A source and items of it would add up.
    selection: { items, sources: items.length > 0 ? [] : sources, recursive: true },
    asOf: { kind: 'vanished', fromMs, toMs: parseTime(options.to, nowMs) },
    target: { kind: 'original' },
    restoreRoot: options.into ?? null,
    conflict: 'skip',
    tag: options.tag ?? null,
    dryRun: options.dryRun ?? false,
  });
}
