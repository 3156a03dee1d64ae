import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { isStrataError, type StrataError } from '../../shared/domain/strata-error.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { isFolder, newMirror, type NewMirrorOptions, tryFolder } from '../mirror-making.ts';
import { pick, pickStorage } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { harmless, table } from '../output/table.ts';
import { parseRetention, retentionText } from '../retention-rules.ts';
import { unlockedMirror, unlockedStorage, unlockMirrors } from '../unlocking.ts';

type Mirror = CallOutput<'mirror.list'>[number];

interface MirrorOptions extends NewMirrorOptions {
  readonly dryRun?: boolean;
  readonly keep?: string;
  readonly zone?: string;
  readonly elsewhere?: boolean;
}

export function mirrorCommands(act: Act): Command {
  const mirror = new Command('mirror').description('a second storage that receives what one holds');
  const ofOne = (name: string): Command => mirror.command(name).argument('<name>').argument('<target>');
  const withRules = (command: Command): Command =>
    command
      .option('--keep <rules>', 'rules of its own: "last=10 daily=7 within=30d deleted=30d", or none')
      .option('--zone <zone>', 'whose calendar counts: Europe/Vienna')
      .option('--elsewhere', 'it is kept where a fire or a thief does not get both');
  withRules(mirror.command('add').argument('<name>').argument('<target>', 'a storage of its own, or a folder for a new one'))
    .option('--dry-run', 'only say whether it can work')
    .option('--recovery-key <file>', 'of a new one: write its recovery key there')
    .option('--no-keychain', 'of a new one: keep its key in memory only')
    .action(act(add));
  withRules(ofOne('edit')).option('--no-elsewhere').action(act(edit));
  mirror.command('list').argument('<name>').action(act(list));
  mirror.command('standing').argument('<name>').description('copies, disks, places, and what is missing').action(act(standing));
  mirror.command('run').argument('<name>').argument('[target]').action(act(run));
  ofOne('enable').action(act((context, words) => setEnabled(context, words, true)));
  ofOne('disable').action(act((context, words) => setEnabled(context, words, false)));
  ofOne('remove').action(act(remove));
  return mirror;
}

async function add(context: Context, [name = '', target = '']: string[], options: MirrorOptions): Promise<void> {
  const origin = await unlockedStorage(context, name);
  const change = changeOf(options);
  const adds = options.dryRun !== true;
  const isNew = await isFolder(context, target);
  if (isNew && !adds) return tryFolder(context, origin, target);
  const mirror = await unlockedMirror(context, isNew ? await newMirror(context, origin, target, options) : target);
  const { warnings } = await context.client.call('mirror.add', { origin: origin.id, mirror: mirror.id, adds });
  if (adds && Object.keys(change).length > 0) await context.client.call('mirror.change', { mirror: mirror.id, ...change });
  if (warnings.includes('same-disk')) context.tell(context.say('mirrorSameDisk', { name: mirror.name }));
  if (context.options.json) return context.printJson({ origin: origin.id, mirror: mirror.id, added: adds, warnings });
  context.print(context.say(adds ? 'mirrorAdded' : 'mirrorWouldWork', { name: mirror.name, origin: origin.name }));
}

const changeOf = ({ keep, zone, elsewhere }: MirrorOptions) => ({
  ...(keep === undefined ? {} : { retention: parseRetention(keep) }),
  ...(zone === undefined ? {} : { zone }),
  ...(elsewhere === undefined ? {} : { isElsewhere: elsewhere }),
});

async function edit(context: Context, [name = '', target = '']: string[], options: MirrorOptions): Promise<void> {
  const { id, origin } = await mirrorOf(context, name, target);
  await context.client.call('mirror.change', { mirror: id, ...changeOf(options) });
  const changed = pick('storage', id, await context.client.call('mirror.list', { origin }));
  if (context.options.json) return context.printJson(changed);
  const place = context.say(changed.isElsewhere ? 'mirrorIsElsewhere' : 'mirrorIsHere');
  context.print(context.say('mirrorChanged', { name: changed.name, place, keep: retentionText(changed.retention) }));
}

async function mirrorsOf(context: Context, name: string): Promise<readonly Mirror[]> {
  const { id } = await unlockedStorage(context, name);
  await unlockMirrors(context, id);
  return mirrorsAt(context, id);
}

const mirrorsAt = async ({ client }: Context, origin: string): Promise<Mirror[]> =>
  (await client.call('mirror.list', { origin })).filter(({ archive }) => archive === null);

/** Without a password: what is set up can be changed while both are away. */
async function mirrorOf(context: Context, name: string, target: string): Promise<Mirror> {
  const origin = await pickStorage(context, name);
  return pick('storage', target, await mirrorsAt(context, origin.id));
}

async function list(context: Context, [name = '']: string[]): Promise<void> {
  const mirrors = await mirrorsOf(context, name);
  if (context.options.json) return context.printJson(mirrors);
  const { formats, say } = context;
  const titles = ['column.name', 'column.state', 'column.lastRun', 'column.lacks', 'column.keeps', 'column.place'] as const;
  context.print(
    table(
      titles.map((title) => ({ title: say(title) })),
      mirrors.map(({ name: mirror, enabled, lastRun, lacks, retention, path }) => [
        mirror,
        say(enabled ? 'mirror.on' : 'mirror.off'),
        lastRun === null ? '–' : `${say(`status.${lastRun.status}`)} ${formats.time(lastRun.startedAtMs)}`,
        lacks === null ? '–' : formats.count(lacks.moments),
        retentionText(retention),
        path,
      ]),
    ),
  );
  for (const { name: mirror, failure } of mirrors) if (failure !== null) tellWhy(context, mirror, failure);
}

async function standing(context: Context, [name = '']: string[]): Promise<void> {
  const { id } = await pickStorage(context, name);
  const { copies, disks, elsewhere, missing } = await context.client.call('mirror.standing', { origin: id });
  if (context.options.json) return context.printJson({ copies, disks, elsewhere, missing });
  context.print(context.say('mirrorStanding', { copies, disks, elsewhere }));
  for (const what of missing) context.print(context.say(`mirrorMissing.${what}`));
  if (missing.length === 0) context.print(context.say('mirrorRuleKept'));
}

async function run(context: Context, [name = '', target]: string[]): Promise<void> {
  const mirrors = await mirrorsOf(context, name);
  await runEach(context, target === undefined ? mirrors : [pick('storage', target, mirrors)]);
}

/** One after the other; one that is away, locked or fails does not stop the others. */
export async function runEach(context: Context, chosen: readonly Mirror[]): Promise<void> {
  const ended = [];
  const refused: StrataError[] = [];
  for (const mirror of chosen) {
    try {
      await unlockedMirror(context, mirror.id);
      const { run: id } = await context.client.call('mirror.run', { mirror: mirror.id });
      ended.push(await follow(context, id));
    } catch (error) {
      if (!isStrataError(error)) throw error;
      if (chosen.length > 1) tellWhy(context, mirror.name, error);
      refused.push(error);
    }
  }
  if (context.options.json) context.printJson(ended.map(runJson));
  for (const { status, storageName, counts } of context.options.json ? [] : ended) {
    if (status === 'success') context.print(context.say('mirrored', { name: storageName ?? '', count: counts.new }));
  }
  const failed = ended.find(({ status }) => status !== 'success');
  if (failed !== undefined) concludeRun(context, failed);
  if (refused[0] !== undefined) throw refused[0];
}

export function tellWhy(context: Context, name: string, failure: Parameters<typeof sayFailure>[0]): void {
  const why = `${harmless(sayFailure(failure, context.language))} [${failure.code}]`;
  context.tell(context.say('mirrorAt', { name: harmless(name), why }));
}

async function setEnabled(context: Context, [name = '', target = '']: string[], enabled: boolean): Promise<void> {
  const { id } = await mirrorOf(context, name, target);
  await context.client.call('mirror.change', { mirror: id, enabled });
}

async function remove(context: Context, [name = '', target = '']: string[]): Promise<void> {
  const mirror = await mirrorOf(context, name, target);
  await context.client.call('mirror.remove', { mirror: mirror.id });
  context.print(context.say('mirrorRemoved', { name: mirror.name, origin: mirror.originName }));
}
