import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import { failureOf } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type {
  FolderOverview,
  FolderScan,
  FolderVisit,
  KnownCursors,
  Reading,
  Sighting,
  Source,
  SourceSession,
  Wanted,
} from '../source.ts';
import type { CredentialReader } from '../credential.ts';
import { type ImapLimits, imapLimits } from './connection.ts';
import { fromCursor, isUnchanged, type MailboxState, toCursor } from './cursor.ts';
import { isFolderFailure } from './failure.ts';
import { folderFilter } from './folder-patterns.ts';
import { arrangeFolders, folderMetadata, type RemoteFolder } from './folders.ts';
import { FolderListing, nothingNew } from './listing.ts';
import { ReadOnlyImap } from './read-only-imap.ts';
import { readMessages } from './reading.ts';

export function imapSource(settings: ImapSettings, credential: CredentialReader, limits: ImapLimits = imapLimits): Source {
  return {
    async open(run) {
      const imap = new ReadOnlyImap(settings, credential, limits, run);
      return new ImapSession(imap, settings, await imap.capabilities());
    },
  };
}

/** What the walk of this session saw of a folder. */
interface Visited {
  readonly folder: RemoteFolder;
  readonly state: MailboxState | undefined;
}

class ImapSession implements SourceSession {
  readonly capabilities: readonly string[];
  readonly #imap: ReadOnlyImap;
  readonly #isExcluded: ReturnType<typeof folderFilter>;
  readonly #visited = new Map<string, Visited>();

  constructor(imap: ReadOnlyImap, settings: ImapSettings, capabilities: readonly string[]) {
    this.#imap = imap;
    this.#isExcluded = folderFilter(settings.exclude);
    this.capabilities = capabilities;
  }

  async *walk(known: KnownCursors, run: RunContext): AsyncGenerator<FolderVisit> {
    const folders = await this.#folders();
    const isUnique = uniqueValidities(folders);
    yield { folder: root, parentKey: null, scan: nothingNew('full', undefined) };
    for (const folder of folders) {
      stopIfCancelled(run);
      if (!folder.excluded) yield await this.#visit(folder, known, isUnique);
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
      else messages.push(item);
    }
    const state = this.#visited.get(folderKey)?.state;
    if (messages.length === 0) return;
    if (state === undefined) throw new Error('messages can only be read from a folder that this session has walked');
    yield* readMessages(this.#imap, { key: folderKey, uidValidity: state.uidValidity }, messages, run);
  }

  close(): Promise<void> {
    return this.#imap.close();
  }

  async #folders(): Promise<RemoteFolder[]> {
    return arrangeFolders(await this.#imap.list(), this.#isExcluded);
  }

  async #visit(folder: RemoteFolder, known: KnownCursors, isUnique: (state: MailboxState) => boolean): Promise<FolderVisit> {
    const { parentKey } = folder;
    try {
      const { state, scan } = await this.#look(folder, known);
      this.#visited.set(folder.key, { folder, state });
      return { folder: folderSighting(folder, state, isUnique), parentKey, scan };
    } catch (error) {
      if (!isFolderFailure(error)) throw error;
      this.#visited.set(folder.key, { folder, state: folder.state });
      return { folder: folderSighting(folder, folder.state, isUnique), parentKey, scan: undefined, problem: failureOf(error) };
    }
  }

  async #look(folder: RemoteFolder, known: KnownCursors): Promise<{ state: MailboxState | undefined; scan: FolderScan }> {
    if (!folder.holdsMessages) return { state: undefined, scan: nothingNew('full', undefined) };
    const cursor = fromCursor(known.cursor(folder.key));
    if (cursor !== undefined && folder.state !== undefined && isUnchanged(cursor, folder.state)) {
      return { state: folder.state, scan: nothingNew('changes', toCursor(folder.state)) };
    }
    if (folder.state?.messages === 0) return { state: folder.state, scan: nothingNew('full', toCursor(folder.state)) };
    const state = await this.#imap.examine(folder.key);
    return { state, scan: new FolderListing(this.#imap, folder.key, state, cursor) };
  }

  #readFolder(sighting: Sighting): Reading {
    const visited = this.#visited.get(sighting.key);
    return {
      key: sighting.key,
      metadata: visited === undefined ? {} : folderMetadata(visited.folder, visited.state),
      summary: { title: sighting.name },
      contentRevision: sighting.contentRevision,
      metadataRevision: sighting.metadataRevision,
    };
  }
}

const root: Sighting = { key: '', name: '', kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 };

function folderSighting(
  folder: RemoteFolder,
  state: MailboxState | undefined,
  isUnique: (state: MailboxState) => boolean,
): Sighting {
  return {
    key: folder.key,
    name: folder.name,
    kind: 'folder',
    contentRevision: '',
    metadataRevision: canonicalJson(folderMetadata(folder, state)),
    ...(state !== undefined && isUnique(state) ? { identity: state.uidValidity } : {}),
    sizeBytes: 0,
  };
}

/**
 * A renamed folder keeps its UIDVALIDITY, and so its messages their UIDs. Only a server that gives each folder one of its own
 * lets a folder be recognised by it; where two have the same, those two are not.
 */
function uniqueValidities(folders: readonly RemoteFolder[]): (state: MailboxState) => boolean {
  const holders = new Map<string, number>();
  for (const { state } of folders)
    if (state !== undefined) holders.set(state.uidValidity, (holders.get(state.uidValidity) ?? 0) + 1);
  return ({ uidValidity }) => holders.get(uidValidity) === 1;
}
