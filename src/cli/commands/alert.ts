import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { alertEvents, alertLevels, alertTopics, channelKinds } from '../../shared/domain/alert.ts';
import { sayAlert } from '../../shared/words/alerts.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import { among, type ChannelOptions, definitionFrom, eventsFrom } from '../alert-channels.ts';
import type { Context } from '../context.ts';
import { pick, pickChannel, pickJob } from '../naming.ts';
import { harmless, table } from '../output/table.ts';
import { minuteText, parseMinute } from '../times.ts';

type Channel = CallOutput<'alert.channels'>[number];

const withChannel = (command: Command): Command =>
  command
    .option('--host <name>', 'of mail: the server')
    .option('--port <number>')
    .option('--tls <mode>', 'of mail: implicit, starttls (required), or none')
    .option('--user <name>', 'of mail: who signs in there; without it nobody does')
    .option('--from <address>')
    .option('--to <address...>')
    .option('--url <address>', 'of Gotify: the server; of Telegram: another server than its own')
    .option('--chat <id>', 'of Telegram')
    .option('--events <events>', `${alertEvents.join(', ')}: with commas; or none`)
    .option('--least <level>', `of checks, mirrors, restores nothing below: ${alertLevels.join(', ')}`)
    .option('--daily', 'all but what is critical waits for the digest')
    .option('--no-daily')
    .option('--no-keychain', 'keep the secret in memory only');

export function alertCommands(act: Act): Command {
  const alert = new Command('alert').description('who is told what, and what was said');
  const channel = alert.command('channel').description('mail, chats, push services, and who counts runs');
  const kinds = channelKinds.filter((kind) => kind !== 'desktop');
  withChannel(
    channel
      .command('add')
      .description('its address, token or password comes by --secret-file, --secret-stdin, STRATA_SECRET, or is asked for')
      .argument('<kind>', kinds.join(', '))
      .argument('<name>'),
  ).action(act(add));
  withChannel(channel.command('edit').argument('<name>').option('--new-name <name>'))
    .option('--on')
    .option('--off')
    .action(act(edit));
  channel.command('list').action(act(list));
  channel.command('test').description('sends a message now').argument('<name>').action(act(test));
  channel.command('remove').argument('<name>').action(act(remove));
  alert
    .command('route')
    .description('what a channel tells of one job; without events: what it tells of all others')
    .argument('<channel>')
    .argument('<job>')
    .argument('[events]', 'with commas; or none')
    .action(act(route));
  alert
    .command('settings')
    .option('--quiet-hours <times>', '22:00-07:00, or off')
    .option('--digest <time>', '08:00')
    .option('--zone <zone>', 'whose clock counts: Europe/Vienna')
    .action(act(settings));
  alert
    .command('inbox')
    .description('all that was said, newest first')
    .option('--unread', 'that alone')
    .option('--job <name>', 'of one job')
    .option('--level <level>', `and what is graver: ${alertLevels.join(', ')}`)
    .option('--what <event>', `of one kind: ${alertEvents.join(', ')}`)
    .option('--mark-read')
    .option('--limit <number>', '', '50')
    .action(act(inbox));
  return alert;
}

async function add(context: Context, [kind = '', name = '']: string[], options: ChannelOptions): Promise<void> {
  const definition = await definitionFrom(context, options, { name, kind: pickKind(context, kind), before: undefined });
  const { id } = await context.client.call('alert.addChannel', definition);
  if (context.options.json) return context.printJson({ id });
  context.print(context.say('channelAdded', { name }));
}

function pickKind(context: Context, text: string): Channel['settings']['kind'] {
  return pick(
    'channel',
    text,
    channelKinds.filter((kind) => kind !== 'desktop').map((id) => ({ id })),
  ).id;
}

async function edit(context: Context, [name = '']: string[], options: ChannelOptions): Promise<void> {
  const before = await pickChannel(context, name);
  const more = { name: options.newName ?? before.name, kind: before.settings.kind, before };
  const definition = await definitionFrom(context, options, more);
  await context.client.call('alert.editChannel', { id: before.id, ...definition });
}

async function list(context: Context): Promise<void> {
  const channels = await context.client.call('alert.channels', {});
  if (context.options.json) return context.printJson(channels);
  const { say, formats } = context;
  const titles = ['column.name', 'column.kind', 'column.place', 'column.state', 'column.events', 'column.lastDelivered'] as const;
  context.print(
    table(
      titles.map((title) => ({ title: say(title) })),
      channels.map(({ name, settings: { kind }, place, isOn, events, lastDeliveredMs }) => [
        name,
        kind,
        place,
        say(isOn ? 'switch.on' : 'switch.off'),
        events.join(','),
        formats.time(lastDeliveredMs),
      ]),
    ),
  );
  for (const { name, lastFailure } of channels) {
    if (lastFailure !== null) context.tell(`${harmless(name)}: ${sayFailure(lastFailure.failure, context.language)}`);
  }
}

async function test(context: Context, [name = '']: string[]): Promise<void> {
  const channel = await pickChannel(context, name);
  await context.client.call('alert.testChannel', { id: channel.id });
  if (context.options.json) return context.printJson({ id: channel.id, delivered: true });
  context.print(context.say('channelWorks', { name: channel.name }));
}

async function remove(context: Context, [name = '']: string[]): Promise<void> {
  const { id } = await pickChannel(context, name);
  await context.client.call('alert.removeChannel', { id });
}

async function route(context: Context, [name = '', job = '', events]: string[]): Promise<void> {
  const channel = await pickChannel(context, name);
  const { id } = await pickJob(context, job);
  const chosen = events === undefined ? null : eventsFrom(context, events);
  await context.client.call('alert.route', { channel: channel.id, job: id, events: chosen });
}

interface SettingsOptions {
  readonly quietHours?: string;
  readonly digest?: string;
  readonly zone?: string;
}

async function settings(context: Context, _words: string[], { quietHours: quiet, digest, zone }: SettingsOptions): Promise<void> {
  const [from = '', until = ''] = quiet?.split('-') ?? [];
  const set = await context.client.call('alert.setSettings', {
    ...(quiet === undefined ? {} : { quiet: quiet === 'off' ? null : { from: parseMinute(from), until: parseMinute(until) } }),
    ...(digest === undefined ? {} : { digestAt: parseMinute(digest) }),
    ...(zone === undefined ? {} : { zone }),
  });
  if (context.options.json) return context.printJson(set);
  const quietText =
    set.quiet === null ? context.say('switch.off') : `${minuteText(set.quiet.from)}–${minuteText(set.quiet.until)}`;
  context.print(context.say('alertSettings', { quiet: quietText, digest: minuteText(set.digestAt) }));
}

interface InboxOptions {
  readonly unread?: boolean;
  readonly job?: string;
  readonly level?: string;
  readonly what?: string;
  readonly markRead?: boolean;
  readonly limit: string;
}

async function inbox(context: Context, _words: string[], options: InboxOptions): Promise<void> {
  const { unread, markRead, limit, job, level, what } = options;
  const all = await context.client.call('alert.inbox', {
    limit: Number(limit),
    job: job === undefined ? null : (await pickJob(context, job)).id,
    least: level === undefined ? null : among(context, alertLevels, level),
    event: what === undefined ? null : among(context, alertEvents, what),
  });
  const entries = all.entries.filter(({ isRead }) => unread !== true || !isRead);
  if (context.options.json) context.printJson({ unread: all.unread, entries: entries.map(entryJson) });
  else for (const entry of entries) context.print(entryText(context, entry));
  if (markRead === true) await context.client.call('alert.markRead', { ids: entries.map(({ alert: { id } }) => id) });
}

type Entry = CallOutput<'alert.inbox'>['entries'][number];

const entryJson = ({ alert, times, lastAtMs, isRead }: Entry) => ({
  ...{ event: alertTopics[alert.topic].event, ...alert, times, isRead },
  time: new Date(lastAtMs).toISOString(),
});

function entryText({ formats, say, language }: Context, { alert, times, lastAtMs, isRead }: Entry): string {
  const { title, text } = sayAlert(alert, language);
  const often = times > 1 ? ` (${say('timesSaid', { times })})` : '';
  const lines = [`${isRead ? ' ' : '*'} ${formats.time(lastAtMs)}  ${say(`level.${alert.level}`)}: ${title}${often}`];
  if (text !== '') lines.push(`    ${text}`);
  return lines.map(harmless).join('\n');
}
