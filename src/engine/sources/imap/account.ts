import type { JsonObject } from '../../../shared/domain/json.ts';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import type { FolderScan, Reading, Sighting } from '../source.ts';
import { askAnnotations, askQuota } from './properties.ts';
import type { ReadOnlyImap } from './read-only-imap.ts';

/** Something of the account's own, beside its folders. */
interface AccountItem {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly metadata: JsonObject;
}

/**
 * What belongs to the account and to no folder: the limits of its quota and the server's annotations, as one file in JSON.
 * Items of kind `account` in the root. They are no sign that a mailbox still holds anything.
 */
export class AccountItems {
  readonly #imap: ReadOnlyImap;
  readonly #settings: ImapSettings;
  readonly #abilities: ReadonlySet<string>;
  readonly #items = new Map<string, AccountItem>();

  constructor(imap: ReadOnlyImap, settings: ImapSettings, abilities: ReadonlySet<string>) {
    this.#imap = imap;
    this.#settings = settings;
    this.#abilities = abilities;
  }

  /** Where the server refuses to say something, nothing is taken for vanished. */
  async scan(): Promise<FolderScan> {
    this.#items.clear();
    const refused: string[] = [];
    const about = await this.#about(refused);
    if (about !== undefined) this.#items.set(about.key, about);
    return {
      completeness: refused.length === 0 ? 'full' : 'changes',
      sightings: once([...this.#items.values()].map(sighting)),
      vanished: () => [],
      cursor: () => undefined,
    };
  }

  read({ key, contentRevision }: Sighting): Reading {
    const item = this.#items.get(key);
    if (item === undefined) throw new Error('only what this session has walked can be read');
    const { metadata, title, bytes } = item;
    return { key, metadata, summary: { title }, contentRevision, metadataRevision: '', content: { kind: 'bytes', bytes } };
  }

  async #about(refused: string[]): Promise<AccountItem | undefined> {
    const quota = this.#abilities.has('QUOTA') ? await askQuota((question) => this.#imap.ask(question, 'INBOX'), refused) : {};
    const knowsAnnotations = this.#abilities.has('METADATA') || this.#abilities.has('METADATA-SERVER');
    const annotations = knowsAnnotations ? await askAnnotations((question) => this.#imap.ask(question, ''), refused) : {};
    if (Object.keys(quota).length + Object.keys(annotations).length === 0) return undefined;
    const { user } = this.#settings;
    const notTold = refused.length === 0 ? {} : { refused };
    const text = JSON.stringify({ user, quota: sorted(quota), annotations: sorted(annotations), ...notTold }, null, 2);
    return { key: 'account', name: 'account.json', title: user, bytes: Buffer.from(`${text}\n`), metadata: { of: 'account' } };
  }
}

const sighting = ({ key, name, bytes }: AccountItem): Sighting => ({
  key,
  name,
  kind: 'account',
  contentRevision: Buffer.from(bytes).toString(), // a few lines: the shortest proof that nothing changed
  metadataRevision: '',
  sizeBytes: bytes.length,
});

/** The order in which a server tells them means nothing. */
const sorted = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));

async function* once(batch: readonly Sighting[]): AsyncGenerator<readonly Sighting[]> {
  if (batch.length > 0) yield batch;
}
