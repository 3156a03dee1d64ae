import type { ItemId, RunId } from '../../shared/domain/ids.ts';
import type { Change, ContentPart, Manifest } from '../../shared/domain/item.ts';
import { canonicalJson, type JsonValue } from '../../shared/domain/json.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import type { Content } from '../kernel/content.ts';
import { newId, type Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Reading, Sighting } from '../sources/source.ts';
import type { StorageWriter } from '../storage/index.ts';
import type { SourceChanges } from './changes.ts';
import { deletedManifest, readManifest } from './manifests.ts';
import { VanishedByDigest } from './moves.ts';
import type { FolderState, FolderWork, ItemWork } from './work.ts';

/** Failures of one item; anything else that goes wrong while storing concerns the storage and ends the run. */
const itemFailures: ReadonlySet<string> = new Set(['item.unreadable', 'item.changed-while-reading', 'item.too-large']);

export interface CopyTools {
  readonly runId: RunId;
  readonly catalog: Catalog;
  readonly writer: Pick<StorageWriter, 'store' | 'storedBytes'>;
  /** `before`: what the item was until now. */
  readonly add: (manifest: Manifest, before: Manifest | undefined) => void;
  /** Looks into a changed item: what it was, and what it is. Before the content is stored. */
  readonly probe: (before: Manifest | undefined, content: Content, sizeBytes: number) => Promise<void>;
  readonly random: Random;
  readonly isCheckpointDue: () => boolean;
  /** Only while nothing is being stored. */
  readonly checkpoint: () => Promise<void>;
  /** From now on the folder holds what its cursor does not know: a checkpoint must not leave it that one. */
  readonly folderBegun: (folderKey: string) => void;
  /** To be called once all items of the folder are with the writer. */
  readonly folderDone: (folderKey: string, cursor: JsonValue) => void;
}

/** How many items are stored at the same time: enough to keep two packers busy while the source is being read. */
const inFlight = 64;

/**
 * Reads what comparing found and makes transactions of it. False: it was asked to finish soon and did not come to the end.
 * Deletions come last, when it is known what only moved.
 */
export async function copySource(changes: SourceChanges, tools: CopyTools, run: RunContext): Promise<boolean> {
  const vanished = new VanishedByDigest(changes.vanished);
  const losing: FolderWork[] = [];
  for (const work of changes.work) {
    if (run.finishSoon.aborted) return false;
    const isLosing = changes.losing.has(work.folder.item);
    if (isLosing || work.items.length > 0) tools.folderBegun(work.folder.key);
    const copy = new FolderCopy(changes, work, vanished, tools, run);
    if (!(await copy.run())) return false;
    // A cursor says "all until here is stored": with a failed item it would hide that item for ever.
    // And before the deletions are: what vanished until then would be there for ever, if nothing comes after a checkpoint.
    if (copy.failed === 0 && isLosing) losing.push(work);
    else if (copy.failed === 0) keepCursor(work, tools);
    if (tools.isCheckpointDue()) await tools.checkpoint();
  }
  for (const item of vanished.rest()) {
    const previous = tools.catalog.newest(item.item);
    if (previous === undefined) continue;
    tools.add(deletedManifest(previous, tools.runId, run.clock.nowMs()), previous);
    if (item.kind !== 'folder') run.progress.count('vanished');
  }
  for (const work of losing) keepCursor(work, tools);
  return true;
}

function keepCursor({ folder, cursor }: FolderWork, { folderDone }: CopyTools): void {
  if (cursor !== undefined) folderDone(folder.key, cursor);
}

class FolderCopy {
  readonly #source: SourceChanges;
  readonly #folder: FolderState;
  readonly #work: FolderWork;
  readonly #gone: VanishedByDigest;
  readonly #tools: CopyTools;
  readonly #run: RunContext;
  readonly #pending = new Set<Promise<void>>();
  #broken: { readonly error: unknown } | undefined;
  failed = 0;

  constructor(source: SourceChanges, work: FolderWork, gone: VanishedByDigest, tools: CopyTools, run: RunContext) {
    this.#source = source;
    this.#folder = work.folder;
    this.#work = work;
    this.#gone = gone;
    this.#tools = tools;
    this.#run = run;
  }

  /** False: asked to finish soon, and items are left. */
  async run(): Promise<boolean> {
    if (this.#folder.changed) await this.#copyFolderItself();
    const unread = new Map(this.#work.items.map((item) => [item.sighting.key, item]));
    if (unread.size === 0) return true;
    try {
      await this.#readAll(unread);
    } finally {
      // Whatever ended the reading: nothing may still be storing when the caller commits or abandons.
      await this.#settle();
    }
    this.#throwIfBroken();
    if (this.#run.finishSoon.aborted && unread.size > 0) return false;
    for (const { sighting } of unread.values()) {
      this.#fail(sighting, { code: 'item.unreadable', retry: 'later', facts: { item: sighting.name, reason: 'not answered' } });
    }
    return true;
  }

  async #readAll(unread: Map<string, ItemWork>): Promise<void> {
    const wanted = this.#work.items.map(({ sighting, need }) => ({ sighting, need }));
    for await (const reading of this.#source.session.read(this.#folder.key, wanted, this.#run)) {
      stopIfCancelled(this.#run);
      const item = unread.get(reading.key);
      if (item === undefined) continue;
      unread.delete(reading.key);
      this.#begin(item, reading);
      if (this.#pending.size >= inFlight) await Promise.race(this.#pending);
      this.#throwIfBroken();
      if (this.#run.finishSoon.aborted) return;
      if (!this.#tools.isCheckpointDue()) continue;
      await this.#settle();
      this.#throwIfBroken();
      await this.#tools.checkpoint();
    }
  }

  /** Storing goes on while the next item is read; what breaks it is kept until somebody looks. */
  #begin(item: ItemWork, reading: Reading): void {
    const storing: Promise<void> = this.#take(item, reading)
      .catch((error: unknown) => {
        this.#broken ??= { error };
      })
      .finally(() => this.#pending.delete(storing));
    this.#pending.add(storing);
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #throwIfBroken(): void {
    if (this.#broken !== undefined) throw this.#broken.error;
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
      const contents = await this.#store(work, reading);
      this.#record(work, reading, contents);
      this.#run.progress.done(1, work.need === 'content' ? sighting.sizeBytes : 0);
      this.#run.progress.current(`${this.#source.description.name}/${this.#folder.path}/${sighting.name}`);
    } catch (error) {
      if (isStrataError(error) && itemFailures.has(error.code)) this.#fail(sighting, failureOf(error));
      else throw error;
    }
  }

  /** Undefined: the content was not read again and is what it was. */
  async #store(work: ItemWork, reading: Reading): Promise<readonly ContentPart[] | undefined> {
    if (work.need === 'metadata') return undefined;
    if (reading.content === undefined) return [];
    if (work.known !== undefined) {
      await this.#tools.probe(this.#tools.catalog.newest(work.known.item), reading.content, work.sighting.sizeBytes);
    }
    const stored = await this.#tools.writer.store(reading.content, this.#source.description.id);
    this.#run.progress.stored(this.#tools.writer.storedBytes);
    return [{ part: 'raw', digest: stored.digest, sizeBytes: stored.sizeBytes, chunks: stored.chunks }];
  }

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
    const item = known?.item ?? newId<ItemId>(this.#tools.random);
    const manifest = readManifest(previous, this.#place(item, this.#folder.item), change, sighting, reading, contents);
    this.#tools.add(manifest, previous);
    this.#run.progress.count(countFor[change]);
  }

  #movedHere(digest: ContentPart['digest'] | undefined, sighting: Sighting): KnownItem | undefined {
    return digest === undefined ? undefined : this.#gone.take(digest, sighting.kind, sighting.name);
  }

  #place(item: ItemId, folder: ItemId | null): Parameters<typeof readManifest>[1] {
    return { item, source: this.#source.description.id, folder, run: this.#tools.runId, nowMs: this.#run.clock.nowMs() };
  }

  #fail(sighting: Sighting, failure: Failure): void {
    this.failed += 1;
    this.#run.progress.count('failed');
    this.#run.progress.done(1, 0);
    this.#run.progress.problem({
      failure,
      source: this.#source.description.name,
      folder: this.#folder.path,
      item: sighting.kind === 'folder' ? '' : sighting.name,
      atMs: this.#run.clock.nowMs(),
    });
  }
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
