import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { pick, pickStorage } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { table } from '../output/table.ts';
import { unlockedStorage } from '../unlocking.ts';

type Mirror = CallOutput<'mirror.list'>[number];

export function mirrorCommands(act: Act): Command {
  const mirror = new Command('mirror').description('a second storage that receives what one holds');
  mirror
    .command('add')
    .argument('<name>')
    .argument('<target>', 'a new storage of its own')
    .option('--dry-run', 'only say whether it can work')
    .action(act(add));
  mirror.command('list').argument('<name>').action(act(list));
  mirror.command('run').argument('<name>').argument('[target]').action(act(run));
  mirror
    .command('enable')
    .argument('<name>')
    .argument('<target>')
    .action(act((context, words) => setEnabled(context, words, true)));
  mirror
    .command('disable')
    .argument('<name>')
    .argument('<target>')
    .action(act((context, words) => setEnabled(context, words, false)));
  mirror.command('remove').argument('<name>').argument('<target>').action(act(remove));
  return mirror;
}

async function add(context: Context, [name = '', target = '']: string[], options: { dryRun?: boolean }): Promise<void> {
  const origin = await unlockedStorage(context, name);
  const mirror = await unlockedStorage(context, target);
  const adds = options.dryRun !== true;
  const { warnings } = await context.client.call('mirror.add', { origin: origin.id, mirror: mirror.id, adds });
  if (warnings.includes('same-disk')) context.tell(context.say('mirrorSameDisk', { name: mirror.name }));
  if (context.options.json) return context.printJson({ origin: origin.id, mirror: mirror.id, added: adds, warnings });
  context.print(context.say(adds ? 'mirrorAdded' : 'mirrorWouldWork', { name: mirror.name, origin: origin.name }));
}

async function mirrorsOf(context: Context, name: string): Promise<readonly Mirror[]> {
  const { id } = await unlockedStorage(context, name);
  return context.client.call('mirror.list', { origin: id });
}

async function list(context: Context, [name = '']: string[]): Promise<void> {
  const mirrors = await mirrorsOf(context, name);
  if (context.options.json) return context.printJson(mirrors);
  const { formats, say } = context;
  const titles = ['column.name', 'column.state', 'column.lastRun', 'column.lacks'] as const;
  context.print(
    table(
      titles.map((title) => ({ title: say(title) })),
      mirrors.map(({ name: mirror, enabled, lastRun, lacks }) => [
        mirror,
        say(enabled ? 'mirror.on' : 'mirror.off'),
        lastRun === null ? '–' : `${say(`status.${lastRun.status}`)} ${formats.time(lastRun.startedAtMs)}`,
        lacks === null ? '–' : formats.count(lacks.moments),
      ]),
    ),
  );
}

/** One, or all of a storage one after the other; one that fails does not stop the others. */
async function run(context: Context, [name = '', target]: string[]): Promise<void> {
  const mirrors = await mirrorsOf(context, name);
  const chosen = target === undefined ? mirrors : [pick('storage', target, mirrors)];
  const ended = [];
  for (const mirror of chosen) {
    await unlockedStorage(context, mirror.id);
    const { run: id } = await context.client.call('mirror.run', { mirror: mirror.id });
    ended.push(await follow(context, id));
  }
  if (context.options.json) context.printJson(ended.map(runJson));
  else for (const one of ended) context.print(context.say('mirrored', { name: one.storageName ?? '', count: one.counts.new }));
  const failed = ended.find(({ status }) => status !== 'success');
  if (failed !== undefined) concludeRun(context, failed);
}

async function setEnabled(context: Context, [name = '', target = '']: string[], enabled: boolean): Promise<void> {
  const { id } = pick('storage', target, await mirrorsOf(context, name));
  await context.client.call('mirror.setEnabled', { mirror: id, enabled });
}

async function remove(context: Context, [name = '', target = '']: string[]): Promise<void> {
  const origin = await pickStorage(context, name);
  const mirror = pick('storage', target, await context.client.call('mirror.list', { origin: origin.id }));
  await context.client.call('mirror.remove', { mirror: mirror.id });
  context.print(context.say('mirrorRemoved', { name: mirror.name, origin: origin.name }));
}
