import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import { confirmName } from '../confirming.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { runJson } from '../output/json.ts';
import { harmless } from '../output/table.ts';
import { unlockedStorage } from '../unlocking.ts';

type Plan = CallOutput<'storage.forgetSourcePlan'>;

export function addForgetSourceCommand(storage: Command, act: Act): void {
  storage
    .command('forget-source')
    .description('let go all that the storage keeps of a source')
    .argument('<name>')
    .argument('<source>')
    .option('--dry-run', 'show what would go, change nothing')
    .action(act(forgetSource));
}

async function forgetSource(context: Context, [name = '', text = '']: string[], options: { dryRun?: boolean }): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const source = await sourceOf(context, storage, text);
  const plan = await context.client.call('storage.forgetSourcePlan', { storage, source });
  if (!context.options.json) printPlan(context, plan);
  if (options.dryRun) {
    if (context.options.json) context.printJson({ plan });
    return;
  }
  if (plan.refused !== null) throw new StrataError(plan.refused.code, plan.refused.retry, plan.refused.facts);
  await confirmName(context, plan.sourceName);
  const { run } = await context.client.call('storage.forgetSource', { storage, source, token: plan.token });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson({ plan, run: runJson(ended) });
  else context.print(harmless(context.say('sourceForgotten', { source: plan.sourceName, run: ended.id, storage: name })));
  concludeRun(context, ended);
}

/** As the storage knows it, also where no job and no profile does any more. */
async function sourceOf(context: Context, storage: StorageId, text: string): Promise<SourceId> {
  const { sources } = await context.client.call('storage.sizes', { storage });
  const wanted = text.toLowerCase();
  const found = sources.filter(({ source, name }) => source === text || name.toLowerCase() === wanted);
  if (found.length > 1) throw new StrataError('name.ambiguous', 'never', { kind: 'source', name: text });
  const [one] = found;
  if (one === undefined) throw new StrataError('name.unknown', 'never', { kind: 'source', name: text });
  return one.source;
}

function printPlan({ say, formats, print }: Context, { sourceName, totals, ofBytes, held }: Plan): void {
  const percent = ofBytes === 0 ? 0 : Math.round((totals.bytes / ofBytes) * 100);
  const { versions, items, moments, bytes } = totals;
  const facts = {
    source: sourceName,
    versions: formats.count(versions),
    items: formats.count(items),
    moments: formats.count(moments),
    bytes: formats.bytes(bytes),
    percent,
  };
  print(harmless(say('forgetSourceTotals', facts)));
  if (held > 0) print(say('forgetSourceHeld', { versions: formats.count(held) }));
}
