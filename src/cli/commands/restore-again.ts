import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { RunId } from '../../shared/domain/ids.ts';
import type { Act } from '../act.ts';
import { confirm } from '../confirming.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { pickRun } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { followRestore } from '../restoring.ts';
import { unlockedStorage, unlockTargets } from '../unlocking.ts';

/** What can be done with a restore that ran. */
export function addAgainCommands(restore: Command, act: Act): void {
  restore
    .command('undo')
    .description('takes back what a restore did, as far as it is unchanged since')
    .argument('<run>')
    .option('--dry-run', 'show what would go and what would stay, change nothing')
    .action(act(undo));
  restore
    .command('retry')
    .description('tries again what failed; all of it where the restore was broken off')
    .argument('<run>')
    .action(act(retry));
}

async function retry(context: Context, [text = '']: string[]): Promise<void> {
  const { run } = await context.client.call('restore.retry', { run: await unlocked(context, text) });
  await followRestore(context, run);
}

/** The restore, once its storage and whatever it wrote to can be used. */
async function unlocked(context: Context, text: string): Promise<RunId> {
  const { id, storage } = await pickRun(context, text);
  if (storage !== null) await unlockedStorage(context, storage);
  const asked = await context.client.call('restore.asked', { run: id });
  await unlockTargets(context, asked.target, asked.sources);
  return id;
}

async function undo(context: Context, [text = '']: string[], options: { dryRun?: boolean }): Promise<void> {
  const id = await unlocked(context, text);
  if (options.dryRun === true || context.options.yes !== true) {
    const plan = await follow(context, await start(context, id, true));
    tell(context, plan, options.dryRun === true);
    if (options.dryRun === true || plan.failure !== null) return concludeRun(context, plan);
    await confirm(context, context.say('askUndo'));
  }
  const ended = await follow(context, await start(context, id, false));
  tell(context, ended, true);
  concludeRun(context, ended);
}

const start = async ({ client }: Context, run: RunId, dryRun: boolean): Promise<RunId> =>
  (await client.call('restore.undo', { run, dryRun })).run;

/** @param isResult What scripts read: a plan that is asked about is not. */
function tell({ options, formats, say, print, printJson }: Context, run: CallOutput<'run.show'>, isResult: boolean): void {
  if (run.undo === null || run.undo === undefined) return;
  if (options.json) {
    if (isResult) printJson(runJson(run));
    return;
  }
  const { dryRun, removed, putBack, gone, stayed, folders } = run.undo;
  const counts = {
    removed: formats.count(removed),
    putBack: formats.count(putBack),
    gone: formats.count(gone),
    stayed: formats.count(stayed),
    folders: formats.count(folders),
  };
  print(say(dryRun ? 'wouldUndo' : 'undone', counts));
}
