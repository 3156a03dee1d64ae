import type { CommitActs, GivenBack, ItemVersions, MovedManifests } from '../../shared/domain/commit.ts';
import { type Freeze, freezeReasons } from '../../shared/domain/freeze.ts';
import type { Hold, HoldScope } from '../../shared/domain/hold.ts';
import { limits } from './limits.ts';
import { array, atLeastOne, count, digest, id, jsonObject, object, oneOf, optional, type Shape, text, timeMs } from './shape.ts';

const many = 1_000_000;
const list = (shape: Shape): Shape => optional(array(shape, many));

const versions = list(object<ItemVersions>({ item: id, versions: array(atLeastOne, limits.versionsPerCommit) }));

const scopes: Readonly<Record<HoldScope['what'], Shape>> = {
  source: object<Extract<HoldScope, { what: 'source' }>>({ what: text, source: id }),
  folder: object<Extract<HoldScope, { what: 'folder' }>>({ what: text, item: id }),
  item: object<Extract<HoldScope, { what: 'item' }>>({ what: text, item: id }),
  version: object<Extract<HoldScope, { what: 'version' }>>({ what: text, item: id, version: atLeastOne }),
};

const scope: Shape = (value) => {
  const what = jsonObject(value) === undefined ? (value as { what?: unknown }).what : undefined;
  const shape = typeof what === 'string' && Object.hasOwn(scopes, what) ? scopes[what as HoldScope['what']] : undefined;
  return shape === undefined ? '.what' : shape(value);
};

/** What a commit does beside adding versions. docs/format/commit.md */
export const actShapes: { readonly [Act in keyof CommitActs]-?: Shape } = {
  forgets: list(atLeastOne),
  remembers: list(atLeastOne),
  hides: versions,
  shows: versions,
  holds: list(object<Hold>({ id, scope, reason: text, atMs: timeMs })),
  releases: list(id),
  freezes: list(object<Freeze>({ id, source: id, reason: oneOf(freezeReasons), facts: jsonObject, atMs: timeMs })),
  thaws: list(id),
  unchooses: list(id),
  chooses: list(id),
  letsGo: list(id),
  keeps: list(id),
  givesBack: list(object<GivenBack>({ item: id, version: atLeastOne, source: id, folder: text, key: text, revision: text })),
  movedManifests: list(
    object<MovedManifests>({
      pack: digest,
      record: count,
      to: object<MovedManifests['to']>({ pack: digest, record: count }),
    }),
  ),
  removes: list(digest),
  losesChunks: list(digest),
};
