import { canonicalJson, type JsonObject, type JsonValue } from '../../../shared/domain/json.ts';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { type Failure, failureOf, isStrataError } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import type { FolderScan, Reading, Sighting } from '../source.ts';
import { isObject } from './cursor.ts';
import { askAnnotations, askQuota, propertiesForMs } from './properties.ts';
import type { ReadOnlyImap } from './read-only-imap.ts';
import { readScripts, sieveAnswerMs, type SieveScript } from './sieve-scripts.ts';
import { emptyScan } from '../empty-scan.ts';

/** Something of the account's own, beside its folders. */
interface AccountItem {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly metadata: JsonObject;
  /** Why it could not be had. */
  readonly problem?: Failure;
}

/** What was asked, and when: asking for something else asks at once. */
interface Asked {
  readonly askedMs: number;
  readonly sievePort: number | null;
}

/**
 * What belongs to the account and to no folder: the limits of its quota and the server's annotations, as one file in JSON, and its
 * filter scripts. Items of kind `account` in the root. They are no sign that a mailbox still holds anything.
 */
export class AccountItems {
  readonly #imap: ReadOnlyImap;
  readonly #settings: ImapSettings;
  readonly #credential: CredentialReader;
  readonly #abilities: ReadonlySet<string>;
  readonly #items = new Map<string, AccountItem>();

  constructor(imap: ReadOnlyImap, settings: ImapSettings, credential: CredentialReader, abilities: ReadonlySet<string>) {
    this.#imap = imap;
    this.#settings = settings;
    this.#credential = credential;
    this.#abilities = abilities;
  }

  /** Not at every look, as nothing tells that something changed. Where a server refuses to say something, nothing is taken for vanished. */
  async scan(known: JsonValue | undefined, run: RunContext): Promise<FolderScan> {
    this.#items.clear();
    const asked = { askedMs: run.clock.nowMs(), sievePort: this.#settings.sievePort ?? null };
    if (isRecent(known, asked)) return emptyScan('changes', { ...known });
    const refused: string[] = [];
    const found = [await this.#about(refused), ...(await this.#scripts(refused, run))];
    for (const item of found) if (item !== undefined) this.#items.set(item.key, item);
    return {
      completeness: refused.length === 0 ? 'full' : 'changes',
      sightings: once([...this.#items.values()].map(sighting)),
      vanished: () => [],
      cursor: () => (refused.length === 0 ? { ...asked } : undefined),
    };
  }

  read({ key, contentRevision, metadataRevision }: Sighting): Reading {
    const item = this.#items.get(key);
    if (item === undefined) throw new Error('only what this session has walked can be read');
    const { metadata, title, bytes, problem } = item;
    const reading = { key, metadata, summary: { title }, contentRevision, metadataRevision };
    return problem === undefined ? { ...reading, content: { kind: 'bytes', bytes } } : { ...reading, problem };
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

  /** A server of scripts that is out of reach is one problem, and none of the mail. */
  async #scripts(refused: string[], run: RunContext): Promise<AccountItem[]> {
    const { sievePort } = this.#settings;
    if (sievePort === undefined) return [];
    try {
      const { scripts, areAll } = await readScripts(this.#settings, sievePort, this.#credential, {
        run,
        answerMs: sieveAnswerMs,
        pace: this.#imap.pace,
        onCertificate: this.#imap.onCertificate,
      });
      if (!areAll) refused.push('scripts');
      return scripts.map(scriptItem);
    } catch (error) {
      if (!isStrataError(error)) throw error;
      refused.push('scripts');
      const title = 'Sieve';
      return [{ key: 'sieve', name: title, title, bytes: new Uint8Array(), metadata: {}, problem: failureOf(error) }];
    }
  }
}

const scriptItem = ({ name, isActive, bytes }: SieveScript): AccountItem => ({
  key: `sieve:${name}`,
  name: `${name}.sieve`,
  title: name,
  bytes,
  metadata: { of: 'sieve', script: name, isActive },
});

const sighting = ({ key, name, bytes, metadata }: AccountItem): Sighting => ({
  key,
  name,
  kind: 'account',
  // A few kilobytes, and the shortest proof that nothing changed: no digest is at hand here.
  contentRevision: Buffer.from(bytes).toString('latin1'),
  metadataRevision: canonicalJson(metadata),
  sizeBytes: bytes.length,
});

function isRecent(known: JsonValue | undefined, now: Asked): known is JsonObject {
  if (!isObject(known)) return false;
  const { askedMs, sievePort } = known;
  if (typeof askedMs !== 'number' || sievePort !== now.sievePort) return false;
  return askedMs <= now.askedMs && now.askedMs < askedMs + propertiesForMs;
}

/** The order in which a server tells them means nothing. */
const sorted = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));

async function* once(batch: readonly Sighting[]): AsyncGenerator<readonly Sighting[]> {
  if (batch.length > 0) yield batch;
}
