import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { EmptiedReport } from '../../shared/domain/run.ts';
import { failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import { lookAtPresent, type Present } from '../backup/index.ts';
import type { Catalog, StoredSource } from '../catalog/index.ts';
import type { Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { findTargetFolders, Gone, measured, runEmptying } from '../restore/index.ts';
import type { Destination } from '../sources/destination.ts';
import type { Source } from '../sources/source.ts';
import type { OpenStorage } from './open-storages.ts';
import type { Parts } from './parts.ts';
import type { RestoreRequest } from './restore-request.ts';

/** What is emptied, as far as it can be said before anything is looked at. */
export interface ToEmpty {
  readonly target: Pick<StoredSource, 'id' | 'name' | 'settings'>;
  /** The one source that is restored. */
  readonly from: SourceId;
  /** To be typed by a person. */
  readonly name: string;
}

/** Where it is looked at, and where it goes. */
interface Home {
  readonly open: Pick<OpenStorage, 'storage' | 'catalog' | 'journal'>;
  readonly random: Random;
  /** As a backup reads it. */
  readonly source: Source;
  /** Its folders as they were. */
  readonly home: Destination;
}

/** Refuses whatever is not whole folders of one source, and that go to a source of which this storage has a backup. */
export function toEmpty(
  { target, selection, asOf, without }: RestoreRequest,
  { parts, open }: { readonly parts: Parts; readonly open: OpenStorage },
): ToEmpty {
  const { catalog } = open;
  if (target.kind !== 'original' && target.kind !== 'source')
    throw new StrataError('restore.empty-not-here', 'after-user-action');
  // Of what is removed all comes back.
  if ((without ?? []).length > 0) throw new StrataError('restore.empty-whole-items', 'after-user-action');
  const chosen = selection.items.map((item) => catalog.newest(item));
  const isWhole = asOf.kind !== 'version' && asOf.kind !== 'vanished' && chosen.every((item) => item?.kind === 'folder');
  if (!isWhole) throw new StrataError('restore.empty-whole-folders', 'after-user-action');
  const named = [...new Set([...selection.sources, ...chosen.flatMap((item) => item?.source ?? [])])];
  const [from, ...others] = named.length > 0 ? named : catalog.sources().map(({ id }) => id);
  if (from === undefined || others.length > 0) throw new StrataError('restore.empty-one-source', 'after-user-action');
  const id = target.kind === 'source' ? target.source : from;
  const source = parts.store.sources().find((one) => one.id === id);
  if (source === undefined || catalog.knownFolders(id).length === 0) {
    const name = source?.name ?? catalog.sources().find((one) => one.id === id)?.name ?? id;
    throw new StrataError('restore.empty-not-saved', 'after-user-action', { source: name, storage: open.stored.name });
  }
  const folder = target.kind === 'source' && target.folder !== null ? target.folder : onlyName(chosen);
  return { target: source, from, name: folder ?? source.name };
}

/** A source's root has no name of its own. */
const onlyName = ([first, ...others]: readonly (ReturnType<Catalog['newest']> | undefined)[]): string | undefined =>
  others.length === 0 && first !== undefined && first.name !== '' ? first.name : undefined;

/** A name that was typed is compared as it is seen. */
export function refuseUnconfirmed({ name }: ToEmpty, { confirm, dryRun }: RestoreRequest): void {
  if (dryRun || confirm?.trim().normalize() === name.trim().normalize()) return;
  throw new StrataError('restore.empty-unconfirmed', 'after-user-action', { name });
}

type Request = Pick<RestoreRequest, 'target' | 'restoreRoot' | 'selection' | 'dryRun'>;

interface Emptying {
  readonly request: Request;
  readonly what: ToEmpty;
  readonly restoring: Destination;
  readonly chosen: Parameters<typeof measured>[0];
  readonly run: RunId;
}

/**
 * Looks at what is there, whole and right now, and only then removes what the storage has of it. Where the look fails nothing is removed.
 * Also says, for a dry run, what would be gone.
 */
export async function emptyFirst(
  at: Home,
  { request, what, restoring, chosen, run: id }: Emptying,
  run: RunContext,
): Promise<{ readonly report: EmptiedReport; readonly gone: Gone | undefined }> {
  const { storage, catalog, journal } = at.open;
  const { target, name } = what;
  // An empty moment would only empty.
  if (measured(chosen).items === 0) throw new StrataError('restore.nothing-selected', 'never');
  const goesBack = goesBackTo(request, what);
  const session = await at.home.open(run);
  try {
    const shape = { ...shapeOf(request, goesBack), goesBack, target: target.id };
    const meant = await restoring.open(run);
    const places = await findTargetFolders({ ...chosen, storage, catalog, ...shape }, meant, session, run).finally(() =>
      meant.close(),
    );
    const present = await look(at, what, places.folders, shape.isDeep, run);
    tellUnknown(present, target.name, run);
    const going = present.known.filter((item) => !places.comesBack(item));
    const gone = request.dryRun ? new Gone() : undefined;
    const asked = { storage, catalog, journal, run: id, target, items: going, dryRun: gone };
    const emptied = await runEmptying(asked, session, run);
    await session.finish(run);
    const same = present.known.length - going.length;
    const stayed = emptied.stayed + present.unknown.length;
    return { report: { ...emptied, name, folders: places.folders.size, same, stayed }, gone };
  } finally {
    await session.close();
  }
}

const goesBackTo = ({ target, restoreRoot }: Request, { from, target: { id } }: ToEmpty): boolean =>
  restoreRoot === null && id === from && (target.kind === 'original' || (target.kind === 'source' && target.folder === null));

/** One folder for everything is that folder alone; a whole source that goes back to itself is all of it. */
function shapeOf({ target, selection }: Request, goesBack: boolean): { isDeep: boolean; isWhole: boolean } {
  const isOneFolder = target.kind === 'source' && target.folder !== null;
  const isAll = selection.items.length === 0;
  return { isDeep: !isOneFolder && (isAll || selection.recursive), isWhole: goesBack && isAll };
}

async function look(
  { source, random, open: { catalog } }: Home,
  { target: { id, name, settings } }: ToEmpty,
  folders: Parameters<typeof lookAtPresent>[0]['folders'],
  isDeep: boolean,
  run: RunContext,
): Promise<Present> {
  stopIfCancelled(run);
  run.progress.phase('comparing');
  const description = { id, name, settings };
  return lookAtPresent({ source, description, catalog, random, folders, isDeep }, run);
}

function tellUnknown({ unknown }: Present, source: string, run: RunContext): void {
  for (const { folder, name, why } of unknown) {
    const failure = failureOf(new StrataError(`restore.stays-${why}`, 'after-user-action', { item: name }));
    run.progress.problem({ failure, source, folder, item: name, atMs: run.clock.nowMs() });
  }
}
