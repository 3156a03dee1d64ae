import { isAbsolute } from 'node:path';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { MaildirSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type {
  Destination,
  DestinationSession,
  Difference,
  FolderTakenBack,
  Found,
  PlaceLimits,
  RestoreItem,
  TakenBack,
  TakingBack,
  Written,
} from '../destination.ts';
import { markBeside } from '../destination-beside.ts';
import { forItem } from '../destination-failure.ts';
import { exists, giveName, takeBack, unfinishedName } from '../destination-naming.ts';
import { roomAt } from '../destination-room.ts';
import { holdsBytes } from '../destination-sameness.ts';
import { takeDirectory } from '../destination-taking-folders.ts';
import { type Directory, Tree } from '../destination-tree.ts';
import { messageTimeMsOf } from '../message-file.ts';
import { Pauses } from '../pauses.ts';
import { MailboxPlaces, type MaildirPlace } from './destination-mailboxes.ts';
import { mailboxesOf } from './mailboxes.ts';
import { lettersOf, parseKeywords, parseMessageName } from './message-name.ts';
import { readText } from './subscriptions.ts';

/**
 * A Maildir that restored messages are put into: byte for byte, with the flags it has letters for, and the date on which they came.
 * A message that came from a Maildir gets the unique name that it had, so that it is recognised when it is there already.
 *
 * Lists that belong to the mail server (keywords, subscriptions) are read and never written: servers lock them in ways of their own.
 */
export function maildirDestination(settings: MaildirSettings, files: FileSystem, place: MaildirPlace): Destination {
  const root = settings.path.replace(/(?<=.)[\\/]+$/, '');
  return {
    label: [root, place.restoreRoot, place.folder].filter((part) => part !== null).join(': '),
    async open(run, making) {
      const found = files.stat(root);
      const places = new MailboxPlaces(place, found === undefined ? [] : mailboxesOf(root, files));
      return new MaildirDestinationSession(root, found, places, new Tree(files, root, 0o700, making), files, run);
    },
  };
}

/** A message's file in its folder: in `new` without flags, or in `cur` with them. */
interface MessageFile {
  readonly place: 'new' | 'cur';
  readonly unique: string;
  readonly name: string;
  /** Flags that no letter stands for here. */
  readonly without: readonly string[];
}

/** What a folder held and holds by now. */
interface FolderState {
  readonly key: string;
  /** Unique part → file, relative to the folder. */
  readonly names: Map<string, string>;
  readonly keywords: ReadonlyMap<string, string>;
  isMade: boolean;
}

class MaildirDestinationSession implements DestinationSession {
  readonly takingBack: TakingBack = {
    item: (item, _made, how) => forItem(item, () => this.#takeBack(item, how)),
    folder: (folder) => Promise.resolve(this.#takeFolder(folder)),
  };
  readonly #root: string;
  readonly #owner: FileStat | undefined;
  readonly #places: MailboxPlaces;
  readonly #files: FileSystem;
  readonly #tree: Tree;
  readonly #pauses: Pauses;
  /** What an earlier try left of messages that are there. */
  readonly #leftovers: { readonly folders: readonly string[]; readonly item: RestoreItem }[] = [];
  /** Messages come folder by folder. */
  #last: FolderState | undefined;

  constructor(root: string, owner: FileStat | undefined, places: MailboxPlaces, tree: Tree, files: FileSystem, run: RunContext) {
    this.#root = root;
    this.#owner = owner;
    this.#places = places;
    this.#files = files;
    this.#tree = tree;
    this.#pauses = new Pauses(run);
  }

  async probe(item: RestoreItem): Promise<Found> {
    return forItem(item, async () => {
      const folders = this.#places.of(item);
      if (folders === undefined || item.manifest.kind === 'account') return 'identical'; // nothing to be made
      if (item.manifest.kind === 'folder') return this.#tree.find([...folders, 'cur']) === undefined ? 'absent' : 'identical';
      const folder = this.#folder(folders);
      const message = messageFile(item, folder);
      const there = folder.names.get(message.unique);
      if (there === undefined) return 'absent';
      if (there !== `${message.place}/${message.name}`) return 'same-name';
      const directory = this.#tree.find([...folders, message.place]);
      if (directory === undefined) return 'absent'; // somebody removed it meanwhile
      const aside = directory.at(unfinishedName(item.manifest));
      if (this.#files.lstat(aside) !== undefined) this.#leftovers.push({ folders: [...folders, message.place], item });
      const isSame = await holdsBytes(directory, message.name, item.manifest.sizeBytes, item.content, this.#files);
      // Messages are never changed under their name.
      return isSame ? 'identical' : 'other-bytes';
    });
  }

  async write(item: RestoreItem, how: 'create' | 'replace', run: RunContext): Promise<Written> {
    await this.#pauses.between();
    await forItem(item, async () => {
      const folders = this.#places.of(item);
      if (folders === undefined) return;
      if (item.manifest.kind === 'folder') this.#makeMailbox(folders);
      else await this.#writeMessage(item, folders, how, run);
    });
    return {};
  }

  async folderOf(item: RestoreItem): Promise<string | undefined> {
    return this.#places.of(item)?.join('/');
  }

  async limits(): Promise<PlaceLimits> {
    return roomAt(this.#root, this.#files);
  }

  /** Flags without a letter here were told when it was written. */
  async readBack(item: RestoreItem): Promise<readonly Difference[] | 'missing'> {
    const found = await forItem(item, () => this.#takeBack(item, 'look'));
    if (found === 'gone') return 'missing';
    return found === 'taken' ? [] : ['content'];
  }

  async finish(): Promise<void> {
    for (const { folders, item } of this.#leftovers.splice(0)) {
      const directory = this.#tree.find(folders);
      if (directory !== undefined) takeBack(directory.at(unfinishedName(item.manifest)), this.#files);
    }
  }

  async close(): Promise<void> {
    this.#tree.close();
  }

  /** A server moves a message from `new` to `cur` as soon as it shows it to somebody: that changes nothing of it. */
  async #takeBack(item: RestoreItem, how: 'look' | 'take'): Promise<TakenBack> {
    const folders = this.#places.of(item);
    if (folders === undefined) return 'gone';
    const folder = this.#folder(folders);
    const { place, unique, name } = messageFile(item, folder);
    const there = folder.names.get(unique);
    const aside = this.#tree.find([...folders, place])?.at(unfinishedName(item.manifest));
    if (how === 'take' && aside !== undefined) takeBack(aside, this.#files);
    if (there === undefined) return 'gone';
    if (there !== `${place}/${name}` && !(place === 'new' && there === `cur/${unique}:2,`)) return 'changed';
    const directory = this.#tree.find([...folders, there.slice(0, 3)]);
    if (directory === undefined) return 'gone';
    const isSame = await holdsBytes(directory, there.slice(4), item.manifest.sizeBytes, item.content, this.#files);
    if (!isSame) return 'changed';
    if (how === 'look') return 'taken';
    this.#remove(folders, there);
    folder.names.delete(unique);
    return 'taken';
  }

  /** Directories come from below: `cur`, `new` and `tmp` before their folder. A folder that is more than empty keeps all of them. */
  #takeFolder(path: string): FolderTakenBack {
    const names = isAbsolute(path) ? [] : path.split('/');
    const isPart = parts.has(names.at(-1) ?? '');
    const mailbox = isPart ? names.slice(0, -1) : names;
    const directory = names.length === 0 ? undefined : this.#tree.find(mailbox);
    if (directory !== undefined && !this.#isEmptyMailbox(mailbox, directory)) return 'in-use';
    const mark = directory?.at('maildirfolder');
    if (!isPart && mark !== undefined && this.#files.lstat(mark) !== undefined) this.#files.unlink(mark);
    return takeDirectory(this.#tree, path, this.#files);
  }

  /** In the root lie the other folders. */
  #isEmptyMailbox(mailbox: readonly string[], directory: Directory): boolean {
    const others = this.#files.list(directory.at()).filter(({ name }) => !parts.has(name) && name !== 'maildirfolder');
    if (mailbox.length > 0 && others.length > 0) return false;
    return [...parts].every((part) => {
      const held = this.#tree.find([...mailbox, part]);
      return held === undefined || this.#files.list(held.at()).length === 0;
    });
  }

  async #writeMessage(item: RestoreItem, folders: readonly string[], how: 'create' | 'replace', run: RunContext): Promise<void> {
    const folder = this.#folder(folders);
    const message = messageFile(item, folder);
    const old = folder.names.get(message.unique);
    if (old !== undefined && how === 'create') throw exists();
    if (!folder.isMade) this.#makeMailbox(folders);
    folder.isMade = true;
    const directory = this.#tree.make([...folders, message.place], () => undefined);
    await this.#deliver(item, directory, message.name, how);
    const now = `${message.place}/${message.name}`;
    // The new one is in its place by now.
    if (old !== undefined && old !== now) this.#remove(folders, old);
    folder.names.set(message.unique, now);
    const flags = message.without.length;
    if (flags > 0) run.log.warn('restore.flags-dropped', { item: item.manifest.item, flags });
  }

  /** Written under a name with a leading dot, which mail programs pass over, then named. */
  async #deliver(
    { manifest, content }: RestoreItem,
    directory: Directory,
    name: string,
    how: 'create' | 'replace',
  ): Promise<void> {
    const aside = directory.at(unfinishedName(manifest));
    directory.confirm();
    takeBack(aside, this.#files);
    try {
      const handle = this.#files.open(aside, 'create', 0o600);
      try {
        if (content !== undefined) for await (const chunk of content()) handle.write(chunk);
        if (how === 'replace') await handle.syncInBackground();
      } finally {
        handle.close();
      }
      this.#giveToOwner(aside);
      const timeNs = BigInt(messageTimeMsOf(manifest)) * 1_000_000n;
      this.#files.setTimes(aside, timeNs, timeNs);
      directory.confirm();
      giveName(aside, directory.at(name), how, this.#files);
      directory.confirm();
    } catch (error) {
      takeBack(aside, this.#files);
      throw error;
    }
  }

  #remove(folders: readonly string[], file: string): void {
    const [place = '', name = ''] = [file.slice(0, 3), file.slice(4)];
    const directory = this.#tree.find([...folders, place]);
    if (directory === undefined) return;
    directory.confirm();
    this.#files.unlink(directory.at(name));
  }

  #makeMailbox(folders: readonly string[]): void {
    const made: (readonly string[])[] = [];
    for (const part of ['cur', 'new', 'tmp']) {
      const names = [...folders, part];
      this.#tree.make(names, (depth) => made.push(names.slice(0, depth)));
    }
    for (const names of made) {
      const directory = this.#tree.find(names);
      if (directory !== undefined) this.#giveToOwner(directory.at());
    }
    // Maildir++: this is a folder, and no account of its own.
    if (made.length === 0 || folders[0]?.startsWith('.') !== true) return;
    const mark = this.#tree.make(folders, () => undefined).at('maildirfolder');
    if (this.#files.lstat(mark) !== undefined) return;
    this.#files.open(mark, 'create', 0o600).close();
    this.#giveToOwner(mark);
  }

  /** The administrator's restore must leave mail that its owner can read. */
  #giveToOwner(path: string): void {
    const owner = this.#owner;
    if (owner !== undefined && process.getuid?.() === 0 && owner.uid !== 0) this.#files.setOwner(path, owner.uid, owner.gid);
  }

  #folder(folders: readonly string[]): FolderState {
    const key = folders.join('/');
    if (this.#last?.key === key) return this.#last;
    const names = new Map<string, string>();
    for (const place of ['new', 'cur']) {
      const directory = this.#tree.find([...folders, place]);
      for (const { name } of directory === undefined ? [] : this.#files.list(directory.at())) {
        const unique = parseMessageName(name)?.unique;
        if (unique !== undefined) names.set(unique, `${place}/${name}`);
      }
    }
    const keywords = parseKeywords(readText([this.#root, ...folders, 'dovecot-keywords'].join('/'), this.#files) ?? '');
    this.#last = { key, names, keywords, isMade: false };
    return this.#last;
  }
}

const parts: ReadonlySet<string> = new Set(['cur', 'new', 'tmp']);

function messageFile({ manifest, beside }: RestoreItem, { keywords }: FolderState): MessageFile {
  if (manifest.kind !== 'message') throw new StrataError('not.supported', 'never', { reason: manifest.kind });
  const { metadata } = manifest;
  const { letters, without } = lettersOf([...strings(metadata['flags']), ...strings(metadata['keywords'])], keywords);
  const own = uniqueName(manifest);
  const unique = beside === undefined ? own : `${own}.${markBeside(beside)}`;
  // A message in `new` has no flags.
  const place = metadata['place'] === 'new' && letters === '' ? 'new' : 'cur';
  return { place, unique, name: place === 'new' ? unique : `${unique}:2,${letters}`, without };
}

/** As it was in a Maildir, else made of when it came and its id. */
function uniqueName(manifest: Manifest): string {
  const { metadata, key, item } = manifest;
  const was = metadata['place'] === undefined ? undefined : parseMessageName(key.replace(/^(?:new|cur)\//, ''))?.unique;
  const isName = was !== undefined && !/[/\0]/.test(was) && Buffer.byteLength(was) <= 200;
  return isName ? was : `${Math.floor(messageTimeMsOf(manifest) / 1000)}.${item}.strata`;
}

const strings = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).filter((one) => typeof one === 'string') : [];
