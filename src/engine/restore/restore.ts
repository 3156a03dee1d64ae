import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { ConflictRule, RestoreEntry, RestoreReport } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, SelectedItem } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Destination, DestinationSession, RestoreItem } from '../sources/destination.ts';
import type { Storage } from '../storage/index.ts';
import { asItemDamage, HandingOver, type Told } from './handing-over.ts';
import { givesWay } from './conflicts.ts';
import { type Chosen, measured, tagged, undeleted } from './chosen.ts';
import { Remembering, type RememberingInput } from './remembering.ts';
import { ReportBuilder, reportedItem, type ReportedItem } from './report.ts';

export interface RestoreInput extends Chosen {
  readonly storage: Storage;
  /** A keyword for every message that is written. */
  readonly tag?: string | undefined;
  /** Items of several sources may go to several places. */
  readonly destinationFor: (source: SourceId) => Destination;
  readonly conflict: ConflictRule;
  readonly dryRun: boolean;
  /** Where it is written down what is done; undefined: what is made lasts no longer than the run. */
  readonly remembering?: Omit<RememberingInput, 'catalog'>;
}

/** Failures that concern one item; others end the restore, because every further item would fail as well. */
const itemFailures: ReadonlySet<string> = new Set([
  'restore.item-damaged',
  'restore.name-unsafe',
  'restore.other-bytes',
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
  const restore = new Restore(input, sessions, run);
  try {
    return await restore.run();
  } finally {
    await restore.close();
    await sessions.close();
    lock.release();
  }
}

/** Less is done before threads have started. */
const worthThreads = { items: 200, bytes: 32 * 1024 * 1024 };

class Restore {
  readonly #input: RestoreInput;
  readonly #sessions: Sessions;
  readonly #run: RunContext;
  readonly #report: ReportBuilder;
  readonly #sourceNames: ReadonlyMap<SourceId, string>;
  readonly #remembering: Remembering | undefined;
  #handing: HandingOver | undefined;
  /** Items come folder by folder. */
  #way: Way = { folders: [], folderPath: [], text: '' };

  constructor(input: RestoreInput, sessions: Sessions, run: RunContext) {
    this.#input = input;
    this.#sessions = sessions;
    this.#run = run;
    this.#report = new ReportBuilder(input.dryRun);
    this.#remembering = input.remembering && new Remembering({ ...input.remembering, catalog: input.catalog });
    this.#sourceNames = new Map(input.catalog.sources().map(({ id, name }) => [id, name]));
  }

  async run(): Promise<RestoreReport> {
    const { progress } = this.#run;
    progress.phase(this.#input.dryRun ? 'comparing' : 'writing');
    const size = measured(this.#input);
    progress.total(size.items, size.bytes);
    this.#handing = this.#startThreads(size);
    let found = 0;
    for (const { manifest, folders } of selectedItems(this.#input)) {
      stopIfCancelled(this.#run);
      if (this.#run.finishSoon.aborted) break;
      const way = this.#wayThrough(folders);
      progress.current(way.text + manifest.name);
      const item = this.#asRestoreItem(manifest, way);
      // Most are new, and waiting for each of them would take as long as the rest.
      if (!this.#handOverNew(found, item)) await this.#restoreItem(found, item);
      found += 1;
      if (this.#handing?.isBehind === true) await this.#handing.keepPace();
    }
    if (found === 0) throw new StrataError('restore.nothing-selected', 'never');
    await (this.#run.finishSoon.aborted ? this.#handing?.stop() : this.#handing?.settled());
    stopIfCancelled(this.#run);
    progress.phase('finishing');
    if (!this.#input.dryRun) await this.#sessions.finish();
    return this.#report.build();
  }

  async close(): Promise<void> {
    await this.#handing?.close();
  }

  #startThreads({ items, bytes }: { readonly items: number; readonly bytes: number | null }): HandingOver | undefined {
    if (this.#input.dryRun || (items < worthThreads.items && (bytes ?? 0) < worthThreads.bytes)) return undefined;
    const giver = this.#input.storage.giver(this.#input.catalog);
    return giver && new HandingOver(giver, concernsItem, this.#run);
  }

  async #restoreItem(at: number, item: RestoreItem): Promise<void> {
    try {
      const outcome = await this.#place(at, item);
      if (outcome !== 'handed-over') this.#done(reportedItem(at, item), outcome);
    } catch (error) {
      this.#failOrThrow(at, item, error);
    }
  }

  /** False: it is to be looked what is in its place, or it is to be written here. */
  #handOverNew(at: number, item: RestoreItem): boolean {
    const session = this.#handing?.takes(item) === true ? this.#sessions.opened(item.manifest.source) : undefined;
    try {
      const written = session?.orderNew?.(item);
      if (written === undefined) return false;
      this.#handing?.give(item, written, this.#teller(at, item, 'create'));
    } catch (error) {
      this.#failOrThrow(at, item, error);
    }
    return true;
  }

  async #place(at: number, plain: RestoreItem): Promise<RestoreEntry['outcome'] | 'handed-over'> {
    const session = await this.#sessions.of(plain.manifest.source);
    const item = (session.namesWhatItMakes && this.#remembering?.recall(plain)) ?? plain;
    if (session.isOrdered?.(item) === true) await this.#handing?.settled();
    const there = await session.probe(item, this.#run);
    if (there === 'identical') return 'skip';
    if (there !== 'absent' && !(await givesWay(session, item, there, this.#input.conflict, this.#run))) return 'skip';
    const how = there === 'absent' ? 'create' : 'replace';
    if (this.#input.dryRun) return how;
    stopIfCancelled(this.#run);
    const written = this.#handing?.takes(item) === true ? session.order?.(item, how) : undefined;
    if (written !== undefined) {
      this.#handing?.give(item, written, this.#teller(at, item, how));
      return 'handed-over';
    }
    await this.#write(session, item, how);
    return how;
  }

  async #write(session: DestinationSession, item: RestoreItem, how: 'create' | 'replace'): Promise<void> {
    const isRemembered = session.namesWhatItMakes === true && item.manifest.kind !== 'folder';
    const step = isRemembered ? this.#remembering?.begin(item, how) : undefined;
    try {
      const written = await session.write(item, how, this.#run);
      if (step !== undefined) this.#remembering?.made(step, item, written);
    } catch (error) {
      // Whoever refuses an item has not taken it. Of any other failure nobody knows whether it came before or after.
      if (step !== undefined && isStrataError(error) && concernsItem(error)) this.#remembering?.failed(step);
      throw error;
    }
  }

  #teller(at: number, item: RestoreItem, how: 'create' | 'replace'): (told: Told) => void {
    const reported = reportedItem(at, item);
    return (told) => {
      if (told === 'written') this.#done(reported, how, reported.hasContent);
      else if (told !== 'stopped') this.#fail(reported, told);
    };
  }

  #done(item: ReportedItem, outcome: RestoreEntry['outcome'], isVerified = false): void {
    if (isVerified) this.#report.countVerified();
    if (item.isFolder) return;
    this.#report.add(item, outcome);
    this.#run.progress.done(1, item.sizeBytes);
  }

  #wayThrough(folders: readonly Manifest[]): Way {
    if (this.#way.folders !== folders) {
      const folderPath = folders.map((folder) => folder.name);
      this.#way = { folders, folderPath, text: folderPath.map((name) => `${name}/`).join('') };
    }
    return this.#way;
  }

  #asRestoreItem(manifest: Manifest, { folders, folderPath }: Way): RestoreItem {
    const part = manifest.contents[0];
    const { storage, catalog } = this.#input;
    return {
      manifest,
      folders,
      folderPath,
      content:
        part === undefined ? undefined : () => checked(storage.read(part, catalog), manifest, () => this.#report.countVerified()),
    };
  }

  #failOrThrow(at: number, item: RestoreItem, error: unknown): void {
    if (!isStrataError(error) || !concernsItem(error)) throw error;
    this.#fail(reportedItem(at, item), error);
  }

  #fail(item: ReportedItem, error: StrataError): void {
    const problem = {
      failure: failureOf(error),
      source: this.#sourceNames.get(item.source) ?? '',
      folder: item.folderPath.join('/'),
      item: item.name,
      atMs: this.#run.clock.nowMs(),
    };
    this.#report.fail(item, problem);
    this.#run.progress.count('failed');
    this.#run.progress.problem(problem);
    if (!item.isFolder) this.#run.progress.done(1, item.sizeBytes);
  }
}

interface Way {
  readonly folders: readonly Manifest[];
  readonly folderPath: readonly string[];
  /** What stands before a name, for people. */
  readonly text: string;
}

function* selectedItems(input: RestoreInput): Iterable<SelectedItem> {
  const { catalog, selection, version, vanished, tag } = input;
  if (vanished !== undefined) {
    for (const { manifest, folders } of catalog.vanished(selection, vanished))
      yield { manifest: undeleted(manifest, tag), folders };
    return;
  }
  if (version === null) {
    for (const { manifest, folders } of catalog.select(selection, input.atMs)) yield { manifest: tagged(manifest, tag), folders };
    return;
  }
  const [item] = selection.items;
  const manifest = item === undefined ? undefined : catalog.version(item, version);
  if (manifest === undefined || manifest.change === 'deleted') return;
  yield { manifest: tagged(manifest, tag), folders: foldersOf(catalog, manifest) };
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

const concernsItem = (error: StrataError): boolean => itemFailures.has(error.code);

async function* checked(bytes: AsyncIterable<Uint8Array>, manifest: Manifest, verified: () => void): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
    verified();
  } catch (error) {
    throw asItemDamage(error, manifest.name);
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

  opened(source: SourceId): DestinationSession | undefined {
    return this.#open.get(this.#destinationFor(source));
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
