import type { Command } from 'commander';
import type { CallInput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { itemJson } from '../output/json.ts';
import { harmless, table } from '../output/table.ts';
import { resolved } from './browse.ts';

export function addShowCommand(program: Command, act: Act): void {
  program
    .command('show')
    .argument('<storage>')
    .argument('<item>')
    .option('--version <number>')
    .option('--raw')
    .option('--text')
    .option('--meta')
    .option('--attachments', 'what hangs at a message')
    .option('--attachment <number>', 'one of them; 2.1: the first that hangs at the message that is the second')
    .action(act(show));
}

interface ShowOptions {
  readonly version?: string;
  readonly raw?: boolean;
  readonly text?: boolean;
  readonly meta?: boolean;
  readonly attachments?: boolean;
  readonly attachment?: string;
}

async function show(context: Context, [name = '', text = '']: string[], options: ShowOptions): Promise<void> {
  const { storage, item } = await resolved(context, name, text);
  const version = options.version === undefined ? null : Number(options.version);
  const part = { storage, item, version, ...partWithin(context, options.attachment) };
  if (options.raw) {
    process.stdout.write((await context.client.call('browse.raw', part)).bytes);
    return;
  }
  if (options.attachments) return showAttachments(context, part);
  if (options.attachment === undefined) {
    const row = await context.client.call('browse.item', { storage, item, version, at: null });
    const rows = await context.client.call('browse.history', { storage, item });
    const shown = rows.find((one) => one.version === (version ?? row.version));
    if (context.options.json) return context.printJson({ ...itemJson(row), metadata: shown?.metadata ?? {} });
    const facts = [row.title || row.name, row.folderPath, ...JSON.stringify(shown?.metadata ?? {}, null, 2).split('\n')];
    if (!options.text) context.print(facts.map(harmless).join('\n'));
    if (options.meta) return;
  }
  const preview = await context.client.call('browse.preview', part);
  if (preview.text !== null) context.print(preview.text.split('\n').map(harmless).join('\n'));
}

/** People count from 1. */
function partWithin(context: Context, text: string | undefined): { within?: number[] } {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,5}(\.[1-9]\d{0,5}){0,19}$/.test(text)) {
    throw new StrataError('usage.invalid', 'never', { reason: context.say('attachmentNumber', { text }) });
  }
  return { within: text.split('.').map((number) => Number(number) - 1) };
}

async function showAttachments(context: Context, part: CallInput<'browse.preview'>): Promise<void> {
  const { attachments } = await context.client.call('browse.preview', part);
  const numbered = attachments.map((one, index) => ({ number: numberOf([...(part.within ?? []), index]), ...one }));
  if (context.options.json) return context.printJson(numbered);
  const { say, formats } = context;
  const titles = [say('column.number'), say('column.name'), say('column.kind')].map((title) => ({ title }));
  context.print(
    table(
      [...titles, { title: say('column.size'), right: true }],
      numbered.map(({ number, name, type, sizeBytes }) => [number, harmless(name), harmless(type), formats.bytes(sizeBytes)]),
    ),
  );
}

const numberOf = (within: readonly number[]): string => within.map((index) => index + 1).join('.');
