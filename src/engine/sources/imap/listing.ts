import type { JsonObject } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FolderScan, Sighting } from '../source.ts';
import { type AskedProperties, canContinue, type ImapCursor, type MailboxState, toCursor } from './cursor.ts';
import type { FetchedMessage } from './fetch-answer.ts';
import { marksOf, marksRevision } from './labels.ts';
import type { ReadOnlyImap } from './read-only-imap.ts';

/** About as many messages are listed by one command: a few hundred kilobytes of answer. */
const perCommand = 5000;
/** What the answer of one comes to, and the fewest that are asked for at once. */
const rowBytes = 150;
const leastPerCommand = 50;

/** Lists what changed where the server can say so and its count agrees, otherwise everything. */
export class FolderListing implements FolderScan {
  readonly #imap: ReadOnlyImap;
  readonly #folder: string;
  readonly #state: MailboxState;
  readonly #known: ImapCursor | undefined;
  readonly #asked: AskedProperties | undefined;
  #completeness: 'full' | 'changes' = 'full';
  #vanished: readonly string[] = [];
  readonly sightings: AsyncIterable<readonly Sighting[]>;

  /** `state`: from before the listing, so that whatever changes meanwhile is newer than the cursor. */
  constructor(
    imap: ReadOnlyImap,
    folder: string,
    state: MailboxState,
    known: ImapCursor | undefined,
    asked: AskedProperties | undefined,
  ) {
    this.#imap = imap;
    this.#folder = folder;
    this.#state = state;
    this.#known = known;
    this.#asked = asked;
    this.sightings = this.#list();
  }

  get completeness(): 'full' | 'changes' {
    return this.#completeness;
  }

  vanished(): readonly string[] {
    return this.#vanished;
  }

  cursor(): JsonObject | undefined {
    return toCursor(this.#state, this.#asked);
  }

  async *#list(): AsyncGenerator<readonly Sighting[]> {
    const changed =
      this.#known !== undefined && canContinue(this.#known, this.#state) ? await this.#changes(this.#known) : undefined;
    if (changed === undefined) {
      yield* this.#all();
    } else {
      this.#completeness = 'changes';
      yield changed;
    }
  }

  /**
   * What changed since the known state (RFC 7162). Believed only when the sum is right: the messages of then, less those that
   * vanished, and those that are new since, make the messages of now. A server that cannot or does not name every vanished
   * message, or names too many, fails this, and everything is listed: slower, never wrong.
   */
  async #changes(known: ImapCursor): Promise<readonly Sighting[] | undefined> {
    const { highestModseq, uidNext, messages } = this.#state;
    if (known.highestModseq === null || uidNext === null || highestModseq === null) return undefined;
    const { messages: rows, vanished } = await this.#fetch(`1:${Math.max(uidNext - 1, 1)}`, known.highestModseq);
    const gone = [...new Set(vanished)].filter((uid) => uid < known.uidNext && !rows.has(uid));
    const arrived = [...rows.keys()].filter((uid) => uid >= known.uidNext).length;
    if (known.messages - gone.length + arrived !== messages) return undefined;
    this.#vanished = gone.map((uid) => itemKey(this.#state.uidValidity, uid));
    return this.#sight(rows.values());
  }

  async *#all(): AsyncGenerator<readonly Sighting[]> {
    const { messages, uidNext } = this.#state;
    if (messages === 0) return;
    let seen = 0;
    const most = Math.max(leastPerCommand, Math.min(perCommand, Math.floor(this.#imap.pieceBytes / rowBytes)));
    for (const range of ranges(messages, uidNext, most)) {
      const fetched = await this.#fetch(range);
      const sightings = this.#sight(fetched.messages.values());
      seen += sightings.length + fetched.expunged;
      yield sightings;
    }
    // imapflow skips an answer that it cannot parse: what is missing here must not be taken for deleted.
    if (seen < messages) {
      throw new StrataError('folder.unreadable', 'later', {
        folder: this.#folder,
        reason: `${seen} of ${messages} messages listed`,
      });
    }
  }

  async #fetch(uids: string, changedSince?: string) {
    return this.#imap.fetchWhole({
      folder: this.#folder,
      uidValidity: this.#state.uidValidity,
      uids,
      query: { uid: true, flags: true, labels: true, size: true, internalDate: true },
      ...(changedSince === undefined ? {} : { changedSince }),
    });
  }

  /** An answer without a size is news about flags that came in between, not an answer to the question. */
  #sight(rows: Iterable<FetchedMessage>): Sighting[] {
    return [...rows].flatMap((row) =>
      row.size === undefined || row.flags === undefined ? [] : [sighting(this.#state, row, row.size)],
    );
  }
}

export const itemKey = (uidValidity: string, uid: number): string => `${uidValidity}:${uid}`;
export const uidOf = (key: string): number => Number(key.slice(key.indexOf(':') + 1));

function sighting({ uidValidity }: MailboxState, row: FetchedMessage, size: number): Sighting {
  const key = itemKey(uidValidity, row.uid);
  return {
    key,
    name: String(row.uid),
    kind: 'message',
    // A message never changes (RFC 3501, section 2.3.1.1), and neither does what EMAILID names, wherever it lies (RFC 8474), or X-GM-MSGID.
    // Size and date stand guard over servers that number anew without saying so.
    contentRevision: row.emailId === undefined ? `${key}:${size}:${secondsOf(row.internalDate)}` : `${row.emailId}:${size}`,
    metadataRevision: marksRevision(marksOf(row)),
    ...(row.emailId === undefined ? {} : { identity: row.emailId }),
    sizeBytes: size,
    ...timeOf(row.internalDate),
  };
}

const timeOf = (date: Date | string | undefined): { timeMs?: number } =>
  date instanceof Date && !Number.isNaN(date.getTime()) ? { timeMs: date.getTime() } : {};

const secondsOf = (date: Date | string | undefined): string => (date instanceof Date ? (date.getTime() / 1000).toString(36) : '');

/** UIDs in steps that hold about so many messages each: unlike sequence numbers they stay when others expunge. */
function* ranges(messages: number, uidNext: number | null, most: number): Generator<string> {
  if (uidNext === null) {
    yield '1:*';
    return;
  }
  const step = Math.max(most, Math.ceil((most * (uidNext - 1)) / messages));
  for (let from = 1; from < uidNext; from += step) yield `${from}:${Math.min(from + step, uidNext) - 1}`;
}
