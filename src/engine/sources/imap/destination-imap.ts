import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type {
  Destination,
  DestinationSession,
  Difference,
  FolderTakenBack,
  Made,
  PlaceLimits,
  RestoreItem,
  Standing,
  TakenBack,
  TakingBack,
  Written,
} from '../destination.ts';
import type { CredentialReader } from '../credential.ts';
import { connectImap, type ImapLimits, imapLimits } from './connection.ts';
import { DestinationFolders, type ImapPlace, strings } from './destination-folders.ts';
import { limitsOf } from './destination-limits.ts';
import { readMessageBack } from './destination-reading-back.ts';
import { removeMessage, takeFolder, takeMessage } from './destination-taking-back.ts';
import { giveLabels } from './destination-labels.ts';
import { type Twin, Twins, wireForm } from './destination-twins.ts';
import { commandFailure } from './failure.ts';
import { flagsRevision, sortFlags } from '../message-flags.ts';
import { itemKey, uidOf } from './listing.ts';

/**
 * A mail account that restored messages are put into: byte for byte, with flags, keywords and the date on which they came.
 *
 * Nothing there is changed or deleted, except the one message that gives way in a `replace`; and that one only where the server
 * can delete a single message (UIDPLUS), because plain EXPUNGE would take along whatever else is marked as deleted.
 */
export function imapDestination(
  settings: ImapSettings,
  credential: CredentialReader,
  place: ImapPlace,
  limits: ImapLimits = imapLimits,
): Destination {
  const where = [place.restoreRoot, place.folder].filter((part) => part !== null).join('/');
  return {
    label: `${settings.user}, ${settings.host}${where === '' ? '' : `: ${where}`}`,
    async open(run, making) {
      const session = new ImapDestinationSession(settings, credential, place, limits, making);
      await session.connect(run);
      return session;
    },
  };
}

class ImapDestinationSession implements DestinationSession {
  readonly namesWhatItMakes = true;
  readonly holdsBoth = true;
  readonly takingBack: TakingBack = {
    item: (item, made, how, run) => this.#takeBack(item, made, how, run),
    folder: (folder, run) => this.#takeFolder(folder, run),
  };
  readonly #settings: ImapSettings;
  readonly #credential: CredentialReader;
  readonly #place: ImapPlace;
  readonly #limits: ImapLimits;
  readonly #making: ((folder: string) => void) | undefined;
  /** Path → what it held before anything was restored to it. */
  readonly #twins = new Map<string, Twins>();
  /** Transaction → what was found for it. */
  readonly #found = new Map<string, Twin | undefined>();
  #connection: { readonly client: ImapFlow; readonly folders: DestinationFolders } | undefined;

  constructor(
    settings: ImapSettings,
    credential: CredentialReader,
    place: ImapPlace,
    limits: ImapLimits,
    making?: (folder: string) => void,
  ) {
    this.#making = making;
    this.#settings = settings;
    this.#credential = credential;
    this.#place = place;
    this.#limits = limits;
  }

  /** Again where the connection was lost while nothing was under way. */
  async connect(run: RunContext): Promise<{ readonly client: ImapFlow; readonly folders: DestinationFolders }> {
    if (this.#connection?.client.usable === true) return this.#connection;
    const client = await connectImap(this.#settings, this.#credential, this.#limits, run);
    const listed = await client.list().catch((error: unknown) => {
      client.close();
      throw commandFailure(error, this.#settings, null, run.signal);
    });
    this.#connection = { client, folders: new DestinationFolders(client, this.#place, listed, this.#making) };
    return this.#connection;
  }

  async probe(item: RestoreItem, run: RunContext): Promise<'absent' | 'same-name' | 'identical'> {
    // An account has settings of its own, and they are not ours to change: never `absent`, so that giving back an account passes them over.
    if (item.manifest.kind === 'account') return 'same-name';
    requireMail(item);
    const { client, folders } = await this.connect(run);
    const path = folders.pathOf(item);
    if (item.manifest.kind === 'folder')
      return path === undefined || folders.isComplete(path, item.manifest) ? 'identical' : 'absent';
    if (path === undefined || !folders.holdsMessages(path)) return 'absent';
    return this.#step(item, run, async () => {
      const key = transactionOf(item);
      const isAskedAnew = item.isLast === true && this.#found.get(key)?.kind === 'same-name';
      if (isAskedAnew || !this.#found.has(key)) this.#found.set(key, await this.#find(client, path, item));
      return this.#found.get(key)?.kind ?? 'absent';
    });
  }

  async look(item: RestoreItem): Promise<Standing> {
    const twin = this.#found.get(transactionOf(item));
    const cameMs = dateOf(item);
    const isOlder = twin?.timeMs !== undefined && cameMs !== undefined && twin.timeMs < cameMs;
    // Nothing was found that it could be held against: the settings of an account.
    return { isSameContent: twin?.kind !== 'same-name', isOlder };
  }

  givingWay(item: RestoreItem): Made | undefined {
    const twin = this.#found.get(transactionOf(item));
    const client = this.#connection?.client;
    const key = twin && client && keyOf(client, twin.uid);
    if (twin === undefined || key === undefined || !client || client.mailbox === false) return undefined;
    return { folder: client.mailbox.path, key, revision: twin.flags };
  }

  /** What a restore made is known by what the server called it then; only in that folder, and only while its UIDs are the same. */
  async #find(client: ImapFlow, path: string, item: RestoreItem): Promise<Twin | undefined> {
    const twins = await this.#twinsIn(client, path);
    for (const made of item.madeBefore ?? []) {
      const uid = uidOf(made.key);
      if (made.folder !== path || made.key !== keyOf(client, uid)) continue;
      const twin = await twins.findMade(client, uid);
      if (twin !== undefined) return twin;
    }
    return twins.find(client, item);
  }

  async write(item: RestoreItem, how: 'create' | 'replace', run: RunContext): Promise<Written> {
    requireMail(item);
    const { client, folders } = await this.connect(run);
    const path = folders.pathOf(item);
    if (path === undefined) return {};
    const twin = how === 'replace' ? this.#found.get(transactionOf(item)) : undefined;
    if (twin !== undefined && !client.capabilities.has('UIDPLUS')) {
      throw new StrataError('not.supported', 'never', {
        reason: `replacing a message needs UIDPLUS, which ${this.#settings.host} lacks`,
      });
    }
    // All of it first: a damaged item throws here, before the server has heard of it.
    const bytes = item.content === undefined ? undefined : await wireForm(item);
    stopIfCancelled(run);
    return this.#step(item, run, async () => {
      // Looked at before it is written to, so that what is written now never counts as having been there.
      if (folders.holdsMessages(path)) await this.#twinsIn(client, path);
      else await this.#makeEmpty(client, folders, item, path);
      const made = bytes === undefined ? undefined : await append(client, path, bytes, item, run);
      // After the new one is safe.
      if (twin !== undefined) await removeMessage(client, item, twin.uid);
      return made === undefined ? {} : { made };
    });
  }

  async folderOf(item: RestoreItem, run: RunContext): Promise<string | undefined> {
    return (await this.connect(run)).folders.pathOf(item);
  }

  async limits(_item: RestoreItem, run: RunContext): Promise<PlaceLimits> {
    return limitsOf((await this.connect(run)).client);
  }

  async readBack(item: RestoreItem, made: Made | undefined, run: RunContext): Promise<readonly Difference[] | 'missing'> {
    if (made === undefined) return 'missing';
    const { client } = await this.connect(run);
    const cameMs = dateOf(item);
    return this.#step(item, run, () => readMessageBack(client, made, { bytes: () => wireForm(item), cameMs }));
  }

  async finish(): Promise<void> {}

  async close(): Promise<void> {
    const client = this.#connection?.client;
    this.#connection = undefined;
    if (client?.usable !== true) return;
    // What was appended is safe since the server said so; a farewell that fails changes nothing.
    await client.logout().catch(() => undefined);
    client.close();
  }

  async #takeBack(item: RestoreItem, made: Made | undefined, how: 'look' | 'take', run: RunContext): Promise<TakenBack> {
    requireMail(item);
    const { client, folders } = await this.connect(run);
    const path = made?.folder ?? folders.pathOf(item);
    if (path === undefined || !folders.holdsMessages(path)) return 'gone';
    return this.#step(item, run, () => takeMessage(client, path, item, made, how));
  }

  async #takeFolder(folder: string, run: RunContext): Promise<FolderTakenBack> {
    const { client } = await this.connect(run);
    try {
      return await takeFolder(client, folder);
    } catch (error) {
      throw commandFailure(error, this.#settings, null, run.signal);
    }
  }

  async #makeEmpty(client: ImapFlow, folders: DestinationFolders, item: RestoreItem, path: string): Promise<void> {
    await folders.make(client, item);
    this.#twins.set(path, new Twins(0));
  }

  /** Leaves the folder open. Looking needs no more than EXAMINE. */
  async #twinsIn(client: ImapFlow, path: string): Promise<Twins> {
    if (client.mailbox === false || client.mailbox.path !== path) await client.mailboxOpen(path, { readOnly: true });
    const uidNext = client.mailbox === false ? undefined : client.mailbox.uidNext;
    const twins = this.#twins.get(path) ?? new Twins(uidNext ?? 2 ** 32);
    this.#twins.set(path, twins);
    return twins;
  }

  /** A refusal concerns the item; a lost connection ends the restore, because nobody knows whether the last message arrived. */
  async #step<T>(item: RestoreItem, run: RunContext, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      const { responseStatus, serverResponseCode, code } = error as {
        responseStatus?: string;
        serverResponseCode?: string;
        code?: string;
      };
      if (responseStatus === undefined && serverResponseCode === undefined)
        throw commandFailure(error, this.#settings, null, run.signal);
      throw writeFailed(item, serverResponseCode ?? code ?? responseStatus ?? '', error);
    }
  }
}

async function append(
  client: ImapFlow,
  path: string,
  bytes: Buffer,
  item: RestoreItem,
  run: RunContext,
): Promise<Made | undefined> {
  // Open for writing, and this folder: imapflow drops the flags that the open folder does not take, whichever it is.
  if (client.mailbox === false || client.mailbox.path !== path || client.mailbox.readOnly === true)
    await client.mailboxOpen(path);
  const { metadata } = item.manifest;
  const flags = [...strings(metadata['flags']), ...strings(metadata['keywords'])];
  const taken = client.mailbox === false ? undefined : client.mailbox.permanentFlags;
  const dropped = taken === undefined || taken.has('\\*') ? [] : flags.filter((flag) => !taken.has(flag));
  if (dropped.length > 0) run.log.warn('restore.flags-dropped', { item: item.manifest.item, flags: dropped.length });
  const cameMs = dateOf(item);
  const appended = await client.append(path, bytes, flags, cameMs === undefined ? undefined : new Date(cameMs));
  if (!appended) throw writeFailed(item, 'not taken');
  await giveLabels(client, appended.uid, item, run);
  const key = appended.uid === undefined ? undefined : keyOf(client, appended.uid);
  const kept = flags.filter((flag) => !dropped.includes(flag));
  return key === undefined ? undefined : { folder: path, key, revision: flagsRevision(sortFlags(kept)) };
}

/** When the server got it. */
function dateOf({ manifest: { metadata, summary } }: RestoreItem): number | undefined {
  const came = typeof metadata['internalDate'] === 'string' ? Date.parse(metadata['internalDate']) : summary.timeMs;
  return came === undefined || Number.isNaN(came) ? undefined : came;
}

/** As the source that reads this account names it. The folder must be open. */
const keyOf = (client: ImapFlow, uid: number): string | undefined =>
  client.mailbox === false ? undefined : itemKey(String(client.mailbox.uidValidity), uid);

function requireMail({ manifest: { kind } }: RestoreItem): void {
  if (kind === 'message' || kind === 'folder') return;
  throw new StrataError('not.supported', 'never', { reason: `a mailbox holds messages, not items of kind ${kind}` });
}

const transactionOf = ({ manifest }: RestoreItem): string => `${manifest.item}.${manifest.version}`;

const writeFailed = ({ manifest }: RestoreItem, reason: string, cause?: unknown): StrataError =>
  new StrataError('restore.write-failed', 'later', { item: manifest.name, reason }, { cause });
