import type { ItemId } from '../../shared/domain/ids.ts';
import type { Change, ContentPart, Manifest } from '../../shared/domain/item.ts';
import { canonicalJson } from '../../shared/domain/json.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { KnownItem } from '../catalog/index.ts';
import { newId } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Reading, Sighting, Wanted } from '../sources/source.ts';
import type { StoredContent } from '../storage/index.ts';
import type { SourceChanges } from './changes.ts';
import type { CopyTools } from './copy-tools.ts';
import { readManifest } from './manifests.ts';
import type { VanishedByDigest } from './moves.ts';
import { isCalledTheSame, type SameContent, type SameContents } from './same-contents.ts';
import type { Storing } from './storing.ts';
import type { FolderState, FolderWork, ItemWork } from './work.ts';

/** Failures of one item; anything else that goes wrong while storing concerns the storage and ends the run. */
const itemFailures: ReadonlySet<string> = new Set(['item.unreadable', 'item.changed-while-reading', 'item.too-large']);

/** What the folders of a source have in common. */
export interface FolderSurroundings {
  readonly changes: SourceChanges;
  readonly gone: VanishedByDigest;
  readonly same: SameContents;
  readonly tools: CopyTools;
  readonly storing: Storing;
}

/** One folder's items, from the source to the writer. */
export class FolderCopy {
  readonly #source: SourceChanges;
  readonly #folder: FolderState;
  readonly #work: FolderWork;
  readonly #gone: VanishedByDigest;
  readonly #same: SameContents;
  /** Items of which the content is stored already, by key. */
  readonly #copies = new Map<string, SameContent>();
  readonly #storing: Storing;
  readonly #tools: CopyTools;
  readonly #run: RunContext;
  #failed = 0;

  constructor(work: FolderWork, { changes, gone, same, tools, storing }: FolderSurroundings, run: RunContext) {
    this.#source = changes;
    this.#storing = storing;
    this.#folder = work.folder;
    this.#work = work;
    this.#gone = gone;
    this.#same = same;
    this.#tools = tools;
    this.#run = run;
  }

  /** Final once nothing is being stored any more. */
  get failed(): number {
    return this.#failed;
  }

  /** Returns when all items are on their way to the writer. False: asked to finish soon, and items are left. */
  async run(): Promise<boolean> {
    if (this.#folder.changed) await this.#copyFolderItself();
    const unread = new Map(this.#work.items.map((item) => [item.sighting.key, item]));
    if (unread.size === 0) return true;
    await this.#readAll(unread);
    if (this.#run.finishSoon.aborted && unread.size > 0) return false;
    for (const { sighting } of unread.values()) {
      this.#fail(sighting, { code: 'item.unreadable', retry: 'later', facts: { item: sighting.name, reason: 'not answered' } });
    }
    return true;
  }

  async #readAll(unread: Map<string, ItemWork>): Promise<void> {
    const { items } = this.#work;
    // What is being stored may be what comes here once more.
    if (items.some(({ sighting }) => this.#same.isBeingStored(sighting))) await this.#storing.settle();
    const misnamed = await this.#read(
      unread,
      items.map((item) => this.#want(item)),
    );
    if (misnamed.length > 0 && !this.#run.finishSoon.aborted) await this.#read(unread, misnamed);
  }

  #want({ sighting, known, need }: ItemWork): Wanted {
    if (need === 'metadata' || known !== undefined) return { sighting, need };
    const same = this.#same.find(sighting);
    if (same === undefined) {
      this.#same.begins(sighting);
      return { sighting, need };
    }
    this.#copies.set(sighting.key, same);
    return { sighting, need: 'metadata' };
  }

  /** Gives what turned out to be another content than its name says, and must be read itself. */
  async #read(unread: Map<string, ItemWork>, wanted: readonly Wanted[]): Promise<Wanted[]> {
    const misnamed: Wanted[] = [];
    for await (const reading of this.#source.session.read(this.#folder.key, wanted, this.#run)) {
      stopIfCancelled(this.#run);
      const item = unread.get(reading.key);
      if (item === undefined) continue;
      const same = this.#copies.get(reading.key);
      if (same !== undefined && reading.problem === undefined && !isCalledTheSame(same, reading.summary)) {
        this.#copies.delete(reading.key);
        misnamed.push({ sighting: item.sighting, need: 'content' });
        continue;
      }
      unread.delete(reading.key);
      const isRead = item.need === 'content' && same === undefined;
      await this.#storing.begin(isRead ? item.sighting.sizeBytes : 0, () => this.#take(item, reading));
      this.#storing.throwIfBroken();
      if (this.#run.finishSoon.aborted) break;
      if (this.#tools.isCheckpointDue()) await this.#tools.checkpoint();
    }
    return misnamed;
  }

  async #copyFolderItself(): Promise<void> {
    const { sighting, known, item, parent, key } = this.#folder;
    for await (const reading of this.#source.session.read(key, [{ sighting, need: 'metadata' }], this.#run)) {
      if (reading.problem !== undefined) this.#fail(sighting, reading.problem);
      const previous = known === undefined ? undefined : this.#tools.catalog.newest(known.item);
      // Even a folder whose properties could not be read gets its transaction: its items need a place.
      const shown = reading.problem === undefined ? reading : nothingRead(sighting);
      const change = changeOf(previous, parent, sighting, false);
      if (
        change === 'metadata' &&
        previous !== undefined &&
        canonicalJson(previous.metadata) === canonicalJson(shown.metadata) &&
        previous.metadataRevision === shown.metadataRevision
      )
        return;
      this.#tools.add(readManifest(previous, this.#place(item, parent), change, sighting, shown, []), previous);
      return;
    }
  }

  async #take(work: ItemWork, reading: Reading): Promise<void> {
    const { sighting } = work;
    if (reading.problem !== undefined) return this.#fail(sighting, reading.problem);
    try {
      const stored = await this.#store(work, reading);
      const contents = this.#copies.get(sighting.key)?.contents ?? contentsOf(stored);
      this.#record(work, withStored(reading, stored), work.need === 'metadata' ? undefined : contents);
      this.#run.progress.done(1, work.need === 'content' ? sighting.sizeBytes : 0);
      this.#run.progress.current(`${this.#source.description.name}/${this.#folder.path}/${sighting.name}`);
    } catch (error) {
      if (!isStrataError(error) || !itemFailures.has(error.code)) throw error;
      if (error.code === 'item.changed-while-reading' && reading.again !== undefined) return this.#take(work, reading.again());
      this.#fail(sighting, failureOf(error));
    }
  }

  async #store(work: ItemWork, reading: Reading): Promise<StoredContent | undefined> {
    if (reading.content === undefined) return undefined;
    if (work.known !== undefined) {
      await this.#tools.probe(this.#tools.catalog.newest(work.known.item), reading.content, work.sighting.sizeBytes);
    }
    const stored = await this.#tools.writer.store(reading.content, this.#source.description.id);
    this.#run.progress.stored(this.#tools.writer.storedBytes);
    return stored;
  }

  /** @param stored Undefined: the content was not read again and is what it was. */
  #record(work: ItemWork, reading: Reading, stored: readonly ContentPart[] | undefined): void {
    const { sighting } = work;
    const digest = stored?.[0]?.digest;
    const known = work.known ?? this.#movedHere(digest, sighting);
    const previous = known === undefined ? undefined : this.#tools.catalog.newest(known.item);
    const contents = stored ?? previous?.contents ?? [];
    const contentChanged = previous === undefined || previous.contents[0]?.digest !== contents[0]?.digest;
    const change = changeOf(previous, this.#folder.item, sighting, contentChanged);
    if (change === 'metadata' && previous !== undefined && isSame(previous, reading, work)) {
      this.#run.progress.count('unchanged');
      return;
    }
    if (change === 'content' && isSaidUnchanged(work)) this.#tellUnseen(sighting);
    const item = known?.item ?? newId<ItemId>(this.#tools.random);
    const manifest = readManifest(previous, this.#place(item, this.#folder.item), change, sighting, reading, contents);
    this.#tools.add(manifest, previous);
    this.#same.stored(manifest);
    this.#run.progress.count(countFor[change]);
  }

  #movedHere(digest: ContentPart['digest'] | undefined, sighting: Sighting): KnownItem | undefined {
    return digest === undefined ? undefined : this.#gone.take(digest, sighting.kind, sighting.name);
  }

  #place(item: ItemId, folder: ItemId | null): Parameters<typeof readManifest>[1] {
    return { item, source: this.#source.description.id, folder, run: this.#tools.runId, nowMs: this.#run.clock.nowMs() };
  }

  #fail(sighting: Sighting, failure: Failure): void {
    this.#failed += 1;
    this.#run.progress.count('failed');
    this.#run.progress.done(1, 0);
    this.#tell(sighting, failure);
  }

  /** It is stored all the same. Whoever changed it knows whether that was meant; a disk that forgets does not say so. */
  #tellUnseen(sighting: Sighting): void {
    this.#tools.noteUnseen();
    this.#tell(sighting, { code: 'item.changed-unseen', retry: 'after-user-action', facts: { item: sighting.name } });
  }

  #tell(sighting: Sighting, failure: Failure): void {
    this.#run.progress.problem({
      failure,
      source: this.#source.description.name,
      folder: this.#folder.path,
      item: sighting.kind === 'folder' ? '' : sighting.name,
      atMs: this.#run.clock.nowMs(),
    });
  }
}

const contentsOf = (stored: StoredContent | undefined): readonly ContentPart[] =>
  stored === undefined ? [] : [{ part: 'raw', digest: stored.digest, sizeBytes: stored.sizeBytes, chunks: stored.chunks }];

/** What the item is, once it is known what came with its content: extended attributes, a summary. */
function withStored(reading: Reading, stored: StoredContent | undefined): Reading {
  const { attributes, summary = reading.summary } = stored ?? {};
  if (attributes === undefined || reading.metadataWith === undefined) return { ...reading, summary };
  return { ...reading, summary, metadata: reading.metadataWith(attributes) };
}

const countFor = {
  created: 'new',
  restored: 'new',
  content: 'changed',
  metadata: 'metadataOnly',
  moved: 'moved',
  deleted: 'vanished',
} as const;

function changeOf(previous: Manifest | undefined, folder: ItemId | null, sighting: Sighting, contentChanged: boolean): Change {
  if (previous === undefined) return 'created';
  if (previous.change === 'deleted') return 'restored';
  if (contentChanged) return 'content';
  return previous.folder !== folder || previous.name !== sighting.name ? 'moved' : 'metadata';
}

/** And is read all the same, though nothing of it is lost. */
const isSaidUnchanged = ({ known, sighting }: ItemWork): boolean =>
  known !== undefined && !known.isLost && known.contentRevision === sighting.contentRevision;

/** Read again for nothing: only then is no transaction made. A new revision is worth one, or the item would be read in every cycle. */
function isSame(previous: Manifest, reading: Reading, work: ItemWork): boolean {
  return (
    previous.key === work.sighting.key &&
    previous.contentRevision === reading.contentRevision &&
    previous.metadataRevision === reading.metadataRevision &&
    canonicalJson(previous.metadata) === canonicalJson(reading.metadata)
  );
}

function nothingRead(sighting: Sighting): Reading {
  // The revision is left empty, so that the next cycle reads the properties again.
  return { key: sighting.key, metadata: {}, summary: { title: sighting.name }, contentRevision: '', metadataRevision: '' };
}
