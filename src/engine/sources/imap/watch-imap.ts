import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { failureOf } from '../../../shared/domain/strata-error.ts';
import type { CredentialReader } from '../credential.ts';
import type { Watcher, WatchListener } from '../source.ts';
import { connectImap, type ImapLimits } from './connection.ts';
import { commandFailure } from './failure.ts';
import { folderFilter } from './folder-patterns.ts';
import { arrangeFolders, type RemoteFolder } from './folders.ts';

/** How often folders are asked about of which the server tells nothing by itself. With NOTIFY, whether it is still there. */
const lookEveryMs = 4 * 60_000;
/** The server may say nothing for longer than that. */
const silenceMs = lookEveryMs + 60_000;
/** Several changes at once are asked about once. */
const gatherMs = 500;
const atom = (value: string) => ({ type: 'ATOM', value });
/** RFC 5465: whatever changes in any folder of one's own is told as its STATUS. */
const notifyMe = [
  atom('SET'),
  [
    atom('personal'),
    ['MessageNew', 'MessageExpunge', 'FlagChange', 'MailboxName', 'SubscriptionChange'].map((event) => atom(event)),
  ],
];

/**
 * Notices what happens in an account: every folder where the server has NOTIFY, else INBOX by IDLE and the others by asking for their STATUS
 * every few minutes. At the beginning it tells every folder: what the walk that follows knows of them says whether anything happened meanwhile.
 */
export async function watchImap(
  settings: ImapSettings,
  credential: CredentialReader,
  limits: ImapLimits,
  listener: WatchListener,
): Promise<Watcher> {
  const client = await connectImap(settings, credential, { ...limits, silenceMs }, listener);
  const watcher = new ImapWatcher(client, settings, listener);
  try {
    await watcher.begin();
    return watcher;
  } catch (error) {
    await watcher.close();
    throw commandFailure(error, settings, null, listener.signal);
  }
}

/** Holds a connection that could do more: all that is ever said on it is LIST, EXAMINE, IDLE and NOTIFY. */
class ImapWatcher implements Watcher {
  readonly #client: ImapFlow;
  readonly #settings: ImapSettings;
  readonly #listener: WatchListener;
  readonly #isExcluded: ReturnType<typeof folderFilter>;
  readonly #notifies: boolean;
  #known = new Map<string, string>();
  #isWoken = false;
  #ring: () => void = () => undefined;
  #isClosed = false;

  constructor(client: ImapFlow, settings: ImapSettings, listener: WatchListener) {
    this.#client = client;
    this.#settings = settings;
    this.#listener = listener;
    this.#isExcluded = folderFilter(settings.exclude);
    this.#notifies = client.capabilities.has('NOTIFY');
  }

  get by(): Watcher['by'] {
    return this.#notifies ? 'events' : 'both';
  }
  get everyMs(): number | null {
    return this.#notifies ? null : lookEveryMs;
  }
  get places(): number {
    return this.#known.size;
  }

  async begin(): Promise<void> {
    this.#client.on('close', () => this.#lose('source.disconnected'));
    // It is told first and asked then: what changes between the two is told and seen.
    if (this.#notifies) await this.#askToBeNotified();
    else await this.#openInbox();
    this.#known = await this.#states();
    this.#listener.tell({ kind: 'folders', folders: ['', ...this.#known.keys()] });
    void this.#follow();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    // A farewell would have to wait for the command at hand; the server notices that nobody is there.
    this.#client.close();
  }

  async #follow(): Promise<void> {
    const { clock, signal } = this.#listener;
    try {
      while (!this.#isClosed && !signal.aborted) {
        const idle = this.#notifies ? undefined : this.#client.idle();
        // Looked at below; until then it must not count as a failure that nobody cares for.
        idle?.catch(() => undefined);
        await this.#wokenOrLate();
        if (this.#isClosed) return;
        await clock.sleep(gatherMs, signal);
        await this.#look(); // which ends the idling
        await idle;
      }
    } catch (error) {
      if (this.#isClosed || signal.aborted) return;
      this.#listener.lost(failureOf(commandFailure(error, this.#settings, null, signal)));
    }
  }

  async #wokenOrLate(): Promise<void> {
    const woken = new AbortController();
    this.#ring = () => woken.abort();
    if (!this.#isWoken) {
      await this.#listener.clock.sleep(lookEveryMs, AbortSignal.any([woken.signal, this.#listener.signal]));
    }
    this.#isWoken = false;
  }

  #wake(): void {
    this.#isWoken = true;
    this.#ring();
  }

  /** Tells the folders whose state is another than it was. One that is new, or gone, shows in any walk. */
  async #look(): Promise<void> {
    const now = await this.#states();
    const changed = [...now].filter(([key, state]) => this.#known.get(key) !== state).map(([key]) => key);
    const isGone = [...this.#known.keys()].some((key) => !now.has(key));
    this.#known = now;
    if (changed.length > 0 || isGone) this.#listener.tell({ kind: 'folders', folders: ['', ...changed] });
  }

  async #states(): Promise<Map<string, string>> {
    const statusQuery = { messages: true, uidNext: true, uidValidity: true, highestModseq: true, unseen: true };
    const listed = await this.#client.list({ statusQuery });
    const unseen = new Map(listed.map(({ path, status }) => [path, status?.unseen]));
    const folders = arrangeFolders(listed, this.#isExcluded).filter(({ excluded }) => !excluded);
    return new Map(folders.map((folder) => [folder.key, stateText(folder, unseen.get(folder.key))]));
  }

  async #askToBeNotified(): Promise<void> {
    const wake = (): void => this.#wake();
    const client = this.#client as unknown as Inner;
    client.untaggedHandlers['STATUS'] = wake;
    client.untaggedHandlers['LIST'] = wake;
    const response = await client.exec('NOTIFY', notifyMe);
    response.next();
  }

  async #openInbox(): Promise<void> {
    await this.#client.mailboxOpen('INBOX', { readOnly: true });
    const tell = (): void => this.#wake();
    this.#client.on('exists', tell);
    this.#client.on('expunge', tell);
    this.#client.on('flags', tell);
  }

  #lose(code: 'source.disconnected'): void {
    this.#wake();
    if (!this.#isClosed) this.#listener.lost({ code, retry: 'later', facts: { host: this.#settings.host } });
  }
}

/** imapflow speaks no NOTIFY. What is used of its inside to say it is here, and its version is pinned. */
interface Inner {
  readonly untaggedHandlers: Record<string, unknown>;
  exec(command: string, attributes: readonly unknown[]): Promise<{ readonly next: () => void }>;
}

const stateText = ({ state, subscribed, specialUse }: RemoteFolder, unseen: number | undefined): string =>
  JSON.stringify([state ?? null, subscribed, specialUse, unseen ?? null]);
