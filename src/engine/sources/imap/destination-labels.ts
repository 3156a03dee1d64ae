import type { ImapFlow } from 'imapflow';
import type { RunContext } from '../../kernel/run-context.ts';
import type { RestoreItem } from '../destination.ts';
import { strings } from './destination-folders.ts';

/** Gmail's own that a program may give. The others say where a message lies, which it does by now. */
const givable: ReadonlySet<string> = new Set(['\\Inbox', '\\Important', '\\Starred']);

/** imapflow's own way to say any command: its way to set labels writes them as they are, spaces and all. */
interface Executing {
  exec(command: string, words: readonly unknown[], options: object): Promise<{ next(): void }>;
}

/** Gives a message that was just put back its labels, where the server has such a thing (X-GM-EXT-1). Takes none away. The folder must be open for writing. */
export async function giveLabels(
  client: ImapFlow,
  uid: number | undefined,
  { manifest }: RestoreItem,
  run: RunContext,
): Promise<void> {
  if (!client.capabilities.has('X-GM-EXT-1')) return;
  const labels = strings(manifest.metadata['labels']);
  const given = labels.filter((label) => givable.has(label) || isOfAPerson(label));
  if (given.length === 0) return;
  // A server with labels has UIDPLUS. One that does not say where the message is cannot be told what to call it.
  if (uid === undefined) return run.log.warn('restore.labels-dropped', { item: manifest.item, labels: given.length });
  const words = [
    { type: 'SEQUENCE', value: String(uid) },
    { type: 'ATOM', value: '+X-GM-LABELS' },
    given.map((value) => ({ type: givable.has(value) ? 'ATOM' : 'STRING', value })),
  ];
  (await (client as unknown as Executing).exec('UID STORE', words, {})).next();
}

/** In printable ASCII, as Gmail spells them (modified UTF-7): anything else was never one. */
const isOfAPerson = (label: string): boolean => /^[ -[\]-~][ -~]{0,499}$/.test(label);
