import path from 'node:path';
import type { Command } from 'commander';
import { mayOpenByCopy, piecesLost, repairFacts, type RepairReport } from '../../shared/domain/repair.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { exitCodes } from '../exit-codes.ts';
import { concludeRun, follow } from '../following.ts';
import { pick, pickStorage } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { harmless, table } from '../output/table.ts';
import { placeText } from '../places.ts';
import { unlockedBy, unlockedStorage, unlockWhatOpens } from '../unlocking.ts';

export function addRepairCommand(storage: Command, act: Act): void {
  storage
    .command('repair')
    .argument('<name>')
    .option('--dry-run', 'say what would be mended and what is lost, change nothing')
    .option('--from <mirror>', 'a mirror, or the folder of a copy of the storage, to take missing pieces from')
    .action(act(repair));
}

async function repair(context: Context, [name = '']: string[], options: { dryRun?: boolean; from?: string }): Promise<void> {
  const { id } = await unlocked(context, name, options.from);
  const fromMirror = options.from === undefined ? null : await helperNamed(context, id, options.from);
  if (fromMirror === null) await unlockWhatOpens(context);
  const { run } = await context.client.call('storage.repair', { storage: id, dryRun: options.dryRun ?? false, fromMirror });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson(runJson(ended));
  else if (ended.repair !== null) printRepair(context, ended.repair);
  if (ended.repair !== null && piecesLost(ended.repair) > 0) throw new Exit(exitCodes.damage);
  concludeRun(context, ended);
}

/** A storage without its STORAGE is opened with that of the copy. */
async function unlocked(context: Context, name: string, from: string | undefined): Promise<{ readonly id: string }> {
  const storage = await pickStorage(context, name);
  return mayOpenByCopy(storage.failure) && from !== undefined
    ? unlockedBy(context, storage, path.resolve(from))
    : unlockedStorage(context, name);
}

/** What is no mirror of the storage is a place. */
async function helperNamed(context: Context, origin: string, from: string): Promise<string> {
  const mirrors = await context.client.call('mirror.list', { origin });
  try {
    const { id } = pick('storage', from, mirrors);
    await unlockedStorage(context, id);
    return id;
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'name.unknown') throw error;
    return path.resolve(from);
  }
}

/** What is nothing is not told. */
function printRepair({ say, formats, print }: Context, report: RepairReport): void {
  const told = repairFacts.filter((fact) => report[fact] > 0);
  if (report.dryRun) print(say('wouldRepair'));
  if (told.length === 0) return print(say('nothingToRepair'));
  const labels = told.map((fact) => say(`repair.${fact}`));
  const width = Math.max(...labels.map((label) => label.length));
  for (const [index, fact] of told.entries()) print(`${(labels[index] ?? '').padEnd(width)}  ${formats.count(report[fact])}`);
  if (report.aside !== null) print(harmless(say('repairAside', { path: report.aside })));
  if (piecesLost(report) === 0) return;
  const unasked = report.mirrors.filter(({ reached }) => !reached).map((mirror) => mirror.name);
  if (unasked.length > 0) print(harmless(say('repairUnasked', { names: unasked.join(', ') })));
  if (report.versionsLost > 0) {
    print(say('repairLost', { versions: formats.count(report.versionsLost), items: formats.count(report.itemsLost) }));
    print(lostTable(say, formats, report.lost));
  }
  print(say('repairNext'));
}

const lostTable = (say: Context['say'], formats: Context['formats'], lost: RepairReport['lost']): string =>
  table(
    [
      { title: say('column.version'), right: true },
      { title: say('column.from') },
      { title: say('column.until') },
      { title: say('column.place') },
    ],
    lost.map(({ item, version, fromMs, toMs }) => [String(version), formats.time(fromMs), formats.time(toMs), placeText(item)]),
  );
