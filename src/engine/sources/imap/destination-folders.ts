import type { ImapFlow, ListResponse } from 'imapflow';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { RestoreItem } from '../destination.ts';

/** Where restored mail goes. */
export interface ImapPlace {
  /** A folder's path as the server spells it, for everything; null: the folders as they were. */
  readonly folder: string | null;
  /** Everything goes below this folder; levels are parted by `/`. */
  readonly restoreRoot: string | null;
}

/** The folders of the account that is restored to, and the paths that restored folders get there. */
export class DestinationFolders {
  readonly #place: ImapPlace;
  readonly #delimiter: string | null;
  /** What the server puts before every folder of the account beside INBOX, `INBOX.` for example. */
  readonly #prefix: string;
  /** Path → whether it holds messages. */
  readonly #existing: Map<string, boolean>;
  readonly #specialUses: Set<string>;
  readonly #making: (path: string) => void;

  constructor(
    client: ImapFlow,
    place: ImapPlace,
    listed: readonly ListResponse[],
    making: (path: string) => void = () => undefined,
  ) {
    this.#making = making;
    const personal = client.namespaces?.personal[0];
    this.#place = place;
    this.#delimiter = (personal?.delimiter ?? listed.find(({ delimiter }) => delimiter)?.delimiter) || null;
    this.#prefix = personal?.prefix ?? '';
    this.#existing = new Map(listed.map(({ path, flags }) => [path, !flags.has('\\Noselect') && !flags.has('\\NonExistent')]));
    // Said by the server, not guessed from a name; Cyrus spells them small.
    this.#specialUses = new Set(
      listed.flatMap(({ specialUse = '', flags }) =>
        [...flags].some((flag) => flag.toLowerCase() === specialUse.toLowerCase()) ? specialUse : [],
      ),
    );
  }

  /** Where the item's messages belong, or the folder itself if it is one. Undefined: a folder that is not made again. */
  pathOf(item: RestoreItem): string | undefined {
    const isFolder = item.manifest.kind === 'folder';
    if (isFolder && (this.#place.folder !== null || item.manifest.name === '')) return undefined;
    return this.#join(this.#levels(item, isFolder));
  }

  holdsMessages(path: string): boolean {
    return this.#existing.get(path) === true;
  }

  /** Nothing is to be made of a folder: it is there, or it only ever led to others. */
  isComplete(path: string, { metadata }: Manifest): boolean {
    return this.holdsMessages(path) || onlyLeads(metadata);
  }

  /** Makes what is missing, from the top down, with the subscriptions and special uses that the folders had. */
  async make(client: ImapFlow, item: RestoreItem): Promise<void> {
    const isFolder = item.manifest.kind === 'folder';
    const levels = this.#levels(item, isFolder);
    const manifests = isFolder ? [...item.folders, item.manifest] : item.folders;
    // The last levels are the folders that there were; above them comes the restore root, which had no properties.
    const above = levels.length - manifests.length;
    for (let depth = 1; depth <= levels.length; depth++) {
      const was = this.#place.folder === null ? manifests[depth - 1 - above]?.metadata : undefined;
      await this.#makeOne(client, this.#join(levels.slice(0, depth)), was, depth === levels.length && !isFolder);
    }
  }

  async #makeOne(
    client: ImapFlow,
    path: string,
    was: Manifest['metadata'] | undefined,
    mustHoldMessages: boolean,
  ): Promise<void> {
    const there = this.#existing.get(path);
    if (there === true || (there === false && !mustHoldMessages)) return;
    // A level that only ever led to others comes by itself with them.
    if (!mustHoldMessages && was !== undefined && onlyLeads(was)) return;
    this.#making(path);
    const use = was?.['specialUse'];
    if (
      typeof use === 'string' &&
      use !== '\\Inbox' &&
      !this.#specialUses.has(use) &&
      client.capabilities.has('CREATE-SPECIAL-USE')
    ) {
      await createWithUse(client, path, use);
      this.#specialUses.add(use);
    } else await client.mailboxCreate(path);
    // imapflow subscribes to all that it creates.
    if (was?.['subscribed'] === false) await client.mailboxUnsubscribe(path);
    this.#existing.set(path, true);
  }

  /** At least one. A chosen folder keeps the server's spelling; it is one level, however deep it lies. */
  #levels(item: RestoreItem, isFolder: boolean): string[] {
    const { folder, restoreRoot } = this.#place;
    const root = (restoreRoot ?? '').split('/').filter((level) => level !== '');
    if (folder !== null) return [...root.map(this.#clean), folder];
    const levels = [...root, ...item.folderPath, ...(isFolder ? [item.manifest.name] : [])].map(this.#clean);
    // What lay in no folder has to lie in one here.
    return levels.length > 0 ? levels : ['INBOX'];
  }

  /** A level must not fall apart into two. */
  readonly #clean = (level: string): string => (this.#delimiter === null ? level : level.replaceAll(this.#delimiter, '_'));

  #join(levels: readonly string[]): string {
    const path = levels.join(this.#delimiter ?? '_');
    if (path.toUpperCase() === 'INBOX') return 'INBOX';
    if (this.#existing.has(path) || path.startsWith(this.#prefix)) return path;
    return this.#prefix + path;
  }
}

const onlyLeads = ({ flags }: Manifest['metadata']): boolean =>
  strings(flags).some((flag) => /^\\(NonExistent|NoSelect)$/i.test(flag));

export const strings = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).filter((one) => typeof one === 'string') : [];

/** RFC 6154, section 3, which imapflow has no word for. */
async function createWithUse(client: ImapFlow, path: string, use: string): Promise<void> {
  const { exec } = client as unknown as {
    exec(this: ImapFlow, command: string, attributes: readonly unknown[]): Promise<{ next(): void }>;
  };
  // Loaded with the account, like imapflow itself.
  const { encodePath } = await import('imapflow/lib/tools.js');
  const atom = (value: string) => ({ type: 'ATOM', value });
  const response = await exec.call(client, 'CREATE', [
    { type: 'STRING', value: encodePath(client, path) },
    [atom('USE'), [atom(use)]],
  ]);
  response.next();
  await client.mailboxSubscribe(path);
}
