import type { CallInput } from '../shared/contract/calls.ts';
import type { RunId } from '../shared/domain/ids.ts';
import type { EmptiedReport, PlaceRoom, ReadBackReport } from '../shared/domain/run.ts';
import { isStrataError } from '../shared/domain/strata-error.ts';
import { askForName, canAsk } from './confirming.ts';
import type { Context } from './context.ts';
import { concludeRun, follow } from './following.ts';
import { restoreJson } from './output/json.ts';
import { harmless } from './output/table.ts';

type Request = CallInput<'restore.start'>;

/** Starts a restore, follows it, and tells what came of it. What is emptied first is typed by the person at the terminal. */
export async function startRestore(context: Context, request: Request): Promise<void> {
  const { run } = await begin(context, request);
  await followRestore(context, run);
}

async function begin(context: Context, request: Request): Promise<{ readonly run: RunId }> {
  try {
    return await context.client.call('restore.start', request);
  } catch (error) {
    const isAsked = isStrataError(error) && error.code === 'restore.empty-unconfirmed' && request.confirm === undefined;
    const name = isAsked ? error.facts['name'] : undefined;
    if (typeof name !== 'string' || !canAsk()) throw error;
    return context.client.call('restore.start', { ...request, confirm: await askForName(context, name) });
  }
}

export async function followRestore(context: Context, run: RunId): Promise<void> {
  const ended = await follow(context, run);
  if (ended.restore !== null) {
    const { formats } = context;
    const {
      created,
      replaced,
      skipped,
      failed,
      verified,
      bytes,
      dryRun,
      entries,
      unkept = 0,
      readBack,
      conflicts = 0,
      places = [],
      emptied,
    } = ended.restore;
    if (context.options.json) context.printJson({ run: ended.id, ...restoreJson(ended.restore) });
    else {
      if (emptied !== undefined) tellEmptied(context, emptied, dryRun);
      if (dryRun)
        for (const entry of entries)
          context.print(harmless(`${context.say(`outcome.${entry.outcome}`).padEnd(10)} ${entry.folder}/${entry.name}`));
      context.print(
        context.say(dryRun ? 'wouldRestore' : 'restored', {
          created: formats.count(created),
          replaced: formats.count(replaced),
          skipped: formats.count(skipped),
          failed: formats.count(failed.length),
          verified: formats.count(verified),
          bytes: formats.bytes(bytes),
        }),
      );
      if (dryRun && conflicts > 0) context.print(context.say('conflicts', { count: formats.count(conflicts) }));
      for (const place of places) for (const line of roomLines(context, place)) context.print(line);
      if (readBack !== undefined) context.print(context.say('readBack', counted(context, readBack)));
      if (unkept > 0)
        context.print(context.say(dryRun ? 'wouldNotBeUndone' : 'cannotBeUndone', { count: formats.count(unkept) }));
    }
  }
  concludeRun(context, ended);
}

function tellEmptied({ say, formats, print }: Context, emptied: EmptiedReport, dryRun: boolean): void {
  const { name, removed, bytes, same, stayed, entries } = emptied;
  if (dryRun) for (const entry of entries) print(harmless(`${say('outcome.remove').padEnd(10)} ${entry.folder}/${entry.name}`));
  const counts = { removed: formats.count(removed), same: formats.count(same), stayed: formats.count(stayed) };
  print(say(dryRun ? 'wouldEmpty' : 'emptied', { name: harmless(name), bytes: formats.bytes(bytes), ...counts }));
}

const counted = ({ formats }: Context, { equal, rewritten, changed, missing }: ReadBackReport) => ({
  equal: formats.count(equal),
  rewritten: formats.count(rewritten),
  changed: formats.count(changed),
  missing: formats.count(missing),
});

function roomLines({ say, formats }: Context, { place, bytes, freeBytes, largestBytes, tooLarge }: PlaceRoom): string[] {
  const facts = { place: harmless(place), bytes: formats.bytes(bytes) };
  const key = freeBytes === null ? 'roomUnknown' : bytes > freeBytes ? 'roomLacks' : 'roomThere';
  const room = say(key, { ...facts, free: formats.bytes(freeBytes ?? 0) });
  if (tooLarge === 0) return [room];
  return [room, say('tooLarge', { ...facts, count: formats.count(tooLarge), largest: formats.bytes(largestBytes ?? 0) })];
}

/** Where far more was there before: whoever restores after a loss means the state before it. */
export async function warnOfLoss(context: Context, { storage, selection, asOf }: Request): Promise<void> {
  const { items, before } = await context.client.call('restore.measure', { storage, selection, asOf });
  if (before === null) return;
  const { formats } = context;
  const facts = { items: formats.count(items), before: formats.count(before.items), time: formats.time(before.atMs) };
  context.tell(context.say('farMoreBefore', { ...facts, at: new Date(before.atMs).toISOString() }));
}
