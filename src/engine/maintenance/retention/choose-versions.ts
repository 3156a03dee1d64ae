import type { ItemId } from '../../../shared/domain/ids.ts';
import type { RemovalReason } from '../../../shared/domain/retention.ts';
import type { EndedVersion } from '../../catalog/index.ts';

/** What of one item goes. */
export interface ChosenItem {
  readonly item: ItemId;
  readonly versions: readonly number[];
  /** One for each version. */
  readonly reasons: readonly RemovalReason[];
  /** Sizes of those versions. */
  readonly bytes: number;
}

export interface ChoiceRules {
  /** Why a version goes that is no deletion; undefined: it stays. */
  lettingGo(version: EndedVersion): RemovalReason | undefined;
  /** A hold keeps it. Asked only for what would go. */
  isHeld(version: EndedVersion): boolean;
}

/** From when to when something that stays lies in a folder. */
interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * What goes of one source. A deletion goes when nothing before it stays: until then it says that the item is gone. A folder stays
 * as it was for as long as something that stays was in it.
 * @param versions in order of item, then of version.
 */
export function chooseVersions(versions: Iterable<EndedVersion>, rules: ChoiceRules): ChosenItem[] {
  const chosen: ChosenItem[] = [];
  const folders: EndedVersion[][] = [];
  const needed = new Map<ItemId, Span>();
  for (const group of byItem(versions)) {
    if (group[0]?.kind === 'folder') {
      folders.push(group);
      continue;
    }
    const gone = goingOf(group, rules, undefined);
    needFolders(group, gone, needed);
    add(chosen, gone);
  }
  for (const gone of settleFolders(folders, rules, needed)) add(chosen, gone);
  return chosen;
}

type Gone = Map<EndedVersion, RemovalReason>;

function goingOf(group: readonly EndedVersion[], rules: ChoiceRules, need: Span | undefined): Gone {
  const gone: Gone = new Map();
  let before: RemovalReason | undefined;
  let isAllGone = true;
  for (const version of group) {
    const reason = version.change === 'deleted' ? isAllGone && (before ?? 'deleted') : rules.lettingGo(version);
    if (!reason || overlaps(version, need) || rules.isHeld(version)) {
      isAllGone = false;
      continue;
    }
    before = reason;
    gone.set(version, reason);
  }
  return gone;
}

const overlaps = ({ change, validFromMs, validToMs }: EndedVersion, need: Span | undefined): boolean =>
  need !== undefined && change !== 'deleted' && validFromMs < need.toMs && (validToMs ?? Infinity) > need.fromMs;

/** True when a folder is needed for longer than was known. */
function needFolders(group: readonly EndedVersion[], gone: Gone, needed: Map<ItemId, Span>): boolean {
  let isMore = false;
  for (const version of group) {
    if (version.folder === null || version.change === 'deleted' || gone.has(version)) continue;
    const span = needed.get(version.folder);
    const fromMs = Math.min(version.validFromMs, span?.fromMs ?? Infinity);
    const toMs = Math.max(version.validToMs ?? Infinity, span?.toMs ?? -Infinity);
    if (span !== undefined && span.fromMs === fromMs && span.toMs === toMs) continue;
    needed.set(version.folder, { fromMs, toMs });
    isMore = true;
  }
  return isMore;
}

/** A folder that stays needs the one that it lies in: asked again until nothing more is needed. */
function settleFolders(folders: readonly EndedVersion[][], rules: ChoiceRules, needed: Map<ItemId, Span>): Iterable<Gone> {
  const going = new Map<readonly EndedVersion[], Gone>();
  for (let isMore = true; isMore; ) {
    isMore = false;
    for (const group of folders) {
      const item = group[0]?.item;
      const gone = goingOf(group, rules, item === undefined ? undefined : needed.get(item));
      going.set(group, gone);
      if (needFolders(group, gone, needed)) isMore = true;
    }
  }
  return going.values();
}

function add(chosen: ChosenItem[], gone: Gone): void {
  const [first] = gone.keys();
  if (first === undefined) return;
  const versions = [...gone.keys()];
  chosen.push({
    item: first.item,
    versions: versions.map(({ version }) => version),
    reasons: [...gone.values()],
    bytes: versions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  });
}

function* byItem(versions: Iterable<EndedVersion>): Generator<EndedVersion[]> {
  let group: EndedVersion[] = [];
  for (const version of versions) {
    if (group.length > 0 && group[0]?.item !== version.item) {
      yield group;
      group = [];
    }
    group.push(version);
  }
  if (group.length > 0) yield group;
}
