import type { ItemId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { canReadBack } from '../../shared/domain/restore-parts.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, RestoreJournal, Selection } from '../catalog/index.ts';
import { measureVanished, recentSince, runRestore, runUndo, writtenForm } from '../restore/index.ts';
import type { Destination } from '../sources/destination.ts';
import { directoryDestination } from '../sources/disk/destination-directory.ts';
import { emlDestination } from '../sources/disk/destination-eml.ts';
import { mboxDestination } from '../sources/disk/destination-mbox.ts';
import { pocketDestination } from '../sources/disk/destination-pocket.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { beforeLoss } from './before-loss.ts';
import { trySayGivenBack } from './given-back.ts';
import { emptyFirst, refuseUnconfirmed, toEmpty } from './emptying.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { lanesOf } from './restore-lanes.ts';
import { goesBackOf, matchOf, placesOf } from './restore-places.ts';
import type { AsOf, Match, RestoreRequest, RestoreTarget } from './restore-request.ts';
import { findRun } from './runs.ts';
import { originalDestination, sourceFor } from './source-factory.ts';
import type { Sources } from './sources.ts';

export interface Measured {
  items: number;
  bytes: number;
  before: Awaited<ReturnType<typeof beforeLoss>>;
}

/** Where a million files were written, a journal of them is worth its room no longer. */
const filesForgottenAfterMs = 30 * 24 * 60 * 60 * 1000;

export class Restores {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #sources: Sources;

  constructor(parts: Parts, open: OpenStorages, sources: Sources) {
    this.#parts = parts;
    this.#open = open;
    this.#sources = sources;
  }

  async measure(storage: StorageId, selection: Selection, asOf: AsOf): Promise<Measured> {
    const { catalog } = await this.#open.use(storage);
    if (asOf.kind === 'vanished') return { ...measureVanished(catalog, selection, asOf), before: null };
    if (asOf.kind === 'version') {
      const manifest = versionOf(catalog, selection, asOf.version);
      return { items: manifest === undefined ? 0 : 1, bytes: manifest?.sizeBytes ?? 0, before: null };
    }
    const atMs = momentOf(catalog, asOf);
    const { items, bytes } = catalog.measure(selection, atMs);
    return { items, bytes, before: await beforeLoss(catalog, selection, atMs, items) };
  }

  async start(request: RestoreRequest): Promise<RunId> {
    const open = await this.#open.use(request.storage);
    const { catalog } = open;
    const { asOf, target, verify } = request;
    // Nothing read back would look like nothing found.
    if (verify === true && !canReadBack(target.kind)) throw new StrataError('restore.no-reading-back', 'after-user-action');
    const atMs = asOf.kind === 'version' || asOf.kind === 'vanished' ? null : momentOf(catalog, asOf);
    const version = asOf.kind === 'version' ? asOf.version : null;
    const vanished = asOf.kind === 'vanished' ? asOf : undefined;
    const chosen = { catalog, selection: request.selection, atMs, version, vanished, ...formOf(request) };
    const what = request.conflict === 'empty-first' ? toEmpty(request, { parts: this.#parts, open }) : undefined;
    if (what !== undefined) refuseUnconfirmed(what, request);
    const destinationFor = this.#destinations(open, request);
    const placeOf = placesOf(request);
    const lanes = lanesOf(this.#parts, catalog, target);
    return this.#parts.runs.start({
      kind: 'restore',
      job: null,
      storage: { id: request.storage, name: open.stored.name },
      trigger: 'person',
      body: async (run, running) => {
        const { dryRun } = request;
        // What stayed there is proved by nothing, so nothing is put in its place.
        const conflict = request.conflict === 'empty-first' ? 'skip' : request.conflict;
        const remembering = { journal: open.journal, run: running.id, placeOf, goesBack: goesBackOf(request) };
        if (!dryRun)
          this.#writeDown(open.journal, { run: running.id, atMs: run.clock.nowMs(), request: JSON.stringify(request) });
        const emptied = what && (await this.#empty(open, { request, what, chosen, run: running.id }, destinationFor, run));
        const { storage } = open;
        const recentSinceMs = recentSinceOf(catalog, request, atMs);
        const wish = {
          storage,
          ...chosen,
          destinationFor,
          conflict,
          dryRun,
          verify,
          remembering,
          recentSinceMs,
          lanes,
          gone: emptied?.gone,
        };
        const restored = await runRestore(wish, run).finally(() => trySayGivenBack(open, running.id, run));
        const report = { ...restored, ...(emptied && { emptied: emptied.report }) };
        if (run.finishSoon.aborted) return { status: 'stopped', restore: report };
        return { status: running.problems() > 0 ? 'warning' : 'success', restore: report };
      },
    });
  }

  #empty(
    open: OpenStorage,
    asked: Omit<Parameters<typeof emptyFirst>[1], 'restoring'>,
    destinationFor: (source: SourceId) => Destination,
    run: RunContext,
  ): ReturnType<typeof emptyFirst> {
    const { target, from } = asked.what;
    const { id, settings } = target;
    const credential = this.#sources.credentialReader(id);
    const at = {
      open,
      random: this.#parts.random,
      source: sourceFor(settings, credential, this.#parts, this.#sources.paces.inRun(id)),
      home: originalDestination(target, credential, { folder: null, restoreRoot: null }, this.#parts),
    };
    return emptyFirst(at, { ...asked, restoring: destinationFor(from) }, run);
  }

  /** Where a restore wrote to, and the sources that it was limited to. */
  async asked(of: RunId): Promise<{ readonly target: RestoreTarget; readonly sources: readonly SourceId[] }> {
    const { target, selection } = (await this.#journaled(of)).request;
    return { target, sources: selection.sources };
  }

  /** What failed, once more; all of it where the restore did not get to its end, which makes nothing twice. */
  async retry(of: RunId): Promise<RunId> {
    const { status, restore } = findRun(this.#parts, of);
    if (status === 'running') throw new StrataError('undo.still-running', 'after-user-action');
    const { request } = await this.#journaled(of);
    if (status !== 'success' && status !== 'warning') return this.start(request);
    // What its place had no more room for, or did not answer to, was not even begun.
    if ((restore?.failedSources ?? []).length > 0) return this.start(withoutEmptying(request));
    const items = restore?.failedItems ?? [];
    if (items.length === 0) throw new StrataError('restore.nothing-failed', 'never');
    return this.start({ ...withoutEmptying(request), selection: { items, sources: [], recursive: false } });
  }

  /** Takes a restore back, as far as what it made is still as it was made. A second time goes on with what stayed. */
  async undo(of: RunId, dryRun: boolean): Promise<RunId> {
    const { open, request } = await this.#journaled(of);
    if (findRun(this.#parts, of).status === 'running') throw new StrataError('undo.still-running', 'after-user-action');
    if (open.journal.count(of) === 0) throw new StrataError('undo.nothing-left', 'never');
    const destinationFor = this.#destinations(open, request);
    return this.#parts.runs.start({
      kind: 'undo',
      job: null,
      storage: { id: request.storage, name: open.stored.name },
      trigger: 'person',
      body: async (run, running) => {
        const vanished = request.asOf.kind === 'vanished' ? request.asOf : undefined;
        const asWritten = (manifest: Manifest): Manifest => writtenForm(manifest, { vanished, ...formOf(request) });
        const undo = await runUndo(
          { ...open, of, destinationFor, homeOf: this.#originals(open.catalog, null), asWritten, dryRun },
          run,
        );
        if (run.finishSoon.aborted) return { status: 'stopped', undo };
        if (!dryRun) open.journal.undone(of, running.id);
        return { status: running.problems() > 0 ? 'warning' : 'success', undo };
      },
    });
  }

  /** Of a dry run and of another profile's restores nothing is written down. */
  async #journaled(of: RunId): Promise<{ readonly open: OpenStorage; readonly request: RestoreRequest }> {
    const { storage } = findRun(this.#parts, of);
    const open = storage === null ? undefined : await this.#open.use(storage);
    const stored = open?.journal.restore(of);
    if (open === undefined || stored === undefined) throw new StrataError('undo.not-known', 'never');
    return { open, request: JSON.parse(stored.request) as RestoreRequest };
  }

  #writeDown(journal: RestoreJournal, restore: Parameters<RestoreJournal['begin']>[0]): void {
    journal.begin(restore);
    journal.forgetFiles(restore.atMs - filesForgottenAfterMs);
  }

  #destinations(open: OpenStorage, request: RestoreRequest): (source: SourceId) => Destination {
    const { target, restoreRoot } = request;
    const { files } = this.#parts;
    switch (target.kind) {
      case 'original':
        return this.#originals(open.catalog, restoreRoot);
      case 'source': {
        const destination = this.#another(target.source, { folder: target.folder, restoreRoot });
        return () => destination;
      }
      case 'matched': {
        const { matches } = target;
        this.#refuseUnmatched(open.catalog, request.selection, matches);
        return onceEach((id) => {
          const { to, folder } = matchOf(matches, id);
          return this.#another(to, { folder, restoreRoot });
        });
      }
      case 'directory':
      case 'eml':
      case 'mbox':
      case 'pocket': {
        const path = restoreRoot === null ? target.path : `${target.path}/${restoreRoot}`;
        refuseInside(open.stored.path, path);
        const make = { directory: directoryDestination, eml: emlDestination, mbox: mboxDestination, pocket: pocketDestination }[
          target.kind
        ];
        if (!this.#holdsSeveral(open.catalog, request.selection)) {
          const destination = make({ files, path });
          return () => destination;
        }
        // Two accounts have an inbox each: in one folder they would mix.
        return onceEach((source) => {
          const below = folderName(this.#nameOf(open.catalog, source));
          return target.kind === 'pocket' ? pocketDestination({ files, path, below }) : make({ files, path: `${path}/${below}` });
        });
      }
    }
  }

  /** Each source's items go back to it: as the profile knows the source now, else as the storage remembers it. */
  #originals(catalog: Catalog, restoreRoot: string | null): (source: SourceId) => Destination {
    return onceEach((id) => {
      const source =
        this.#parts.store.sources().find((other) => other.id === id) ?? catalog.sources().find((other) => other.id === id);
      if (source === undefined) throw new StrataError('name.unknown', 'never', { kind: 'source', name: id });
      return originalDestination(source, this.#sources.credentialReader(id), { folder: null, restoreRoot }, this.#parts);
    });
  }

  #another(id: SourceId, place: { readonly folder: string | null; readonly restoreRoot: string | null }): Destination {
    const source = known('source', id, this.#parts.store.sources());
    return originalDestination(source, this.#sources.credentialReader(id), place, this.#parts);
  }

  /** Before anything is written: what is restored has a place, and that is one to which can be written. */
  #refuseUnmatched(catalog: Catalog, { items, sources }: Selection, matches: readonly Match[]): void {
    const chosen = items.length > 0 ? items.flatMap((item) => catalog.newest(item)?.source ?? []) : sources;
    const concerned = items.length === 0 && chosen.length === 0 ? catalog.sources().map(({ id }) => id) : chosen;
    for (const id of new Set(concerned)) {
      if (matches.some(({ from }) => from === id)) continue;
      throw new StrataError('restore.no-match', 'after-user-action', { source: this.#nameOf(catalog, id) });
    }
    for (const { to } of matches) this.#another(to, { folder: null, restoreRoot: null });
  }

  #holdsSeveral(catalog: Catalog, { items, sources }: Selection): boolean {
    if (items.length > 0) return new Set(items.map((item) => catalog.newest(item)?.source)).size > 1;
    return (sources.length === 0 ? catalog.sources().length : sources.length) > 1;
  }

  #nameOf(catalog: Catalog, id: SourceId): string {
    return catalog.sources().find((source) => source.id === id)?.name ?? id;
  }
}

/** The folders were emptied by then. */
const withoutEmptying = (request: RestoreRequest): RestoreRequest =>
  request.conflict === 'empty-first' ? { ...request, conflict: 'skip' } : request;

/** In which form its items are written. */
const formOf = ({ tag, without }: RestoreRequest) => ({ tag: tag ?? undefined, without });

/** Whole accounts on servers take their time: what people need first comes first. Into files the order of folders stays. */
function recentSinceOf(catalog: Catalog, { target, selection }: RestoreRequest, atMs: number | null): number | undefined {
  if (selection.items.length > 0 || !['original', 'source', 'matched'].includes(target.kind)) return undefined;
  const { sources } = selection;
  const concerned = catalog.sources().filter(({ id }) => sources.length === 0 || sources.includes(id));
  if (concerned.every(({ settings }) => settings.kind === 'files')) return undefined;
  const momentMs = atMs ?? catalog.newestCommit()?.atMs;
  return momentMs === undefined ? undefined : recentSince(momentMs);
}

function onceEach(make: (source: SourceId) => Destination): (source: SourceId) => Destination {
  const made = new Map<SourceId, Destination>();
  return (source) => {
    const destination = made.get(source) ?? make(source);
    made.set(source, destination);
    return destination;
  };
}

/** A source's name as the name of a folder on any system. */
const folderName = (name: string): string => name.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_').replace(/^\.+|[. ]+$/g, '_');

/** The moment's time; null is the newest state. */
function momentOf(catalog: Catalog, asOf: Exclude<AsOf, { kind: 'version' | 'vanished' }>): number | null {
  switch (asOf.kind) {
    case 'now':
      return null;
    case 'run': {
      const commit = catalog.commitOfRun(asOf.run);
      if (commit === undefined) throw new StrataError('name.unknown', 'never', { kind: 'run', name: asOf.run });
      return commit.atMs;
    }
    case 'time': {
      const firstMs = catalog.firstCommitMs();
      if (firstMs === null || asOf.atMs < firstMs) {
        throw new StrataError('restore.no-such-moment', 'never', {
          at: new Date(asOf.atMs).toISOString(),
          first: firstMs === null ? '–' : new Date(firstMs).toISOString(),
        });
      }
      return asOf.atMs;
    }
  }
}

function versionOf(catalog: Catalog, selection: Selection, version: number): ReturnType<Catalog['version']> {
  const [item]: readonly ItemId[] = selection.items;
  return item === undefined ? undefined : catalog.version(item, version);
}

/** Restoring into the storage itself would make its files part of what it should hold. */
function refuseInside(storagePath: string, path: string): void {
  if (path === storagePath || path.startsWith(`${storagePath}/`)) {
    throw new StrataError('restore.destination-inside-storage', 'after-user-action', { path });
  }
}
