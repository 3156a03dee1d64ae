import type { SourceDescription } from '../../shared/domain/commit.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { KnownItem } from '../catalog/index.ts';
import { newId, type Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { type FolderScan, type FolderVisit, noCursors, type Sighting, type SourceSession } from '../sources/source.ts';
import type { SourceChanges } from './changes.ts';
import { chosenCursor, passingBy } from './choosing/chosen-cursors.ts';
import { ChosenWalk } from './choosing/chosen-walk.ts';
import type { Judge } from './choosing/judge.ts';
import { reportFolder } from './comparing.ts';
import { FoundWork } from './found-work.ts';
import type { FolderState } from './work.ts';

/** A larger folder is handed on in parts, so that storing begins before it is listed. */
const partItems = 2048;

/**
 * Lists a source of which nothing is known yet. Nothing in it can have vanished or moved, and no guard has anything to hold it against,
 * so that what is found can be stored while the walk goes on. What fails is told at the end of `work`.
 */
export class FirstWalk implements SourceChanges {
  readonly description: SourceDescription;
  readonly session: SourceSession;
  readonly work = new FoundWork();
  readonly vanished: readonly KnownItem[] = [];
  readonly left = {};
  readonly losing: ReadonlySet<ItemId | null> = new Set();
  /** Resolves when the walk has come to its end, whatever that was. */
  readonly ended: Promise<void>;
  readonly #judge: Judge;
  readonly #random: Random;
  readonly #run: RunContext;
  readonly #stop = new AbortController();
  /** Source key → state of each visited folder. */
  readonly #folders = new Map<string, FolderState>();
  #isWhole = true;
  #isCounted = false;

  constructor(
    description: SourceDescription,
    session: SourceSession,
    { judge, random }: { readonly judge: Judge; readonly random: Random },
    run: RunContext,
  ) {
    this.description = description;
    this.session = session;
    this.#judge = judge;
    this.#random = random;
    this.#run = { ...run, signal: AbortSignal.any([run.signal, this.#stop.signal]) };
    this.ended = this.#walk();
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** All that there is to read is known. */
  get isCounted(): boolean {
    return this.#isCounted;
  }

  /** Before the session is closed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }

  async #walk(): Promise<void> {
    try {
      const walk = this.session.walk({ ...noCursors, ...passingBy(this.#judge) }, this.#run);
      for await (const { visit, names, isPassed } of new ChosenWalk(this.#judge).visits(walk)) {
        stopIfCancelled(this.#run);
        const folder = this.#begin(visit);
        if (visit.scan === undefined) this.#miss(folder, visit.problem);
        else if (isPassed && names.length > 0) this.work.add({ folder, items: [], cursor: undefined });
        else await this.#scan(folder, visit.scan, isPassed);
      }
      this.#isCounted = true;
      this.work.end();
    } catch (error) {
      this.work.end({ error });
    }
  }

  #begin({ folder: sighting, parentKey }: FolderVisit): FolderState {
    const parent = parentKey === null ? undefined : this.#folders.get(parentKey);
    const path = parent?.path ? `${parent.path}/${sighting.name}` : sighting.name;
    const item = newId<ItemId>(this.#random);
    const state = { item, parent: parent?.item ?? null, key: sighting.key, path, sighting, known: undefined, changed: true };
    this.#folders.set(sighting.key, state);
    return state;
  }

  async #scan(folder: FolderState, scan: FolderScan, isPassed: boolean): Promise<void> {
    let found: Sighting[] = [];
    let rest = folder;
    let cursor: JsonValue | undefined;
    const handOn = (): void => {
      const items = found.map((sighting) => ({ sighting, known: undefined, need: 'content' as const }));
      this.work.add({ folder: rest, items, cursor });
      rest = { ...folder, changed: false }; // the folder itself goes with its first part
      found = [];
    };
    try {
      for await (const batch of scan.sightings) {
        stopIfCancelled(this.#run);
        const taken = this.#judge.isEverything
          ? batch
          : batch.filter((sighting) => this.#judge.item(sighting, isPassed) === undefined);
        found.push(...taken);
        this.#run.progress.count('seen', taken.length);
        if (found.length >= partItems) handOn();
      }
      cursor = chosenCursor(this.#judge, scan.cursor());
    } catch (error) {
      // This folder's alone: what was sighted is kept, and without a cursor the next cycle lists it anew.
      if (!isStrataError(error) || error.code !== 'folder.unreadable') throw error;
      this.#miss(folder, failureOf(error));
    }
    handOn();
  }

  #miss(folder: FolderState, failure: Failure | undefined): void {
    this.#isWhole = false;
    if (failure !== undefined) reportFolder({ run: this.#run, description: this.description }, folder, failure);
  }
}
