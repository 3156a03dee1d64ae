import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { Beside } from './beside.ts';
import { flagsOf, type IndexedMessage, messagesOf, uidsOf } from './imap-backup-messages.ts';
import type { Quoting } from './mbox-quoting.ts';

/** About a million messages. */
const longestBytes = 128 * 1024 * 1024;

/** What imap-backup keeps beside an mbox, or why it cannot be used; undefined: there is nothing beside it. */
export function imapBackupIndex(
  path: string,
  files: FileSystem,
): { readonly beside: Beside } | { readonly unreadable: string } | undefined {
  try {
    const stat = files.stat(path);
    if (stat === undefined) return undefined;
    if (stat.type !== 'file' || stat.sizeBytes > longestBytes) return { unreadable: 'an index that cannot be read' };
    const index = parsed(Buffer.from(files.readWhole(path)).toString('utf8'));
    if (index === undefined) return { unreadable: 'an index that cannot be understood' };
    return { beside: besideOf(index, `${stat.sizeBytes.toString(36)}.${stat.modifyNs.toString(36)}`) };
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === undefined) throw error;
    return { unreadable: reason };
  }
}

interface Index {
  readonly uidValidity: number | undefined;
  readonly messages: readonly IndexedMessage[];
  /** Before version 3: in the order of the mbox. */
  readonly isByOrder: boolean;
  readonly quoting: Quoting;
}

/** Versions 3 and 3.1 say where each message lies, version 2 in which order, and the first is a list of UIDs and nothing else. */
function parsed(text: string): Index | undefined {
  if (/^\s*(?:\d{1,10}\s*)*$/.test(text)) {
    const messages = uidsOf(text.split(/\s+/).filter(Boolean).map(Number));
    return messages && { uidValidity: undefined, messages, isByOrder: true, quoting: 'words' };
  }
  const data = json(text);
  if (typeof data !== 'object' || data === null) return undefined;
  const { version, uid_validity: told, uids, messages: rows } = data as Readonly<Record<string, unknown>>;
  const uidValidity = typeof told === 'number' && Number.isSafeInteger(told) ? told : undefined;
  const isByOrder = version !== 3 && version !== 3.1;
  if (isByOrder && version !== 2 && version !== 1 && version !== undefined) return undefined;
  const messages = isByOrder ? uidsOf(uids) : messagesOf(rows);
  return messages && { uidValidity, messages, isByOrder, quoting: version === 3.1 ? 'every' : 'words' };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is told as an index that cannot be understood.
    return undefined;
  }
}

function besideOf({ uidValidity, messages, isByOrder, quoting }: Index, token: string): Beside {
  const byOffset = new Map(isByOrder ? [] : messages.map((message) => [message.offset, message]));
  const facts = uidValidity === undefined ? {} : { uidValidity: String(uidValidity) };
  return {
    token,
    quoting,
    metadata: { ...facts, keptBy: 'imap-backup', messages: messages.length },
    places: isByOrder ? [] : messages.map(({ offset, length }) => ({ at: offset, end: offset + length })),
    of: (index, at) => {
      const message = isByOrder ? messages[index] : byOffset.get(at);
      return message && { ...flagsOf(message.flags), uid: message.uid };
    },
  };
}
