import type { RunContext } from '../kernel/run-context.ts';
import type { SourceChanges } from './changes.ts';
import type { CopyTools } from './copy-tools.ts';
import { FolderCopy } from './folder-copy.ts';
import { deletedManifest } from './manifests.ts';
import { VanishedByDigest } from './moves.ts';
import { SameContents } from './same-contents.ts';
import { Storing } from './storing.ts';
import type { FolderWork } from './work.ts';

/**
 * Reads what comparing found and makes transactions of it. False: it was asked to finish soon and did not come to the end.
 */
export async function copySource(changes: SourceChanges, tools: CopyTools, run: RunContext): Promise<boolean> {
  const copy = new SourceCopy(changes, tools, run);
  try {
    return await copy.run();
  } finally {
    // Whatever ended the reading: nothing may still be storing when the caller commits or abandons.
    await copy.settle();
  }
}

/** Items of several folders are stored at the same time: most folders hold too few to keep the threads busy. */
class SourceCopy {
  readonly #changes: SourceChanges;
  readonly #tools: CopyTools;
  readonly #run: RunContext;
  readonly #gone: VanishedByDigest;
  readonly #same: SameContents;
  readonly #storing = new Storing();
  /** Folders, or parts of one, whose items are all with the writer, or on their way. */
  #read: { readonly work: Omit<FolderWork, 'items'>; readonly copy: FolderCopy }[] = [];
  /** Keys of folders that lack an item. */
  readonly #failed = new Set<string>();
  /** Of these, the ones that keep their cursor only once the deletions are with the writer. */
  readonly #losing: Omit<FolderWork, 'items'>[] = [];

  constructor(changes: SourceChanges, tools: CopyTools, run: RunContext) {
    this.#changes = changes;
    this.#tools = { ...tools, checkpoint: () => this.#checkpoint(tools) };
    this.#run = run;
    this.#gone = new VanishedByDigest(changes.vanished);
    this.#same = new SameContents(tools.catalog, changes.description.id);
  }

  /** Deletions come last, when it is known what only moved. */
  async run(): Promise<boolean> {
    for await (const work of this.#changes.work) {
      if (this.#run.finishSoon.aborted || !(await this.#copy(work))) {
        await this.#stored();
        return false;
      }
    }
    await this.#stored();
    this.#delete();
    for (const work of this.#losing) this.#keepCursor(work);
    return true;
  }

  async settle(): Promise<void> {
    await this.#storing.settle();
  }

  async #copy(work: FolderWork): Promise<boolean> {
    const isLosing = this.#changes.losing.has(work.folder.item);
    if (isLosing || work.items.length > 0) this.#tools.folderBegun(work.folder.key);
    const copy = new FolderCopy(
      work,
      { changes: this.#changes, gone: this.#gone, same: this.#same, tools: this.#tools, storing: this.#storing },
      this.#run,
    );
    if (!(await copy.run())) return false;
    const { folder, cursor } = work;
    this.#read.push({ work: { folder, cursor }, copy });
    if (this.#tools.isCheckpointDue()) await this.#tools.checkpoint();
    return true;
  }

  async #checkpoint(tools: CopyTools): Promise<void> {
    await this.#stored();
    await tools.checkpoint();
    this.#same.committed();
  }

  /** All that was read until now is with the writer. */
  async #stored(): Promise<void> {
    await this.#storing.settle();
    this.#storing.throwIfBroken();
    for (const { work, copy } of this.#read.splice(0)) {
      // A cursor says "all until here is stored": with a failed item it would hide that item for ever.
      // And before the deletions are: what vanished until then would be there for ever, if nothing comes after a checkpoint.
      if (copy.failed > 0) this.#failed.add(work.folder.key);
      if (this.#failed.has(work.folder.key)) continue;
      if (this.#changes.losing.has(work.folder.item)) this.#losing.push(work);
      else this.#keepCursor(work);
    }
  }

  #delete(): void {
    for (const item of this.#gone.rest()) {
      const previous = this.#tools.catalog.newest(item.item);
      if (previous === undefined) continue;
      this.#tools.add(deletedManifest(previous, this.#tools.runId, this.#run.clock.nowMs()), previous);
      if (item.kind !== 'folder') this.#run.progress.count('vanished');
    }
  }

  #keepCursor({ folder, cursor }: Omit<FolderWork, 'items'>): void {
    if (cursor !== undefined) this.#tools.folderDone(folder.key, cursor);
  }
}
