import type { Commit } from '../../../shared/domain/commit.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { RemovalReason } from '../../../shared/domain/retention.ts';
import type { EndedVersion, LetGo } from '../../catalog/index.ts';
import { type ChosenItem, chooseVersions } from './choose-versions.ts';
import { type JudgedJob, keeperOf, strangersTimes } from './job-rules.ts';
import { isShown, type Keeper, lettingGo, type Present } from './keep-versions.ts';

/** All that is asked of a catalog to choose. */
export interface History {
  endedVersions(source: SourceId): Iterable<EndedVersion>;
  /** What is there now, folders included, as versions that have not ended. In order of item. */
  presentVersions(source: SourceId): Iterable<EndedVersion>;
  isHeld(source: SourceId, item: EndedVersion['item'], version: number): boolean;
  /** What no job takes any more, and a person lets go. A folder: with what is directly in it. */
  letGo(source: SourceId): ReadonlyMap<EndedVersion['item'], LetGo>;
}

export interface SourceFacts {
  readonly id: SourceId;
  /** The newest moment whose job had it among its sources; undefined: none. */
  readonly lastMoment: Commit | undefined;
}

export interface SourceChoice {
  readonly source: SourceId;
  readonly items: readonly ChosenItem[];
  /** Everything of it goes. */
  readonly isWhole: boolean;
  /** What is there now goes, too: a cycle that saves the source again must list it from the beginning. */
  readonly startsAnew: boolean;
}

export interface Choosing {
  readonly jobs: readonly JudgedJob[];
  readonly moments: readonly Commit[];
  readonly present: Present;
}

/**
 * What goes of a source that nobody froze. One that a job saves: what all jobs let go that save it. One that no job saves any more:
 * all of it, once the last job that saved it has let it go.
 */
export function chooseOfSource({ id, lastMoment }: SourceFacts, history: History, choosing: Choosing): SourceChoice {
  const { jobs, moments, present } = choosing;
  const rules = jobs.map(({ rules: one }) => one);
  const strangers: Keeper['momentsMs'] = strangersTimes(rules, moments, id);
  const saving = jobs.filter(({ rules: { sources } }) => sources.includes(id));
  const isHeld = (version: EndedVersion): boolean => history.isHeld(id, version.item, version.version);
  if (saving.length === 0) return goneSource({ id, lastMoment }, history, choosing, strangers);

  const keepers = saving.map((job) => keeperOf(job, id));
  const leftOut = new LeftOut(history.letGo(id), saving, present.nowMs);
  const decides = (version: EndedVersion): RemovalReason | undefined => {
    const sinceMs = leftOut.over(version);
    // What was left out is shown by the moments from before that: the later ones only repeat it.
    const times = [strangers, ...keepers.map(({ momentsMs }) => momentsMs)];
    if (sinceMs !== undefined && !times.some((moments) => isShown(until(version, sinceMs), moments))) return 'left-out';
    if (version.validToMs === null && version.change !== 'deleted') return undefined;
    return isShown(version, strangers) ? undefined : agreed(version, keepers, present);
  };
  if (!leftOut.isAny)
    return { source: id, items: chooseVersions(history.endedVersions(id), { isHeld, lettingGo: decides }), ...part };
  return choosePresentToo(id, history, decides);
}

const part = { isWhole: false, startsAnew: false };

const until = (version: EndedVersion, sinceMs: number): EndedVersion => ({
  ...version,
  validToMs: Math.min(version.validToMs ?? Infinity, sinceMs),
});

/** What is not chosen any more, and was let go long enough ago for all jobs that save its source. */
class LeftOut {
  readonly #letGo: ReadonlyMap<EndedVersion['item'], LetGo>;
  readonly #isOver: (ms: number) => boolean;

  constructor(letGo: ReadonlyMap<EndedVersion['item'], LetGo>, saving: readonly JudgedJob[], nowMs: number) {
    this.#letGo = letGo;
    this.#isOver = (ms) =>
      saving.every(({ rules, calendar }) => {
        const days = rules.retention?.rules.goneSourceDays ?? 0;
        return days > 0 && calendar.day(nowMs) - calendar.day(ms) > days;
      });
  }

  get isAny(): boolean {
    return [...this.#letGo.values()].some(({ letGoMs }) => this.#isOver(letGoMs));
  }

  /** Since when it is left out; undefined: it is not, or not long enough. */
  over({ item, folder, kind }: EndedVersion): number | undefined {
    const own = this.#letGo.get(item) ?? (kind === 'folder' || folder === null ? undefined : this.#letGo.get(folder));
    return own !== undefined && this.#isOver(own.letGoMs) ? own.sinceMs : undefined;
  }
}

/** A version goes when every job lets it go; the first one says why. */
function agreed(version: EndedVersion, keepers: readonly Keeper[], present: Present): RemovalReason | undefined {
  let reason: RemovalReason | undefined;
  for (const keeper of keepers) {
    const own = lettingGo(version, keeper, present);
    if (own === undefined) return undefined;
    reason ??= own;
  }
  return reason;
}

function goneSource(
  { id, lastMoment }: SourceFacts,
  history: History,
  { jobs, present }: Choosing,
  strangers: readonly number[],
): SourceChoice {
  const nothing: SourceChoice = { source: id, items: [], isWhole: false, startsAnew: false };
  const job = jobs.find(({ rules }) => rules.id === lastMoment?.job?.id);
  const days = job?.rules.retention?.rules.goneSourceDays ?? 0;
  if (job === undefined || lastMoment === undefined || days === 0) return nothing;
  if (job.calendar.day(present.nowMs) - job.calendar.day(lastMoment.atMs) <= days) return nothing;

  const times = [strangers, ...jobs.map((other) => keeperOf(other, id).momentsMs)];
  return choosePresentToo(id, history, (version) =>
    times.some((moments) => isShown(version, moments)) ? undefined : 'gone-source',
  );
}

/** Of all that a source has, what is there now included, what is let go and not held. */
export function choosePresentToo(
  id: SourceId,
  history: History,
  lettingGo: (version: EndedVersion) => RemovalReason | undefined,
): SourceChoice {
  const present = [...history.presentVersions(id)];
  const all = [...history.endedVersions(id), ...present].sort(byItemAndVersion);
  const isHeld = ({ item, version }: EndedVersion): boolean => history.isHeld(id, item, version);
  const items = chooseVersions(all, { isHeld, lettingGo });
  const going = items.reduce((sum, { versions }) => sum + versions.length, 0);
  return { source: id, items, isWhole: going > 0 && going === all.length, startsAnew: takesAny(items, present) };
}

function takesAny(items: readonly ChosenItem[], present: readonly EndedVersion[]): boolean {
  const newest = new Map(present.map(({ item, version }) => [item, version]));
  return items.some(({ item, versions }) => versions.at(-1) === newest.get(item));
}

const byItemAndVersion = (a: EndedVersion, b: EndedVersion): number =>
  a.item === b.item ? a.version - b.version : a.item < b.item ? -1 : 1;
