import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { ContentPart } from '../../shared/domain/item.ts';
import type { FoundText, TextContent, TextIndex } from '../catalog/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { turn } from '../kernel/turn.ts';
import { lookedAt, maySay, mostLetters } from './item-text.ts';
import type { OpenStorage } from './open-storages.ts';
import type { TextThread } from './text-thread.ts';

/** Contents of one transaction: it ends within some hundredths of a second. */
const contentsAtOnce = 50;
/** Everything else has a turn after so long. */
const busyMs = 15;
const pageRows = 1000;
/** A transaction with more words takes too long for whoever waits; so much may lie ready for the thread that reads them. */
const lettersAtOnce = 256 * 1024;
/** These concern one content; all others the storage. */
const ownFailures: ReadonlySet<string> = new Set(['storage.record-damaged', 'storage.limit-exceeded']);

export interface FillingParts {
  readonly open: OpenStorage;
  readonly index: TextIndex;
  readonly clock: Clock;
  readonly thread: TextThread;
  /** Aborted: nothing more is touched, what was found so far is kept where the index is still open. */
  readonly stop: AbortSignal;
  readonly isClosed: () => boolean;
  /** A content that cannot be read now. */
  readonly unread: (content: TextContent, failure: Failure) => void;
}

/**
 * Takes out of the index what is no longer in the catalog, where anything may have gone since it was looked at last; all of it, where it is
 * of another history. Broken off anywhere, it is done again.
 */
export async function forgetGone({ open, index, stop }: FillingParts): Promise<void> {
  const { catalog, storage } = open;
  const mark = index.mark();
  const { sequence, id: commit } = catalog.applied();
  if (mark.sequence === sequence && mark.commit === commit) return;
  const isOther = mark.sequence > sequence || (mark.commit !== null && storage.idAt(mark.sequence) !== mark.commit);
  if (isOther) index.empty();
  if (isOther || !catalog.textContents.areRearranged(mark.sequence)) {
    return index.setMark({ position: index.mark().position, sequence, commit });
  }
  for (let after = 0; ; ) {
    const noted = index.noted(after, pageRows);
    const there = catalog.textContents.thoseThere(noted);
    index.forget(noted.filter((content) => !there.has(content)));
    after = noted.at(-1) ?? after;
    if (noted.length < pageRows) break;
    await turn();
    if (stop.aborted) return;
  }
  index.forgetUnread();
  // What goes may give the number of its content to another version of the item, before where it was.
  index.setMark({ position: 0, sequence, commit });
}

/** What of the index was forgotten goes for good. */
export async function cleanIndex({ index, stop }: FillingParts): Promise<void> {
  while (!stop.aborted && index.clean()) await turn();
}

/** What was asked of a content, in the order of contents. */
interface Asked {
  readonly content: TextContent;
  /** Undefined: it says nothing. */
  readonly found?: Omit<FoundText, 'text'>;
  /** Null: it took too much. */
  readonly text?: Promise<string | null> | undefined;
  /** So many letters it may have. */
  readonly most: number;
  /** It could not be read from the storage. */
  readonly failure?: Failure;
}

/** Reads and adds what comes next. How many contents it was; 0: all of them are in. */
export async function fillStep(parts: FillingParts): Promise<number> {
  const { open, index, clock, stop, isClosed } = parts;
  const { position } = index.mark();
  const contents = open.catalog.textContents.after(position, contentsAtOnce);
  const last = contents.at(-1)?.content ?? position;
  const noted = new Set(index.noted(position, contentsAtOnce).filter((content) => content <= last));
  const stopped = new Promise<'stopped'>((resolve) => stop.addEventListener('abort', () => resolve('stopped'), { once: true }));
  const found: FoundText[] = [];
  const begun = new Set<string>();
  const asked: Asked[] = [];
  let next = 0;
  let done = 0;
  let room = lettersAtOnce;
  let sinceMs = clock.monotonicMs();
  while (!stop.aborted) {
    const content = room > 0 ? contents[next] : undefined;
    if (content !== undefined) {
      const one = noted.has(content.content) ? { content, most: 0 } : await ask(content, begun, parts);
      if (one === 'stopped') break;
      asked.push(one);
      room -= one.most;
      next += 1;
    } else {
      const one = asked.shift();
      if (one === undefined) break;
      const text = await Promise.race([textOf(one, parts), stopped]);
      if (text === 'stopped') break;
      if (text !== undefined) found.push(text);
      room += one.most - (text?.text?.length ?? 0);
      done += 1;
    }
    if (clock.monotonicMs() - sinceMs < busyMs) continue;
    await turn();
    sinceMs = clock.monotonicMs();
  }
  if (done > 0 && !isClosed()) index.add(found, contents[done - 1]?.content ?? position);
  return done;
}

async function ask(content: TextContent, begun: Set<string>, parts: FillingParts): Promise<Asked | 'stopped'> {
  const { manifest } = content;
  const { kind, name, summary } = manifest;
  const part = manifest.contents.find((one) => one.part === 'raw') ?? manifest.contents[0];
  if (part === undefined || !maySay(kind, name)) return { content, most: 0 };
  const about = kind === 'file' ? name : '';
  const found = {
    ...{ content: content.content, digest: part.digest, about },
    ...{ title: summary.title, sender: summary.from ?? '', recipient: summary.to ?? '' },
  };
  const key = `${part.digest} ${about}`;
  if (begun.has(key) || parts.index.has(part.digest, about)) return { content, found, most: 0 };
  try {
    const bytes = await beginning(part, lookedAt(kind, name), parts.open);
    if (parts.stop.aborted) return 'stopped';
    begun.add(key);
    const most = Math.min(bytes.length, mostLetters);
    return { content, found, most, text: parts.thread.read({ kind, name, bytes }) };
  } catch (error) {
    // What was closed meanwhile fails in its own way.
    if (parts.stop.aborted) return 'stopped';
    if (!isStrataError(error) || !ownFailures.has(error.code)) throw error;
    return { content, found, most: 0, failure: failureOf(error) };
  }
}

/** Undefined: it says nothing. */
async function textOf({ content, found, text, failure }: Asked, { unread, stop }: FillingParts): Promise<FoundText | undefined> {
  if (found === undefined) return undefined;
  const said = await text;
  if (failure === undefined && said !== null) return { ...found, text: said };
  const tooMuch = { code: 'item.takes-too-much', retry: 'never', facts: { item: content.manifest.name } } as const;
  if (!stop.aborted) unread(content, failure ?? tooMuch);
  return { ...found, text: null };
}

async function beginning(part: ContentPart, most: number, { storage, catalog }: OpenStorage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of storage.read(part, catalog)) {
    const wanted = piece.subarray(0, most - length);
    // A copy: its memory, which is far larger, is used again for the next one.
    pieces.push(new Uint8Array(wanted));
    length += wanted.length;
    if (length >= most) break;
  }
  return pieces.length === 1 ? (pieces[0] ?? new Uint8Array()) : Buffer.concat(pieces);
}
