import type { SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { PlaceRoom, PlaceRule, RestoreEntry } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, type StrataError } from '../../shared/domain/strata-error.ts';
import type { SelectedItem, TwoPasses } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { DestinationSession, RestoreItem, WriteOrder } from '../sources/destination.ts';
import type { Storage } from '../storage/index.ts';
import type { Gone } from './gone.ts';
import { HandingOver } from './handing-over.ts';
import { restoreItem } from './items.ts';
import { KeptBefore } from './kept.ts';
import { besides, dayOf, givesWay, goesBeside } from './conflicts.ts';
import { concernsItem } from './failures.ts';
import { type Chosen, measured, selectedItems } from './chosen.ts';
import type { Remembering, RememberingInput, Way } from './remembering.ts';
import { isRecent } from './recent-first.ts';
import { type ReportBuilder, reportedItem, type ReportedItem } from './report.ts';
import { RoomBook } from './room.ts';
import { type DestinationFor, Sessions } from './sessions.ts';

export interface RestoreInput extends Chosen {
  readonly storage: Storage;
  readonly destinationFor: DestinationFor;
  readonly conflict: PlaceRule;
  readonly dryRun: boolean;
  /** Reads back what was written, and holds it against the storage. */
  readonly verify?: boolean | undefined;
  /** What is of then or later comes before the rest; undefined: all in the order of folders. Of a moment only. */
  readonly recentSinceMs?: number | undefined;
  /** In a dry run: what would be gone by then. */
  readonly gone?: Gone | undefined;
  /** Where it is written down what is done; undefined: what is made lasts no longer than the run. */
  readonly remembering?: Omit<RememberingInput, 'catalog'>;
  /** Absent: all goes in one lane, as to this computer. */
  readonly lanes?: Lanes | undefined;
}

/** What goes to different accounts is written side by side. */
export interface Lanes {
  /** Where a source's items go: what goes to the same goes one after the other. Empty: this computer. */
  of(source: SourceId): string;
  /** So many are written at the same time. */
  readonly most: number;
}

/** What one lane takes of a restore. */
export interface LaneInput extends RestoreInput {
  readonly lane: { readonly number: number; readonly of: number; readonly isHere: boolean };
}

/** More items are in no storage. */
const mostInLane = 2 ** 40;

/** Less is done before threads have started. */
const worthThreads = { items: 200, bytes: 32 * 1024 * 1024 };

/** What all lanes of a restore have in common. */
export interface Shared {
  readonly report: ReportBuilder;
  readonly remembering: Remembering | undefined;
  /** So many that are put off are in memory at most. */
  readonly putOffAtMost: number;
}

/** One lane of a restore: what goes to one account, or to this computer, in its order. */
export class Lane {
  readonly #input: LaneInput;
  readonly #shared: Shared;
  readonly #sessions: Sessions;
  readonly #run: RunContext;
  readonly #report: ReportBuilder;
  readonly #sourceNames: ReadonlyMap<SourceId, string>;
  readonly #remembering: Remembering | undefined;
  readonly #kept: KeptBefore | undefined;
  readonly #room: RoomBook;
  /** In the names of what goes beside something. */
  readonly #day: string;
  readonly #items: Iterator<SelectedItem>;
  #next: IteratorResult<SelectedItem>;
  /** The next is of what comes after the recent of all lanes. */
  #isOlder = false;
  #found = 0;
  #handing: HandingOver | undefined;
  /** In whose place something is that may be another item, where both can be there. */
  readonly #putOff: { readonly at: number; readonly item: RestoreItem }[] = [];
  /** Items come folder by folder. */
  #at: Folders = { folders: [], folderPath: [], text: '' };

  /** What is selected is fixed by then: what is backed up meanwhile changes nothing. */
  constructor(input: LaneInput, shared: Shared, run: RunContext) {
    this.#input = input;
    this.#shared = shared;
    this.#run = run;
    this.#report = shared.report;
    this.#remembering = shared.remembering;
    this.#sessions = new Sessions(input.destinationFor, run, (source, folder) => shared.remembering?.folder(source, folder));
    this.#room = new RoomBook(run);
    this.#day = dayOf(run.clock.nowMs());
    const { storage, catalog } = input;
    this.#kept = input.remembering && new KeptBefore({ storage, catalog, goesBack: input.remembering.goesBack });
    this.#sourceNames = new Map(input.catalog.sources().map(({ id, name }) => [id, name]));
    this.#items = selectedItems(input, this.#passes())[Symbol.iterator]();
    this.#next = this.#items.next();
  }

  get sessions(): Sessions {
    return this.#sessions;
  }

  get isEmpty(): boolean {
    return this.#found === 0 && this.#next.done === true;
  }

  /** In a dry run: what is needed where. */
  room(): readonly PlaceRoom[] {
    return this.#room.all();
  }

  /** What comes before the older of every lane: all, where nothing is put behind. */
  async writeFirst(): Promise<void> {
    this.#handing = this.#startThreads();
    await this.#write(() => !this.#isOlder);
  }

  async writeRest(): Promise<void> {
    await this.#write(() => true);
    await this.#restorePutOff();
    await (this.#run.finishSoon.aborted ? this.#handing?.stop() : this.#handing?.settled());
    stopIfCancelled(this.#run);
  }

  async finish(): Promise<void> {
    await this.#sessions.finish();
  }

  async close(): Promise<void> {
    await this.#handing?.close();
    await this.#sessions.close();
  }

  async #write(mayTake: () => boolean): Promise<void> {
    for (; this.#next.done !== true && mayTake(); this.#next = this.#items.next()) {
      stopIfCancelled(this.#run);
      if (this.#run.finishSoon.aborted) break;
      const { manifest, folders } = this.#next.value;
      const way = this.#wayThrough(folders);
      this.#run.progress.current(way.text + manifest.name);
      const item = this.#asRestoreItem(manifest, way);
      const at = this.#placeInReport();
      // Most are new, and waiting for each of them would take as long as the rest.
      if (!this.#handOverNew(at, item)) await this.#restoreItem(at, item);
      this.#found += 1;
      if (this.#handing?.isBehind === true) await this.#handing.keepPace();
      if (this.#putOff.length >= this.#shared.putOffAtMost) await this.#restorePutOff();
    }
  }

  /** As if one lane had come after the other, first with what is recent, then with the rest. */
  #placeInReport(): number {
    const { number, of } = this.#input.lane;
    return (number + (this.#isOlder ? of : 0)) * mostInLane + this.#found;
  }

  #passes(): TwoPasses | undefined {
    const { recentSinceMs } = this.#input;
    if (recentSinceMs === undefined) return undefined;
    return { isFirst: (manifest) => isRecent(manifest, recentSinceMs), goesOn: () => void (this.#isOlder = true) };
  }

  #startThreads(): HandingOver | undefined {
    const { dryRun, lane } = this.#input;
    if (dryRun || !lane.isHere) return undefined;
    const { items, bytes } = measured(this.#input);
    if ((items ?? 0) < worthThreads.items && (bytes ?? 0) < worthThreads.bytes) return undefined;
    const giver = this.#input.storage.giver(this.#input.catalog);
    return giver && new HandingOver(giver, concernsItem, (steps) => this.#remembering?.writeDown(steps) ?? [], this.#run);
  }

  /** Whoever is there by its bytes has been found by now, and stands in nobody's place. */
  async #restorePutOff(): Promise<void> {
    for (const { at, item } of this.#putOff.splice(0)) {
      stopIfCancelled(this.#run);
      if (this.#run.finishSoon.aborted) return;
      await this.#restoreItem(at, { ...item, isLast: true });
    }
  }

  async #restoreItem(at: number, item: RestoreItem): Promise<void> {
    try {
      const outcome = await this.#place(at, item);
      if (outcome !== 'handed-over' && outcome !== 'put-off') this.#done(reportedItem(at, item), outcome);
    } catch (error) {
      this.#failOrThrow(at, item, error);
    }
  }

  /** False: it is to be looked what is in its place, or it is to be written here. */
  #handOverNew(at: number, item: RestoreItem): boolean {
    const session = this.#handing?.takes(item) === true ? this.#sessions.opened(item.manifest.source) : undefined;
    try {
      const written = session?.orderNew?.(item);
      if (session === undefined || written === undefined) return false;
      this.#handOver(at, item, written, { session, how: 'create' });
    } catch (error) {
      this.#failOrThrow(at, item, error);
    }
    return true;
  }

  async #place(at: number, plain: RestoreItem): Promise<RestoreEntry['outcome'] | 'handed-over' | 'put-off'> {
    const session = await this.#sessions.of(plain.manifest.source);
    const found = (session.namesWhatItMakes && this.#remembering?.recall(plain)) ?? plain;
    if (session.isOrdered?.(found) === true) await this.#handing?.settled();
    const probed = await session.probe(found, this.#run);
    const isGone = probed !== 'absent' && (await this.#input.gone?.has(session, found, this.#run)) === true;
    const there = isGone ? 'absent' : probed;
    if (there === 'identical') return 'skip';
    if (there === 'same-name' && session.holdsBoth === true && plain.isLast !== true) {
      this.#putOff.push({ at, item: plain });
      return 'put-off';
    }
    if (there !== 'absent' && found.manifest.kind !== 'folder') this.#report.countConflict(at);
    const isBeside = there !== 'absent' && goesBeside(this.#input.conflict, session, found);
    const item = isBeside && session.holdsBoth !== true ? await besides(session, found, this.#day, this.#run) : found;
    if (item === undefined) return 'skip';
    const isFree = there === 'absent' || isBeside;
    if (!isFree && !(await givesWay(session, item, there, this.#input.conflict, this.#run))) return 'skip';
    const how = isFree ? 'create' : 'replace';
    const kept = how === 'replace' ? await this.#kept?.find(session, item, this.#run) : undefined;
    if (how === 'replace' && kept === undefined && item.manifest.kind !== 'folder') this.#report.countUnkept();
    if (this.#input.dryRun) {
      const { label } = this.#input.destinationFor(item.manifest.source);
      await this.#room.add(session, label, item);
      return how;
    }
    stopIfCancelled(this.#run);
    const written = this.#handing?.takes(item) === true ? session.order?.(item, how) : undefined;
    if (written === undefined) {
      await this.#writeItem(item, { session, how, kept });
      return how;
    }
    this.#handOver(at, item, written, { session, how, kept });
    return 'handed-over';
  }

  /** What cannot be taken back anyway needs no writing down. */
  #remembers({ manifest: { kind } }: RestoreItem, session: DestinationSession): Remembering | undefined {
    return session.takingBack === undefined || kind === 'folder' ? undefined : this.#remembering;
  }

  async #writeItem(item: RestoreItem, way: Way): Promise<void> {
    const { session, how } = way;
    const remembering = this.#remembers(item, session);
    const step = remembering?.begin(item, way);
    try {
      const written = await session.write(item, how, this.#run);
      if (step !== undefined && session.namesWhatItMakes === true) remembering?.made(step, written);
    } catch (error) {
      // Whoever refuses an item has not taken it. Of any other failure nobody knows whether it came before or after.
      if (step !== undefined && isStrataError(error) && concernsItem(error)) remembering?.failed(step);
      throw error;
    }
  }

  #handOver(at: number, item: RestoreItem, written: WriteOrder, way: Way): void {
    const reported = reportedItem(at, item);
    const remembering = this.#remembers(item, way.session);
    this.#handing?.give(item, written, remembering?.step(item, way), (told, step) => {
      if (told === 'written') return this.#done(reported, way.how, reported.hasContent);
      if (step !== undefined) remembering?.failed(step);
      if (told !== 'stopped') this.#fail(reported, told);
    });
  }

  #done(item: ReportedItem, outcome: RestoreEntry['outcome'], isVerified = false): void {
    if (isVerified) this.#report.countVerified();
    // They come with what lies in them, and are told of where nothing does.
    if (item.isFolder && this.#input.without?.includes('items') !== true) return;
    this.#report.add(item, outcome);
    this.#run.progress.done(1, item.sizeBytes);
  }

  #wayThrough(folders: readonly Manifest[]): Folders {
    if (this.#at.folders !== folders) {
      const folderPath = folders.map((folder) => folder.name);
      this.#at = { folders, folderPath, text: folderPath.map((name) => `${name}/`).join('') };
    }
    return this.#at;
  }

  #asRestoreItem(manifest: Manifest, folders: Folders): RestoreItem {
    const { storage, catalog } = this.#input;
    return restoreItem(manifest, folders, { storage, catalog, verified: () => this.#report.countVerified() });
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

interface Folders {
  readonly folders: readonly Manifest[];
  readonly folderPath: readonly string[];
  /** What stands before a name, for people. */
  readonly text: string;
}
