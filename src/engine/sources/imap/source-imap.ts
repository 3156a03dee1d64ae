import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import { failureOf } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import {
  type FolderOverview,
  type FolderScan,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Scope,
  type Sighting,
  type Source,
  type SourceSession,
  type Wanted,
} from '../source.ts';
import type { CredentialReader } from '../credential.ts';
import { type ImapLimits, imapLimits } from './connection.ts';
import { AccountItems } from './account.ts';
import { type AskedProperties, fromCursor, type ImapCursor, isUnchanged, type MailboxState, toCursor } from './cursor.ts';
import { isFolderFailure } from './failure.ts';
import { folderFilter } from './folder-patterns.ts';
import { arrangeFolders, folderMetadata, type RemoteFolder } from './folders.ts';
import { FolderListing } from './listing.ts';
import { askMailboxIds } from './mailbox-ids.ts';
import { folderProperties, type FolderProperties, propertiesForMs } from './properties.ts';
import { ReadOnlyImap } from './read-only-imap.ts';
import { readMessages } from './reading.ts';
import { watchImap } from './watch-imap.ts';
import { emptyScan } from '../empty-scan.ts';

export function imapSource(settings: ImapSettings, credential: CredentialReader, other: Partial<ImapLimits> = {}): Source {
  const limits = { ...imapLimits, ...other };
  return {
    async open(run) {
      const imap = new ReadOnlyImap(settings, credential, limits, run);
      return new ImapSession(imap, settings, credential, await imap.capabilities());
    },
    watch: (listener) => watchImap(settings, credential, limits, listener),
  };
}

/** What the walk of this session saw of a folder. */
interface Visited {
  readonly folder: RemoteFolder;
  readonly state: MailboxState | undefined;
  readonly properties: FolderProperties;
}

class ImapSession implements SourceSession {
  readonly capabilities: readonly string[];
  readonly #imap: ReadOnlyImap;
  readonly #isExcluded: ReturnType<typeof folderFilter>;
  readonly #visited = new Map<string, Visited>();
  readonly #abilities: ReadonlySet<string>;
  readonly #account: AccountItems;
  #delimiter: string | null = null;

  constructor(imap: ReadOnlyImap, settings: ImapSettings, credential: CredentialReader, capabilities: readonly string[]) {
    this.#imap = imap;
    this.#abilities = new Set(capabilities);
    this.#account = new AccountItems(imap, settings, credential, this.#abilities);
    this.#isExcluded = folderFilter(settings.exclude);
    this.capabilities = capabilities;
  }

  async *walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncGenerator<FolderVisit> {
    const folders = await this.#foldersWithIds();
    this.#delimiter = folders.find(({ delimiter }) => delimiter !== null)?.delimiter ?? null;
    const isUnique = uniqueValidities(folders);
    const identities = new Set(folders.flatMap((folder) => (folder.excluded ? [] : (identityOf(folder, isUnique) ?? []))));
    yield { folder: root, parentKey: null, identities, scan: await this.#account.scan(known.cursor(''), run) };
    for (const folder of folders) {
      stopIfCancelled(run);
      if (folder.excluded && known.tellsLeftOut !== true) continue;
      const visit =
        this.#passBy(folder, known, isUnique, scope) ?? (await this.#visit(folder, known, isUnique, run.clock.nowMs()));
      yield folder.excluded ? { ...visit, leftOut: leftOutBySettings } : visit;
    }
  }

  async folders(parentKey: string | null | undefined): Promise<readonly FolderOverview[]> {
    const all = (await this.#folders()).map(({ key, parentKey: parent, name, specialUse, state, holdsMessages, excluded }) => ({
      key,
      parentKey: parent === '' ? null : parent,
      name,
      specialUse,
      items: holdsMessages ? (state?.messages ?? null) : 0,
      excluded,
    }));
    return parentKey === undefined ? all : all.filter((folder) => folder.parentKey === parentKey);
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncGenerator<Reading> {
    const messages: Wanted[] = [];
    for (const item of wanted) {
      if (item.sighting.kind === 'folder') yield this.#readFolder(item.sighting);
      else if (item.sighting.kind === 'account') yield this.#account.read(item.sighting);
      else messages.push(item);
    }
    const state = this.#visited.get(folderKey)?.state;
    if (messages.length === 0) return;
    if (state === undefined) throw new Error('messages can only be read from a folder that this session has walked');
    yield* readMessages(this.#imap, { key: folderKey, uidValidity: state.uidValidity }, messages, run);
  }

  leavesOut(folder: readonly string[]): boolean {
    return this.#isExcluded(folder.join(this.#delimiter ?? ''), this.#delimiter);
  }

  close(): Promise<void> {
    return this.#imap.close();
  }

  async #folders(): Promise<RemoteFolder[]> {
    return arrangeFolders(await this.#imap.list(), this.#isExcluded, await this.#imap.foreignPrefixes());
  }

  async #foldersWithIds(): Promise<RemoteFolder[]> {
    const ids = await askMailboxIds(this.#abilities, (question, listedAs) => this.#imap.ask(question, listedAs));
    return (await this.#folders()).map((folder) => {
      const mailboxId = ids.get(folder.listedAs);
      return mailboxId === undefined ? folder : { ...folder, mailboxId };
    });
  }

  /** Undefined: it is wanted, or what it has beside its messages is not known without looking. */
  #passBy(
    folder: RemoteFolder,
    known: KnownCursors,
    isUnique: (state: MailboxState) => boolean,
    scope: Scope | undefined,
  ): FolderVisit | undefined {
    const { key, parentKey, state } = folder;
    const cursor = fromCursor(known.cursor(key));
    if (scope === undefined || (cursor === undefined && folder.holdsMessages)) return undefined;
    const visited = { folder, state, properties: cursor?.asked?.properties ?? {} };
    const sighting = folderSighting(visited, isUnique);
    if (scope.wants(sighting, parentKey)) return undefined;
    this.#visited.set(key, visited);
    return { folder: sighting, parentKey, scan: undefined, passedBy: 'items' };
  }

  async #visit(
    folder: RemoteFolder,
    known: KnownCursors,
    isUnique: (state: MailboxState) => boolean,
    nowMs: number,
  ): Promise<FolderVisit> {
    const { key, parentKey, specialUse, namespace } = folder;
    const uses = { specialUse, isShared: namespace !== undefined };
    const cursor = fromCursor(known.cursor(key));
    try {
      const { state, scan, properties } = await this.#look(folder, cursor, nowMs);
      const visited = { folder, state, properties };
      this.#visited.set(key, visited);
      return { folder: folderSighting(visited, isUnique), parentKey, ...uses, scan };
    } catch (error) {
      if (!isFolderFailure(error)) throw error;
      const visited = { folder, state: folder.state, properties: cursor?.asked?.properties ?? {} };
      this.#visited.set(key, visited);
      return { folder: folderSighting(visited, isUnique), parentKey, ...uses, scan: undefined, problem: failureOf(error) };
    }
  }

  async #look(folder: RemoteFolder, cursor: ImapCursor | undefined, nowMs: number): Promise<Look> {
    if (!folder.holdsMessages) return { state: undefined, scan: emptyScan(), properties: {} };
    const isUnchangedSince = cursor !== undefined && folder.state !== undefined && isUnchanged(cursor, folder.state);
    const isEmpty = folder.state?.messages === 0;
    const state =
      folder.state === undefined || !(isUnchangedSince || isEmpty) ? await this.#imap.examine(folder.key) : folder.state;
    const asked = await this.#askProperties(folder, state, cursor, nowMs);
    const properties = asked?.properties ?? {};
    if (isUnchangedSince) return { state, scan: emptyScan('changes', toCursor(state, asked)), properties };
    if (isEmpty) return { state, scan: emptyScan('full', toCursor(state, asked)), properties };
    return { state, scan: new FolderListing(this.#imap, folder.key, state, cursor, asked), properties };
  }

  /** As they were said last, while that is recent and the folder is the same. */
  async #askProperties(
    { listedAs }: RemoteFolder,
    { uidValidity }: MailboxState,
    cursor: ImapCursor | undefined,
    nowMs: number,
  ): Promise<AskedProperties | undefined> {
    if (!['ACL', 'METADATA'].some((ability) => this.#abilities.has(ability))) return undefined;
    const last = cursor?.uidValidity === uidValidity ? cursor.asked : undefined;
    if (last !== undefined && last.askedMs <= nowMs && nowMs < last.askedMs + propertiesForMs) return last;
    const properties = await folderProperties(this.#abilities, (question) => this.#imap.ask(question, listedAs));
    return { askedMs: nowMs, properties };
  }

  #readFolder(sighting: Sighting): Reading {
    const visited = this.#visited.get(sighting.key);
    return {
      key: sighting.key,
      metadata: visited === undefined ? {} : folderMetadata(visited.folder, visited.state, visited.properties),
      summary: { title: sighting.name },
      contentRevision: sighting.contentRevision,
      metadataRevision: sighting.metadataRevision,
    };
  }
}

interface Look {
  readonly state: MailboxState | undefined;
  readonly scan: FolderScan;
  readonly properties: FolderProperties;
}

const root: Sighting = { key: '', name: '', kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 };

function folderSighting({ folder, state, properties }: Visited, isUnique: (state: MailboxState) => boolean): Sighting {
  const identity = identityOf({ ...folder, state }, isUnique);
  return {
    key: folder.key,
    name: folder.name,
    kind: 'folder',
    contentRevision: '',
    metadataRevision: canonicalJson(folderMetadata(folder, state, properties)),
    ...(identity === undefined ? {} : { identity }),
    sizeBytes: 0,
  };
}

const identityOf = (
  { mailboxId, state }: Pick<RemoteFolder, 'mailboxId' | 'state'>,
  isUnique: (state: MailboxState) => boolean,
): string | undefined => mailboxId ?? (state !== undefined && isUnique(state) ? state.uidValidity : undefined);

/**
 * Where the server gives folders no id: a renamed one keeps its UIDVALIDITY, and so its messages their UIDs. Only a server that gives each folder one of its own
 * lets a folder be recognised by it; where two have the same, those two are not.
 */
function uniqueValidities(folders: readonly RemoteFolder[]): (state: MailboxState) => boolean {
  const holders = new Map<string, number>();
  for (const { state } of folders)
    if (state !== undefined) holders.set(state.uidValidity, (holders.get(state.uidValidity) ?? 0) + 1);
  return ({ uidValidity }) => holders.get(uidValidity) === 1;
}
