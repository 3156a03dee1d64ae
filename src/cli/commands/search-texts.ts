import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { unlockedStorage } from '../unlocking.ts';

type Texts = CallOutput<'search.texts'>;

export function addTextCommands(storage: Command, act: Act): void {
  storage
    .command('index-texts')
    .argument('<name>')
    .description('read what items say until all of it can be searched')
    .action(act(indexTexts));
}

async function indexTexts(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  const texts = await fillTexts(context, storage.id);
  if (context.options.json) return context.printJson(texts);
  const { formats, say } = context;
  context.print(
    texts.isOn ? `${textsLine(context, texts)} ${formats.bytes(texts.bytes)}` : say('textsOff', { name: storage.name }),
  );
}

/** Follows it to its end. */
export async function fillTexts(context: Context, storage: StorageId): Promise<Texts> {
  const { run } = await context.client.call('search.indexTexts', { storage });
  if (run !== null) concludeRun(context, await follow(context, run));
  return context.client.call('search.texts', { storage });
}

const textsLine = ({ say, formats }: Context, { done, total }: Texts): string =>
  say('textsSoFar', { done: formats.count(done), total: formats.count(total) });

/** On standard error: hits may lack what is not read yet, or is not read at all. */
export async function tellOfTexts(context: Context, storage: { id: StorageId; name: string }, query: string): Promise<void> {
  const texts = await context.client.call('search.texts', { storage: storage.id });
  if (texts.isOn && texts.done < texts.total) context.tell(textsLine(context, texts));
  if (!texts.isOn && /(?:^|\s)body:/i.test(query)) context.tell(context.say('textsOff', { name: storage.name }));
}
