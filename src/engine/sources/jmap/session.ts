import { canonicalJson } from '../../../shared/domain/json.ts';
import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import { folderPatterns } from '../folder-patterns.ts';
import {
  type FolderOverview,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Scope,
  type Sighting,
  type SourceSession,
  type Wanted,
} from '../source.ts';
import { asSourceFailure } from '../web-failure.ts';
import { ChangesOfEmails } from './changes.ts';
import { connectJmap } from './connect.ts';
import { fromCursor } from './cursor.ts';
import type { JmapLimits } from './limits.ts';
import { MailboxListing } from './listing.ts';
import { listMailboxes, type MailboxList, type RemoteMailbox } from './mailboxes.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { readEmails } from './reading.ts';
import { emptyScan } from '../empty-scan.ts';

export async function openSession(
  settings: JmapSettings,
  credential: CredentialReader,
  run: RunContext,
  limits: JmapLimits,
): Promise<SourceSession> {
  return new JmapSourceSession(await connectJmap(settings, credential, limits, run), settings.exclude);
}

class JmapSourceSession implements SourceSession {
  readonly capabilities: readonly string[];
  readonly #jmap: ReadOnlyJmap;
  readonly #isExcluded: ReturnType<typeof folderPatterns>;
  readonly #visited = new Map<string, RemoteMailbox>();

  constructor(jmap: ReadOnlyJmap, exclude: readonly string[]) {
    this.#jmap = jmap;
    this.#isExcluded = folderPatterns(exclude);
    this.capabilities = jmap.session.capabilities;
  }

  async *walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncGenerator<FolderVisit> {
    stopIfCancelled(run);
    const { mailboxes, emailState } = await this.#list();
    const changes = new ChangesOfEmails(this.#jmap, emailState, run);
    const identities = new Set(mailboxes.flatMap(({ id, path }) => (this.#isExcluded(path) ? [] : [id])));
    yield { folder: root, parentKey: null, identities, scan: emptyScan() };
    for (const mailbox of mailboxes) {
      stopIfCancelled(run);
      const isExcluded = this.#isExcluded(mailbox.path);
      if (isExcluded && known.tellsLeftOut !== true) continue;
      this.#visited.set(mailbox.id, mailbox);
      const { parentKey, specialUse } = mailbox;
      const folder = folderSighting(mailbox);
      const cursor = fromCursor(known.cursor(mailbox.id));
      if (scope !== undefined && cursor !== undefined && !scope.wants(folder, parentKey)) {
        yield { folder, parentKey, specialUse, scan: undefined, passedBy: 'items' };
        continue;
      }
      const scan = new MailboxListing(this.#jmap, { mailbox, emailState, changes, known: cursor }, run);
      yield { folder, parentKey, specialUse, scan, ...(isExcluded ? { leftOut: leftOutBySettings } : {}) };
    }
  }

  async folders(parentKey: string | null | undefined): Promise<readonly FolderOverview[]> {
    const { mailboxes } = await this.#list();
    const all = mailboxes.map(({ id, parentKey: parent, name, path, specialUse, emails }) => ({
      key: id,
      parentKey: parent === '' ? null : parent,
      name,
      specialUse,
      items: emails,
      excluded: this.#isExcluded(path),
    }));
    return parentKey === undefined ? all : all.filter((folder) => folder.parentKey === parentKey);
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncGenerator<Reading> {
    const emails: Wanted[] = [];
    for (const item of wanted) {
      if (item.sighting.kind === 'folder') yield this.#readFolder(folderKey, item.sighting);
      else emails.push(item);
    }
    yield* readEmails(this.#jmap, emails, run);
  }

  leavesOut(folder: readonly string[]): boolean {
    return this.#isExcluded(folder);
  }

  async close(): Promise<void> {
    this.#jmap.close();
  }

  async #list(): Promise<MailboxList> {
    try {
      return await listMailboxes(this.#jmap);
    } catch (error) {
      throw asSourceFailure(error, this.#jmap.origin);
    }
  }

  #readFolder(folderKey: string, { name, contentRevision, metadataRevision }: Sighting): Reading {
    const metadata = this.#visited.get(folderKey)?.metadata ?? {};
    return { key: folderKey, metadata, summary: { title: name }, contentRevision, metadataRevision };
  }
}

const root: Sighting = { key: '', name: '', kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 };

const folderSighting = (mailbox: RemoteMailbox): Sighting => ({
  key: mailbox.id,
  name: mailbox.name,
  kind: 'folder',
  contentRevision: '',
  metadataRevision: canonicalJson(mailbox.metadata),
  identity: mailbox.id,
  sizeBytes: 0,
});
