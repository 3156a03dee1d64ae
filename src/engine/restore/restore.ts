import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { RestoreEntry, RestoreReport } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, SelectedItem, Selection } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Destination, DestinationSession, RestoreItem } from '../sources/destination.ts';
import type { Storage } from '../storage/index.ts';
import { ReportBuilder } from './report.ts';

export interface RestoreInput {
  readonly storage: Storage;
  readonly catalog: Catalog;
  readonly selection: Selection;
  /** Null: the newest state. */
  readonly atMs: number | null;
  /** Of the one selected item, instead of a moment. */
  readonly version: number | null;
  /** Items of several sources may go to several places. */
  readonly destinationFor: (source: SourceId) => Destination;
  readonly conflict: 'skip' | 'replace';
  readonly dryRun: boolean;
}

/** Failures that concern one item; others end the restore, because every further item would fail as well. */
const itemFailures: ReadonlySet<string> = new Set([
  'restore.item-damaged',
  'restore.name-unsafe',
  'restore.write-failed',
  'storage.record-damaged',
  'storage.limit-exceeded',
  'path.denied',
  'item.too-large',
  'not.supported',
]);

export async function runRestore(input: RestoreInput, run: RunContext): Promise<RestoreReport> {
  run.progress.phase('preparing');
  const lock = input.storage.lock('restore', 'read');
  const sessions = new Sessions(input.destinationFor, run);
  try {
    return await new Restore(input, sessions, run).run();
  } finally {
    await sessions.close();
    lock.release();
  }
}

class Restore {
  readonly #input: RestoreInput;
  readonly #sessions: Sessions;
  readonly #run: RunContext;
  readonly #report: ReportBuilder;
  readonly #sourceNames: ReadonlyMap<SourceId, string>;

  constructor(input: RestoreInput, sessions: Sessions, run: RunContext) {
    this.#input = input;
    this.#sessions = sessions;
    this.#run = run;
    this.#report = new ReportBuilder(input.dryRun);
    this.#sourceNames = new Map(input.catalog.sources().map(({ id, name }) => [id, name]));
  }

  async run(): Promise<RestoreReport> {
    const { progress } = this.#run;
    progress.phase(this.#input.dryRun ? 'comparing' : 'writing');
    const size =
      this.#input.version === null
        ? this.#input.catalog.measure(this.#input.selection, this.#input.atMs)
        : { items: 1, bytes: null };
    progress.total(size.items, size.bytes);
    let found = 0;
    for (const selected of selectedItems(this.#input)) {
      stopIfCancelled(this.#run);
      if (this.#run.finishSoon.aborted) break;
      found += 1;
      await this.#restoreItem(selected);
    }
    if (found === 0) throw new StrataError('restore.nothing-selected', 'never');
    progress.phase('finishing');
    if (!this.#input.dryRun) await this.#sessions.finish();
    return this.#report.build();
  }

  async #restoreItem({ manifest, folders }: SelectedItem): Promise<void> {
    const item = this.#asRestoreItem(manifest, folders);
    const isFolder = manifest.kind === 'folder';
    this.#run.progress.current([...item.folderPath, manifest.name].join('/'));
    try {
      const outcome = await this.#place(item);
      if (!isFolder) this.#report.add(this.#entry(item, outcome));
    } catch (error) {
      if (!isStrataError(error) || !itemFailures.has(error.code)) throw error;
      this.#fail(item, error);
    }
    if (!isFolder) this.#run.progress.done(1, manifest.sizeBytes);
  }

  async #place(item: RestoreItem): Promise<RestoreEntry['outcome']> {
    const session = await this.#sessions.of(item.manifest.source);
    const there = await session.probe(item, this.#run);
    if (there === 'identical') return 'skip';
    if (there === 'same-name' && this.#input.conflict === 'skip') return 'skip';
    const how = there === 'absent' ? 'create' : 'replace';
    if (!this.#input.dryRun) {
      stopIfCancelled(this.#run);
      await session.write(item, how, this.#run);
    }
    return how;
  }

  #asRestoreItem(manifest: Manifest, folders: readonly Manifest[]): RestoreItem {
    const part = manifest.contents[0];
    const { storage, catalog } = this.#input;
    return {
      manifest,
      folders,
      folderPath: folders.map((folder) => folder.name),
      content:
        part === undefined ? undefined : () => checked(storage.read(part, catalog), manifest, () => this.#report.countVerified()),
    };
  }

  #entry(item: RestoreItem, outcome: RestoreEntry['outcome']): RestoreEntry {
    const { manifest, folderPath } = item;
    return {
      name: manifest.summary.title || manifest.name,
      folder: folderPath.join('/'),
      sizeBytes: manifest.sizeBytes,
      timeMs: manifest.summary.timeMs ?? null,
      outcome,
    };
  }

  #fail(item: RestoreItem, error: StrataError): void {
    const { manifest, folderPath } = item;
    const problem = {
      failure: failureOf(error),
      source: this.#sourceNames.get(manifest.source) ?? '',
      folder: folderPath.join('/'),
      item: manifest.name,
      atMs: this.#run.clock.nowMs(),
    };
    this.#report.fail(this.#entry(item, 'fail'), problem);
    this.#run.progress.count('failed');
    this.#run.progress.problem(problem);
  }
}

function* selectedItems(input: RestoreInput): Iterable<SelectedItem> {
  if (input.version === null) {
    yield* input.catalog.select(input.selection, input.atMs);
    return;
  }
  const [item] = input.selection.items;
  const manifest = item === undefined ? undefined : input.catalog.version(item, input.version);
  if (manifest === undefined || manifest.change === 'deleted') return;
  yield { manifest, folders: foldersOf(input.catalog, manifest) };
}

/** Where the version lay when it was valid, the source's root excluded. */
function foldersOf(catalog: Catalog, manifest: Manifest): Manifest[] {
  const folders: Manifest[] = [];
  let id: ItemId | null = manifest.folder;
  while (id !== null) {
    const folder: Manifest | undefined = catalog.versionAt(id, manifest.validFromMs) ?? catalog.newest(id);
    if (folder === undefined) break;
    if (folder.folder !== null) folders.unshift(folder);
    id = folder.folder;
  }
  return folders;
}

/** Damage of the storage is told as what it means for this item. */
async function* checked(bytes: AsyncIterable<Uint8Array>, manifest: Manifest, verified: () => void): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
    verified();
  } catch (error) {
    if (!isStrataError(error) || !error.code.startsWith('storage.')) throw error;
    throw new StrataError('restore.item-damaged', 'after-user-action', { item: manifest.name, ...error.facts }, { cause: error });
  }
}

/** One session per destination, opened when the first item needs it. */
class Sessions {
  readonly #destinationFor: RestoreInput['destinationFor'];
  readonly #run: RunContext;
  readonly #open = new Map<Destination, DestinationSession>();

  constructor(destinationFor: RestoreInput['destinationFor'], run: RunContext) {
    this.#destinationFor = destinationFor;
    this.#run = run;
  }

  async of(source: SourceId): Promise<DestinationSession> {
    const destination = this.#destinationFor(source);
    const session = this.#open.get(destination) ?? (await destination.open(this.#run));
    this.#open.set(destination, session);
    return session;
  }

  async finish(): Promise<void> {
    for (const session of this.#open.values()) await session.finish(this.#run);
  }

  async close(): Promise<void> {
    for (const session of this.#open.values()) await session.close();
  }
}
