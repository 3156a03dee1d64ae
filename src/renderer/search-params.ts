import { actKinds } from '../shared/domain/act.ts';
import { choosableKinds } from '../shared/domain/choice.ts';
import { type ItemKind, itemKinds } from '../shared/domain/item.ts';
import { runKinds } from '../shared/domain/run.ts';

/** What stands behind the `?` of an address. An address can come from anywhere: what does not fit is dropped, never refused. */

type Raw = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined =>
  values.find((known) => known === value);

/** Without the keys that have no value, so that addresses stay short. */
type Present<Params> = { [Key in keyof Params]?: Exclude<Params[Key], undefined> };
function present<Params extends object>(params: Params): Present<Params> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as Present<Params>;
}

export const browseModes = ['as-of', 'all', 'vanished'] as const;
export type BrowseMode = (typeof browseModes)[number];
export const browseSorts = ['time', 'name', 'size', 'from'] as const;
export type BrowseSort = (typeof browseSorts)[number];
export const previewTabs = ['read', 'versions', 'headers', 'attachments', 'raw', 'where'] as const;
export type PreviewTab = (typeof previewTabs)[number];

/** `at`: milliseconds since 1970; without it, now. `version`: of `item`; without it, the one of the moment. */
export const browseSearch = (raw: Raw) =>
  present({
    storage: text(raw['storage']),
    folder: text(raw['folder']),
    at: whole(raw['at']),
    mode: oneOf(browseModes, raw['mode']),
    sort: oneOf(browseSorts, raw['sort']),
    up: raw['up'] === true ? true : undefined,
    item: text(raw['item']),
    version: whole(raw['version']),
    tab: oneOf(previewTabs, raw['tab']),
  });
export type BrowseSearch = ReturnType<typeof browseSearch>;

/** `day`: its first moment in local time. */
export const runsSearch = (raw: Raw) =>
  present({
    job: text(raw['job']),
    storage: text(raw['storage']),
    kind: oneOf(runKinds, raw['kind']),
    trouble: raw['trouble'] === true ? true : undefined,
    day: whole(raw['day']),
  });
export type RunsSearch = ReturnType<typeof runsSearch>;

/** What of the record is shown. */
export const recordSearch = (raw: Raw) =>
  present({ act: oneOf(actKinds, raw['act']), storage: text(raw['storage']), text: text(raw['text']) });
export type RecordSearch = ReturnType<typeof recordSearch>;

/** `mirror`: the storage that is to mirror this one, and is asked about at once. `repair`: the same of a repair. */
export const storageSearch = (raw: Raw) =>
  present({ mirror: text(raw['mirror']), repair: raw['repair'] === true ? true : undefined });

/**
 * `step`: of a wizard. `adopt`: an existing storage is wanted. `then`: what it is wanted for. `mirrorOf`: the storage
 * that a new one is to mirror; `archiveOf`: the one that it is to be an archive of. The rest fills a wizard in.
 */
export const wizardSearch = (raw: Raw) =>
  present({
    step: text(raw['step']),
    storage: text(raw['storage']),
    source: text(raw['source']),
    adopt: raw['adopt'] === true ? true : undefined,
    then: oneOf(['restore'], raw['then']),
    mirrorOf: text(raw['mirrorOf']),
    archiveOf: text(raw['archiveOf']),
  });
export type WizardSearch = ReturnType<typeof wizardSearch>;

export const sizesWays = ['source', 'folder', 'kind', 'sender'] as const;
export type SizesWay = (typeof sizesWays)[number];

/** `alone`: the folder without those below it. `by`: how it is divided. `now`: only what is there now, instead of all versions. */
export const sizesSearch = (raw: Raw) =>
  present({
    source: text(raw['source']),
    folder: text(raw['folder']),
    alone: raw['alone'] === true ? true : undefined,
    kind: oneOf<ItemKind>(itemKinds, raw['kind']),
    by: oneOf(sizesWays, raw['by']),
    now: raw['now'] === true ? true : undefined,
  });
export type SizesSearch = ReturnType<typeof sizesSearch>;

/** What of a source is to be left out, which is asked about at once: a folder (`alone`: without those below it), or a kind. */
export const jobSearch = (raw: Raw) =>
  present({
    source: text(raw['source']),
    without: text(raw['without']),
    alone: raw['alone'] === true ? true : undefined,
    kind: oneOf(choosableKinds, raw['kind']),
  });
export type JobSearch = ReturnType<typeof jobSearch>;

/** `text`: what is looked for. The rest narrows down what was found. */
export const findSearch = (raw: Raw) =>
  present({
    text: text(raw['text']),
    source: text(raw['source']),
    kind: oneOf<ItemKind>(itemKinds, raw['kind']),
    year: whole(raw['year']),
    gone: raw['gone'] === true ? true : undefined,
  });
export type FindSearch = ReturnType<typeof findSearch>;
