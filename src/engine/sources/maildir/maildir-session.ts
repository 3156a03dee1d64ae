import { canonicalJson, type JsonObject } from '../../../shared/domain/json.ts';
import { type Failure, StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { folderPatterns } from '../folder-patterns.ts';
import { Pauses } from '../pauses.ts';
import {
  type FolderOverview,
  type FolderScan,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Scope,
  type Sighting,
  type SourceSession,
  type Wanted,
} from '../source.ts';
import { type Listing, type ListedName, listMessages, lookAtNames } from './listing.ts';
import { inboxKey, type Mailbox, mailboxesOf } from './mailboxes.ts';
import { parseKeywords } from './message-name.ts';
import { MessageReader } from './message-reader.ts';
import { type Keywords, messageSighting, type MessageSighting } from './message-reading.ts';
import { readSubscriptions, readText, type Subscriptions } from './subscriptions.ts';
import { emptyScan } from '../empty-scan.ts';

const batchLength = 512;

/** Above all folders; it has no messages and no properties. */
const rootSighting: Sighting = {
  key: '',
  name: '',
  kind: 'folder',
  contentRevision: 'root',
  metadataRevision: 'root',
  sizeBytes: 0,
};

export class MaildirSession implements SourceSession {
  readonly capabilities: readonly string[] = [];
  readonly readsWhileWalking = true;
  readonly #root: string;
  readonly #files: FileSystem;
  readonly #isExcluded: (path: readonly string[]) => boolean;
  readonly #subscriptions: Subscriptions;
  readonly #mailboxes = new Map<string, Mailbox>();

  constructor(root: string, exclude: readonly string[], files: FileSystem) {
    this.#root = root;
    this.#files = files;
    this.#isExcluded = folderPatterns(exclude);
    this.#subscriptions = readSubscriptions(root, files);
  }

  async *walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncIterable<FolderVisit> {
    const pauses = new Pauses(run);
    await pauses.between();
    yield { folder: rootSighting, parentKey: null, scan: emptyScan() };
    for (const mailbox of this.#find()) {
      await pauses.between();
      const isExcluded = this.#isExcluded(mailbox.path);
      if (!isExcluded) yield this.#visit(mailbox, pauses, scope);
      else if (known.tellsLeftOut === true) yield { ...this.#visit(mailbox, pauses, scope), leftOut: leftOutBySettings };
    }
  }

  #find(): readonly Mailbox[] {
    const mailboxes = mailboxesOf(this.#root, this.#files);
    for (const mailbox of mailboxes) this.#mailboxes.set(mailbox.key, mailbox);
    return mailboxes;
  }

  #visit(mailbox: Mailbox, pauses: Pauses, scope: Scope | undefined): FolderVisit {
    const { directory, parentKey, holdsMessages } = mailbox;
    const folder = this.#folderSighting(mailbox);
    try {
      if (mailbox.unreadable !== undefined) return unreadable(folder, mailbox, mailbox.unreadable);
      if (scope?.wants(folder, parentKey) === false) return { folder, parentKey, scan: undefined, passedBy: 'items' };
      const specialUse = specialUseOf(mailbox.key);
      if (directory === undefined || !holdsMessages) return { folder, parentKey, specialUse, scan: emptyScan() };
      const listing = listMessages(directory, this.#files);
      return { folder, parentKey, specialUse, scan: wholeScan(this.#sightings(directory, listing, pauses)) };
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === undefined) throw error;
      return unreadable(folder, mailbox, reason);
    }
  }

  async *#sightings(directory: string, listing: Listing, pauses: Pauses): AsyncIterable<readonly Sighting[]> {
    const keywords = readKeywords(directory, this.#files);
    const renamed: string[] = [];
    let batch: Sighting[] = [];
    for (const [unique, names] of listing) {
      const found = this.#look(directory, unique, names, keywords);
      if (found.length === 0) renamed.push(unique);
      batch.push(...found);
      if (batch.length < batchLength) continue;
      yield batch;
      batch = [];
      await pauses.between();
    }
    if (renamed.length > 0) {
      // A flag was changed since the listing, or they have really gone.
      const again = listMessages(directory, this.#files);
      for (const unique of renamed) batch.push(...this.#look(directory, unique, again.get(unique) ?? [], keywords));
    }
    yield batch;
  }

  #look(directory: string, unique: string, names: readonly ListedName[], keywords: Keywords): Sighting[] {
    try {
      return lookAtNames(directory, names, this.#files).map((found) => messageSighting(found, keywords));
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === undefined) throw error;
      // Listing was allowed, looking is not: that holds for all names here.
      if (reason === 'EACCES')
        throw new StrataError('folder.unreadable', 'later', { folder: directory, reason }, { cause: error });
      return names.slice(0, 1).map((name) => unreadableMessage(unique, name));
    }
  }

  #folderSighting(mailbox: Mailbox): Sighting {
    const stat = mailbox.directory === undefined ? undefined : this.#files.stat(mailbox.directory);
    return {
      key: mailbox.key,
      name: mailbox.name,
      kind: 'folder',
      contentRevision: 'folder',
      metadataRevision: canonicalJson(this.#folderMetadata(mailbox)),
      ...(stat === undefined
        ? {}
        : { identity: [stat.device, stat.inode, stat.birthNs].map((value) => value.toString(36)).join('.') }),
      sizeBytes: 0,
    };
  }

  /** As an IMAP server would say it (RFC 3501, RFC 6154), so that the folder can be made again on one. */
  #folderMetadata({ key, levels, directory, holdsMessages, unreadable: reason }: Mailbox): JsonObject {
    return {
      specialUse: specialUseOf(key),
      subscribed: this.#subscriptions(levels),
      flags: directory === undefined ? ['\\NonExistent'] : holdsMessages || reason !== undefined ? [] : ['\\NoSelect'],
    };
  }

  async folders(parentKey: string | null | undefined): Promise<readonly FolderOverview[]> {
    return this.#find()
      .filter((mailbox) => parentKey === undefined || mailbox.parentKey === (parentKey ?? ''))
      .map((mailbox) => ({
        key: mailbox.key,
        parentKey: mailbox.parentKey,
        name: mailbox.name,
        specialUse: specialUseOf(mailbox.key),
        items: this.#count(mailbox),
        excluded: this.#isExcluded(mailbox.path),
      }));
  }

  /** Null: not countable now. */
  #count({ directory, holdsMessages }: Mailbox): number | null {
    if (directory === undefined || !holdsMessages) return 0;
    try {
      return listMessages(directory, this.#files).size;
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return null;
    }
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading> {
    const pauses = new Pauses(run);
    const directory = folderKey === inboxKey ? this.#root : `${this.#root}/${folderKey}`;
    const keywords = readKeywords(directory, this.#files);
    const messages = new MessageReader(directory, keywords, this.#files);
    for (const { sighting, need } of wanted) {
      await pauses.between();
      if (sighting.kind === 'folder') yield this.#readFolder(sighting);
      else yield messages.read(sighting as MessageSighting, need);
    }
  }

  #readFolder(sighting: Sighting): Reading {
    const mailbox = this.#mailboxes.get(sighting.key);
    const metadata = mailbox === undefined ? {} : this.#folderMetadata(mailbox);
    const { key, contentRevision, metadataRevision, name } = sighting;
    return { key, contentRevision, metadataRevision, metadata, summary: { title: name } };
  }

  leavesOut(folder: readonly string[]): boolean {
    return this.#isExcluded(folder);
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }
}

const specialUseOf = (key: string): string | null => (key === inboxKey ? '\\Inbox' : null);

const wholeScan = (sightings: AsyncIterable<readonly Sighting[]>): FolderScan => ({
  completeness: 'full',
  sightings,
  vanished: () => [],
  cursor: () => undefined,
});

const unreadable = (folder: Sighting, { parentKey, path }: Mailbox, reason: string): FolderVisit => {
  const problem: Failure = { code: 'folder.unreadable', retry: 'later', facts: { folder: path.join('/'), reason } };
  return { folder, parentKey, scan: undefined, problem };
};

/** It is there and says nothing of itself: sighted, so that it is not taken for vanished; reading it tells why. */
const unreadableMessage = (unique: string, seen: ListedName): MessageSighting => ({
  key: unique,
  name: unique,
  kind: 'message',
  contentRevision: '',
  metadataRevision: '',
  sizeBytes: 0,
  seen,
  mark: undefined,
});

const readKeywords = (directory: string, files: FileSystem): Keywords =>
  parseKeywords(readText(`${directory}/dovecot-keywords`, files) ?? '');
