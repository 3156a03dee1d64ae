import type { ExpungeEvent, FetchQueryObject, ImapFlow, ListResponse } from 'imapflow';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { Cancelled, StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { CertificateListener } from '../certificate.ts';
import type { CredentialReader } from '../credential.ts';
import { Patience } from '../patience.ts';
import { SourcePace } from '../source-pace.ts';
import { connectImap, type ImapLimits } from './connection.ts';
import type { MailboxState } from './cursor.ts';
import { asksForPatience, isDisconnect, isFolderFailure, readingFailure } from './failure.ts';
import type { FetchedMessage } from './fetch-answer.ts';
import type { Question, Token } from './questions.ts';
import { takeAnswers } from './taking-answers.ts';

export interface Fetched {
  /** By UID. A server may tell about a message bit by bit; here all that it told of one is together. */
  readonly messages: ReadonlyMap<number, FetchedMessage>;
  /** UIDs that the server reports as gone since the mod-sequence that was asked from (QRESYNC only). */
  readonly vanished: readonly number[];
  /** How many went while the answer was coming. */
  readonly expunged: number;
  /** Why the answer broke off (`folder.unreadable`, `source.disconnected`); what came before is good. Undefined: it is whole. */
  readonly failure: StrataError | undefined;
}

export type ForeignPrefixes = Readonly<Record<'other-users' | 'shared', readonly string[]>>;

/** imapflow's own way to say any command. It has none of its own for these, and only {@link Question}s get here. */
interface Executing {
  exec(command: Question['command'], words: readonly Token[], options: object): Promise<{ next(): void }>;
}

export interface FetchRequest {
  readonly folder: string;
  /** The folder must still be the one that it was: its UIDs mean something else otherwise. */
  readonly uidValidity: string;
  /** A sequence set: `1:3,7`. */
  readonly uids: string;
  readonly query: FetchQueryObject;
  readonly changedSince?: string;
}

/**
 * An account that can be looked at and nothing else: whoever holds this has no way to a command that writes.
 * Folders are opened with EXAMINE and bodies fetched with PEEK, so that the server, too, keeps every flag as it is.
 *
 * One command at a time. Nothing is under way between two of them, so a connection that was lost is replaced, and the command
 * that it took with it is tried once more.
 */
export class ReadOnlyImap {
  /** The most that should be asked for by one command. The same as long as a message is being read in steps. */
  readonly pieceBytes: number;
  /** Shared with all that speaks to the source. */
  readonly pace: SourcePace;
  /** Hears of what the account's other server shows, too. */
  readonly onCertificate: CertificateListener | undefined;
  readonly #settings: ImapSettings;
  readonly #credential: CredentialReader;
  readonly #limits: ImapLimits;
  readonly #run: RunContext;
  readonly #patience: Patience;
  #client: ImapFlow | undefined;
  #open: { readonly folder: string; readonly state: MailboxState } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  /** Answers that could not be understood, so far. */
  #unparsed = 0;
  #closed = false;

  constructor(settings: ImapSettings, credential: CredentialReader, limits: ImapLimits, run: RunContext) {
    this.#settings = settings;
    this.#credential = credential;
    this.#limits = limits;
    this.#run = run;
    this.pace = limits.pace ?? new SourcePace(run.clock);
    this.onCertificate = limits.onCertificate;
    this.pieceBytes = this.pace.pieceBytes;
    this.#patience = new Patience(this.pace, settings.host, limits.retryAfterMs, limits.patience);
  }

  /** The server's abilities. Connects where there is no connection. */
  async capabilities(): Promise<readonly string[]> {
    return this.#inTurn(async () => [...(await this.#again(() => this.#connected())).capabilities.keys()].sort());
  }

  /** All folders, each with its state where the server gave it. */
  async list(): Promise<readonly ListResponse[]> {
    const statusQuery = { messages: true, uidNext: true, uidValidity: true, highestModseq: true };
    return this.#command(null, async (client) => {
      const folders = await client.list({ statusQuery });
      // There is always an INBOX (RFC 3501, section 5.1), so nothing at all is not an answer.
      if (folders.length === 0)
        throw new StrataError('source.protocol', 'later', { host: this.#settings.host, reason: 'no folders' });
      return folders;
    });
  }

  /** Opens a folder anew and says how it is now. */
  async examine(folder: string): Promise<MailboxState> {
    return this.#command(folder, (client) => this.#examine(client, folder));
  }

  /** Fails where nothing could be asked, as in a folder that is gone; an answer that breaks off is an answer. */
  async fetch(request: FetchRequest): Promise<Fetched> {
    const { folder, uidValidity } = request;
    return this.#inTurn(async () => {
      const client = await this.#again(() =>
        this.#attempt(folder, async (open) => {
          await this.#reopen(open, folder, uidValidity);
          return open;
        }),
      );
      const fetched = newAnswer();
      try {
        await this.#patiently(() => this.#attempt(folder, () => collect(client, request, fetched)));
        return { ...fetched, failure: undefined };
      } catch (error) {
        if (isDisconnect(error) || isFolderFailure(error)) return { ...fetched, failure: error };
        throw error;
      }
    });
  }

  /** The whole answer, with a second attempt where the connection is lost, or it fails. */
  async fetchWhole(request: FetchRequest): Promise<Fetched> {
    let fetched = await this.fetch(request);
    if (isDisconnect(fetched.failure)) {
      await this.pause();
      fetched = await this.fetch(request);
    }
    if (fetched.failure !== undefined) throw fetched.failure;
    return fetched;
  }

  /** The rows of the answer to a question about a folder, by the name under which it is listed; undefined: the server refuses to say. */
  async ask({ command, answer, before, after }: Question, listedAs: string): Promise<readonly (readonly Token[])[] | undefined> {
    try {
      return await this.#command(listedAs, async (client) => {
        const rows: (readonly Token[])[] = [];
        const untagged = {
          [answer]: (row: { attributes?: readonly Token[] }) => Promise.resolve(void rows.push(row.attributes ?? [])),
        };
        const words = [...before, { type: 'STRING', value: listedAs }, ...after];
        (await (client as unknown as Executing).exec(command, words, { untagged })).next();
        return rows;
      });
    } catch (error) {
      if (isFolderFailure(error)) return undefined;
      throw error;
    }
  }

  /** Prefixes of what belongs to others, as the server names them; none where it does not say. */
  async foreignPrefixes(): Promise<ForeignPrefixes> {
    return this.#inTurn(async () => {
      const { other, shared } = (await this.#connected()).namespaces ?? {};
      const prefixesOf = (spaces: typeof other): string[] =>
        (spaces || []).map(({ prefix }) => prefix).filter((prefix) => prefix !== '');
      return { 'other-users': prefixesOf(other), shared: prefixesOf(shared) };
    });
  }

  /** Before asking again what the server just hung up on. */
  async pause(): Promise<void> {
    await this.#run.clock.sleep(this.#limits.retryAfterMs, this.#run.signal);
    stopIfCancelled(this.#run);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined || !client.usable) return;
    // A farewell that fails changes nothing: the connection ends either way.
    await client.logout().catch(() => undefined);
    client.close();
  }

  async #reopen(client: ImapFlow, folder: string, uidValidity: string): Promise<void> {
    const state = this.#open?.folder === folder ? this.#open.state : await this.#examine(client, folder);
    if (state.uidValidity !== uidValidity) throw new StrataError('folder.unreadable', 'later', { folder, reason: 'renumbered' });
  }

  async #examine(client: ImapFlow, folder: string): Promise<MailboxState> {
    this.#open = undefined;
    const { uidValidity, uidNext, highestModseq, exists } = await client.mailboxOpen(folder, { readOnly: true });
    // A missing number must never be taken for zero messages.
    if (typeof uidValidity !== 'bigint' || !Number.isInteger(exists)) {
      throw new StrataError('folder.unreadable', 'later', { folder, reason: 'no UIDVALIDITY or EXISTS' });
    }
    const state: MailboxState = {
      uidValidity: uidValidity.toString(),
      uidNext: uidNext ?? null,
      highestModseq: highestModseq?.toString() ?? null,
      messages: exists,
    };
    this.#open = { folder, state };
    return state;
  }

  async #connected(): Promise<ImapFlow> {
    if (this.#client?.usable === true) return this.#client;
    this.#open = undefined;
    const onUnparsed = (): void => void (this.#unparsed += 1);
    this.#client = await connectImap(this.#settings, this.#credential, this.#limits, this.#run, onUnparsed);
    return this.#client;
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(action);
    // The next in line goes ahead whatever became of this one; its own caller learns of the failure.
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #command<T>(folder: string | null, action: (client: ImapFlow) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#again(() => this.#attempt(folder, action)));
  }

  async #attempt<T>(folder: string | null, action: (client: ImapFlow) => Promise<T>): Promise<T> {
    stopIfCancelled(this.#run);
    // What was asked for in advance and is wanted by nobody any more must not open a connection that nobody will close.
    if (this.#closed) throw new Cancelled('closed');
    const client = await this.#connected();
    const unparsed = this.#unparsed;
    try {
      const answer = await action(client);
      if (this.#unparsed !== unparsed) throw unintelligible(this.#settings.host, folder);
      return answer;
    } catch (error) {
      throw readingFailure(error, this.#settings, folder, this.#run.signal);
    }
  }

  /** Nothing is given out between the two attempts, so the second stands for both. */
  async #again<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await this.#patiently(attempt);
    } catch (error) {
      if (!isDisconnect(error)) throw error;
      this.#run.log.warn('imap.connection-lost');
      await this.pause();
      return this.#patiently(attempt);
    }
  }

  /** As often as the server asks for a little patience. */
  async #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const answer = await attempt();
        this.#patience.answered();
        return answer;
      } catch (error) {
        if (!asksForPatience(error) || !(await this.#patience.wait(undefined, this.#run))) throw error;
      }
    }
  }
}

/** An answer of which a line was passed over is not complete: a folder or message missing from it must not seem to have vanished. */
function unintelligible(host: string, folder: string | null): StrataError {
  const reason = 'unintelligible answer';
  return folder === null
    ? new StrataError('source.protocol', 'later', { host, reason })
    : new StrataError('folder.unreadable', 'later', { folder, reason });
}

const newAnswer = () => ({ messages: new Map<number, FetchedMessage>(), vanished: [] as number[], expunged: 0 });

async function collect(client: ImapFlow, request: FetchRequest, answer: ReturnType<typeof newAnswer>): Promise<void> {
  const { messages, vanished } = answer;
  const onExpunge = (event: ExpungeEvent): void => {
    if (event.earlier !== true) answer.expunged += 1;
    else if (event.uid !== undefined) vanished.push(event.uid);
  };
  const take = (message: FetchedMessage): void => {
    const before = messages.get(message.uid);
    messages.set(message.uid, before === undefined ? message : { ...before, ...message });
  };
  client.on('expunge', onExpunge);
  const leaveOthers = takeAnswers(client, take);
  try {
    const { uids, query, changedSince } = request;
    const options = { uid: true, ...(changedSince === undefined ? {} : { changedSince: BigInt(changedSince) }) };
    for await (const message of client.fetch(uids, query, options)) {
      // Without a UID it is news about a message that nobody asked about.
      if (message.uid !== undefined) take(message);
    }
  } finally {
    leaveOthers();
    client.off('expunge', onExpunge);
  }
  // imapflow answers with nothing where the connection is already gone; that is not an empty folder.
  if (!client.usable) throw Object.assign(new Error('connection lost'), { code: 'NoConnection' });
}
