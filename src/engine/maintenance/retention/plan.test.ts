import { describe, expect, it } from 'vitest';
import type { Freeze } from '../../../shared/domain/freeze.ts';
import type { Hold } from '../../../shared/domain/hold.ts';
import type { ItemId, JobId, SourceId } from '../../../shared/domain/ids.ts';
import { keepNothing, type KeepRules, type Retention, type RetentionRules } from '../../../shared/domain/retention.ts';
import type { JobRules } from './job-rules.ts';
import { planRemoval, type PlanRequest, type RemovalPlan } from './plan.ts';
import { day0, dayMs, PlainHistory, plainItem, type PlainItem, plainMoment } from './testing/plain-history.ts';

const always: RetentionRules = { keep: keepNothing, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: null };
const ruled = (over: Partial<RetentionRules>, keep: Partial<KeepRules> = {}): Retention => ({
  rules: { ...always, ...over, keep: { ...keepNothing, ...keep } },
  byKind: {},
});
const job = (retention: Retention | null, over: Partial<JobRules> = {}): JobRules => ({
  id: 'job' as JobId,
  sources: ['source' as SourceId],
  zone: 'UTC',
  retention,
  ...over,
});

interface World {
  readonly items: readonly PlainItem[];
  readonly jobs: readonly JobRules[];
  /** Days of the moments of the job called `job`. */
  readonly moments?: readonly number[];
  readonly otherMoments?: readonly ReturnType<typeof plainMoment>[];
  readonly holds?: readonly Hold['scope'][];
  readonly freezes?: readonly SourceId[];
  /** Item, the day since when it is left out, and since when it is let go. */
  readonly leftOut?: readonly (readonly [item: string, since: number, letGo: number])[];
  readonly now: number;
  readonly olderThan?: number;
  readonly request?: Partial<PlanRequest>;
}

function plan(world: World): RemovalPlan {
  const history = new PlainHistory(world.items, world.holds);
  for (const [item, since, letGo] of world.leftOut ?? [])
    history.leftOut.set(item as ItemId, { sinceMs: day0 + since * dayMs, letGoMs: day0 + letGo * dayMs });
  const own = (world.moments ?? []).map((day, index) => plainMoment(index + 1, day, 'job', ['source']));
  const moments = [...own, ...(world.otherMoments ?? [])].sort((a, b) => b.sequence - a.sequence);
  const sources = [...new Set(world.items.map(({ source }) => source))].map((id) => ({ id, name: id }));
  const present = sources.flatMap(({ id }) => history.presentVersions(id)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return planRemoval(
    {
      endedVersions: (source) => history.endedVersions(source),
      presentVersions: (source) => history.presentVersions(source),
      letGo: () => history.letGo(),
      isHeld: (...version) => history.isHeld(...version),
      moments,
      commits: [...moments].reverse(),
      sources,
      presentBytes: present,
      freezes: (world.freezes ?? []).map(
        (source) => ({ id: 'f', source, reason: 'mass-change', facts: {}, atMs: 0 }) as unknown as Freeze,
      ),
    },
    {
      jobs: world.jobs,
      nowMs: day0 + world.now * dayMs,
      olderThanDays: world.olderThan ?? null,
      unsure: new Set(),
      rulesAreNew: false,
      ...world.request,
    },
  );
}

const told = ({ choices }: RemovalPlan): string =>
  choices
    .flatMap(({ items }) => items)
    .flatMap(({ item, versions, reasons }) => versions.map((version, index) => `${item}${version}:${reasons[index]}`))
    .join(' ');

const one = (story: string, retention: Retention | null, now: number, over: Partial<World> = {}): World => ({
  items: [plainItem(story)],
  jobs: [job(retention)],
  now,
  ...over,
});
const folder = (name: string, story: string, parent: string | null = null): PlainItem =>
  plainItem(story, { item: name as ItemId, kind: 'folder', folder: parent as ItemId | null });
const inFolder = (name: string, story: string, parent: string): PlainItem =>
  plainItem(story, { item: name as ItemId, folder: parent as ItemId });

const golden: readonly (readonly [string, World, string])[] = [
  ['no rules at all keep everything', one('0 1 2 x3', null, 9999), ''],
  ['rules that are all for ever keep everything', one('0 1 2 x3', ruled({}), 9999), ''],
  ['the present state stays, whatever the rules', one('0', ruled({ maxAgeDays: 1, maxVersions: 1 }), 9999), ''],
  ['age: what ended long ago goes', one('0 5 9', ruled({ maxAgeDays: 10 }), 16), 'item1:age'],
  ['age: on the day itself it stays', one('0 5 9', ruled({ maxAgeDays: 10 }), 15), ''],
  ['age counts from the end, not from the beginning', one('0 100', ruled({ maxAgeDays: 10 }), 109), ''],
  ['count: only the newest so many', one('0 1 2 3', ruled({ maxVersions: 2 }), 4), 'item1:count item2:count'],
  ['count 1: only the present state', one('0 1 2', ruled({ maxVersions: 1 }), 4), 'item1:count item2:count'],
  ['count: a deletion is no version', one('0 x1 2 3', ruled({ maxVersions: 2 }), 4), 'item1:count item2:count'],
  ['count and age: either lets go', one('0 1 2 3', ruled({ maxVersions: 3, maxAgeDays: 2 }), 5), 'item1:count item2:age'],
  ['count and age are for what exists', one('0 1 2 x3', ruled({ maxVersions: 1, maxAgeDays: 1 }), 500), ''],
  ['deleted: stays to the last day', one('0 1 x3', ruled({ deletedDays: 30 }), 33), ''],
  [
    'deleted: goes with its history and its deletion',
    one('0 1 x3', ruled({ deletedDays: 30 }), 34),
    'item1:deleted item2:deleted item3:deleted',
  ],
  ['deleted 0 is for ever', one('0 1 x3', ruled({ deletedDays: 0 }), 9999), ''],
  ['deleted and come back is not deleted', one('0 x3 5', ruled({ deletedDays: 1 }), 9999), ''],
  ['deleted twice counts from the last time', one('0 x3 5 x40', ruled({ deletedDays: 30 }), 60), ''],
  [
    'moments: what none shows goes',
    one('0 1 2 3', ruled({}, { last: 2 }), 9, { moments: [0, 1, 2, 3] }),
    'item1:moments item2:moments',
  ],
  [
    'moments: one that came and went between two',
    one('0 1.4 1.6 3', ruled({}, { last: 9 }), 9, { moments: [0, 1, 2, 3] }),
    'item2:moments',
  ],
  [
    'moments: a kept one shows it however old',
    one('0 50', ruled({ maxAgeDays: 1, maxVersions: 1 }, { last: 5 }), 99, { moments: [1, 60] }),
    '',
  ],
  [
    'moments: deleted, and the last state stays',
    one('0 1 x2', ruled({ deletedDays: 30 }, { last: 1 }), 9, { moments: [0, 1, 2] }),
    'item1:moments',
  ],
  [
    'moments: deleted long enough',
    one('0 1 x2', ruled({ deletedDays: 30 }, { last: 1 }), 40, { moments: [0, 1, 2] }),
    'item1:deleted item2:deleted item3:deleted',
  ],
  [
    'moments: deleted long enough, and a kept one shows it',
    one('0 1 x9', ruled({ deletedDays: 5 }, { last: 3 }), 40, { moments: [1, 20, 30] }),
    'item1:deleted',
  ],
  [
    'moments: the deletion of what a kept one shows stays',
    one('0 x9', ruled({ deletedDays: 5 }, { last: 3 }), 40, { moments: [1, 20, 30] }),
    '',
  ],
  ['moments: no moment yet', one('0 1', ruled({}, { daily: 7 }), 9), 'item1:moments'],
  ['a held item', one('0 1 2', ruled({ maxVersions: 1 }), 9, { holds: [{ what: 'item', item: 'item' as ItemId }] }), ''],
  [
    'a held version',
    one('0 1 2', ruled({ maxVersions: 1 }), 9, { holds: [{ what: 'version', item: 'item' as ItemId, version: 1 }] }),
    'item2:count',
  ],
  [
    'a held version of a deleted item keeps its deletion',
    one('0 1 x2', ruled({ deletedDays: 1 }), 9, { holds: [{ what: 'version', item: 'item' as ItemId, version: 1 }] }),
    'item2:deleted',
  ],
  [
    'a held source',
    one('0 1 2 x3', ruled({ deletedDays: 1 }), 9, { holds: [{ what: 'source', source: 'source' as SourceId }] }),
    '',
  ],
  ['a frozen source', one('0 1 2 x3', ruled({ deletedDays: 1 }), 9, { freezes: ['source' as SourceId] }), ''],
  [
    'a source that could not be listed',
    one('0 1 2 x3', ruled({ deletedDays: 1 }), 9, { request: { unsure: new Set(['source' as SourceId]) } }),
    '',
  ],
  [
    'a held folder keeps what is below it',
    {
      items: [folder('a', '0'), folder('b', '0', 'a'), inFolder('c', '0 1', 'b'), inFolder('d', '0 1', '')],
      jobs: [job(ruled({ maxVersions: 1 }))],
      holds: [{ what: 'folder', item: 'a' as ItemId }],
      now: 9,
    },
    'd1:count',
  ],
  [
    'a folder goes with the last that was in it',
    { items: [folder('a', '0 x3'), inFolder('c', '0 x3', 'a')], jobs: [job(ruled({ deletedDays: 5 }))], now: 9 },
    'c1:deleted c2:deleted a1:deleted a2:deleted',
  ],
  [
    'a folder stays while something held was in it',
    {
      items: [folder('a', '0 x3'), folder('b', '0 x3', 'a'), inFolder('c', '0 x3', 'b')],
      jobs: [job(ruled({ deletedDays: 5 }))],
      holds: [{ what: 'item', item: 'c' as ItemId }],
      now: 9,
    },
    '',
  ],
  [
    'of that folder goes what was before',
    {
      items: [folder('a', '0 1 2 x5'), inFolder('c', '3 x5', 'a')],
      jobs: [job(ruled({ deletedDays: 2 }))],
      holds: [{ what: 'item', item: 'c' as ItemId }],
      now: 9,
    },
    'a1:deleted a2:deleted',
  ],
  [
    'a kind with a number of its own',
    {
      items: [plainItem('0 x3', { item: 'c' as ItemId, kind: 'contact' }), plainItem('0 x3', { item: 'm' as ItemId })],
      jobs: [job({ ...ruled({ deletedDays: 5 }), byKind: { contact: { deletedDays: 0, maxAgeDays: null, maxVersions: null } } })],
      now: 9,
    },
    'm1:deleted m2:deleted',
  ],
  [
    'two jobs: what either keeps stays',
    {
      items: [plainItem('0 1 2 3')],
      jobs: [job(ruled({ maxVersions: 1 })), job(ruled({ maxVersions: 3 }), { id: 'other' as JobId })],
      now: 9,
    },
    'item1:count',
  ],
  [
    'two jobs: one without rules keeps all',
    { items: [plainItem('0 1 2 3')], jobs: [job(ruled({ maxVersions: 1 })), job(null, { id: 'other' as JobId })], now: 9 },
    '',
  ],
  [
    'a job of another source has no say',
    {
      items: [plainItem('0 1 2 3')],
      jobs: [job(ruled({ maxVersions: 3 })), job(null, { id: 'other' as JobId, sources: ['else' as SourceId] })],
      now: 9,
    },
    'item1:count',
  ],
  [
    'a stranger’s moments keep what they show',
    one('0 1 2', ruled({ maxVersions: 1 }), 9, { otherMoments: [plainMoment(50, 0, 'stranger', ['source'])] }),
    'item2:count',
  ],
  [
    'what was let go stays until its time',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      leftOut: [['item', 2, 3]],
      now: 93,
    },
    '',
  ],
  [
    'what was let go goes whole, and nothing else with it',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      leftOut: [['item', 2, 3]],
      now: 94,
    },
    'item1:left-out item2:left-out',
  ],
  [
    'what was let go in a folder goes, and the folder with it',
    {
      items: [plainItem('0', { item: 'folder' as ItemId, kind: 'folder' }), plainItem('0', { folder: 'folder' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      leftOut: [['folder', 2, 3]],
      now: 94,
    },
    'item1:left-out folder1:left-out',
  ],
  [
    'a folder that was let go stays for what is taken below it',
    {
      items: [
        plainItem('0', { item: 'folder' as ItemId, kind: 'folder' }),
        plainItem('0', { item: 'below' as ItemId, kind: 'folder', folder: 'folder' as ItemId }),
        plainItem('0', { folder: 'folder' as ItemId }),
      ],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      leftOut: [['folder', 2, 3]],
      now: 94,
    },
    'item1:left-out',
  ],
  [
    'what was let go stays for ever where a rule says so',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 0 }))],
      leftOut: [['item', 2, 3]],
      now: 9999,
    },
    '',
  ],
  [
    'what was let go stays where one of two jobs keeps it',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 })), job(null, { id: 'second' as JobId })],
      leftOut: [['item', 2, 3]],
      now: 9999,
    },
    '',
  ],
  [
    'what was let go stays as long as a moment from before shows it',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }, { last: 9 }))],
      moments: [1],
      leftOut: [['item', 2, 3]],
      now: 94,
    },
    'item1:left-out',
  ],
  [
    'moments from after it was left out do not keep what was let go',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }, { last: 9 }))],
      moments: [2, 50],
      leftOut: [['item', 2, 3]],
      now: 94,
    },
    'item1:left-out item2:left-out',
  ],
  [
    'a hold keeps what was let go',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      holds: [{ what: 'item', item: 'item' as ItemId }],
      leftOut: [['item', 2, 3]],
      now: 94,
    },
    '',
  ],
  [
    'a freeze keeps what was let go',
    {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      freezes: ['source' as SourceId],
      leftOut: [['item', 2, 3]],
      now: 94,
    },
    '',
  ],
  [
    'a gone source stays whole',
    {
      items: [
        plainItem('0 1 x2', { source: 'old' as SourceId }),
        plainItem('0', { item: 'present' as ItemId, source: 'old' as SourceId }),
      ],
      jobs: [job(ruled({ deletedDays: 1, goneSourceDays: 90 }))],
      otherMoments: [plainMoment(1, 3, 'job', ['source', 'old'])],
      now: 93,
    },
    '',
  ],
  [
    'a gone source goes as a whole',
    {
      items: [
        plainItem('0 1 x2', { source: 'old' as SourceId }),
        plainItem('0', { item: 'present' as ItemId, source: 'old' as SourceId }),
      ],
      jobs: [job(ruled({ goneSourceDays: 90 }))],
      otherMoments: [plainMoment(1, 3, 'job', ['source', 'old'])],
      now: 94,
    },
    'item1:gone-source item2:gone-source item3:gone-source present1:gone-source',
  ],
  [
    'a gone source whose moments stay',
    {
      items: [plainItem('0', { source: 'old' as SourceId })],
      jobs: [job(ruled({ goneSourceDays: 90 }, { last: 9 }))],
      otherMoments: [plainMoment(1, 3, 'job', ['source', 'old']), plainMoment(2, 100, 'job', ['source'])],
      now: 120,
    },
    '',
  ],
  [
    'a gone source for ever',
    {
      items: [plainItem('0', { source: 'old' as SourceId })],
      jobs: [job(ruled({ goneSourceDays: 0 }))],
      otherMoments: [plainMoment(1, 3, 'job', ['source', 'old'])],
      now: 9999,
    },
    '',
  ],
  [
    'a gone source of a job that nobody knows here',
    {
      items: [plainItem('0', { source: 'old' as SourceId })],
      jobs: [job(ruled({ goneSourceDays: 9 }))],
      otherMoments: [plainMoment(1, 3, 'stranger', ['old'])],
      now: 9999,
    },
    '',
  ],
  [
    'by hand: deleted long enough, against the rules',
    one('0 1 x2', ruled({ deletedDays: 0 }), 9, { olderThan: 7 }),
    'item1:by-hand item2:by-hand item3:by-hand',
  ],
  ['by hand: not long enough', one('0 1 x2', ruled({ deletedDays: 0 }), 8, { olderThan: 7 }), ''],
  ['by hand, where no rules were set', one('0 1 x2', null, 9, { olderThan: 0 }), 'item1:by-hand item2:by-hand item3:by-hand'],
  ['by hand: what exists is not meant', one('0 1 2', null, 9999, { olderThan: 0 }), ''],
  ['by hand: a hold is stronger', one('0 x2', null, 99, { olderThan: 0, holds: [{ what: 'item', item: 'item' as ItemId }] }), ''],
  [
    'by hand: a moment that is kept by a rule stays whole',
    one('0 x2', ruled({}, { last: 9 }), 99, { olderThan: 0, moments: [1, 5] }),
    '',
  ],
];

describe('of what ended', () => {
  it.each(golden.map(([why, world, gone], index) => [index + 1, why, world, gone] as const))('%i: %s', (_, __, world, gone) => {
    expect(told(plan(world))).toBe(gone);
  });
});

describe('a plan', () => {
  it('forgets the moments that no rule keeps, and none of a frozen source', () => {
    const world = one('0', ruled({}, { last: 2 }), 9, { moments: [0, 1, 2, 3] });
    expect(plan(world).forgets.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(plan({ ...world, freezes: ['source' as SourceId] }).forgets).toEqual([]);
  });

  it('that takes more than 30 % needs a confirmation, unless the rules were just changed', () => {
    const world = one('0 1 2 3', ruled({ maxVersions: 2 }), 9);
    expect(plan(world)).toMatchObject({ needsConfirmation: 'share', totals: { versions: 2, bytes: 20 }, ofBytes: 40 });
    expect(plan({ ...world, request: { rulesAreNew: true } }).needsConfirmation).toBeNull();
    expect(plan(one('0 1 2 3', ruled({ maxVersions: 3 }), 9)).needsConfirmation).toBeNull();
  });

  it('lets a source be listed anew where something goes that is there now, and else does not', () => {
    const world: World = {
      items: [plainItem('0 1'), plainItem('0', { item: 'other' as ItemId })],
      jobs: [job(ruled({ goneSourceDays: 9, maxVersions: 1 }))],
      leftOut: [['item', 2, 3]],
      now: 50,
    };
    const [all] = plan(world).choices;
    expect(all).toMatchObject({ items: [{ item: 'item', versions: [1, 2] }], isWhole: false, startsAnew: true });
    const [old] = plan({ ...world, holds: [{ what: 'version', item: 'item' as ItemId, version: 2 }] }).choices;
    expect(old).toMatchObject({ items: [{ item: 'item', versions: [1] }], startsAnew: false });
  });

  it('that takes all of a source needs one in any case', () => {
    const world: World = {
      items: [
        plainItem('0', { source: 'old' as SourceId }),
        ...Array.from({ length: 20 }, (_, index) => plainItem('0', { item: `i${index}` as ItemId })),
      ],
      jobs: [job(ruled({ goneSourceDays: 9 }))],
      otherMoments: [plainMoment(1, 3, 'job', ['source', 'old'])],
      now: 99,
      request: { rulesAreNew: true },
    };
    expect(plan(world).needsConfirmation).toBe('source');
  });

  it('has a name of its own: another plan has another, the same one the same', () => {
    const world = one('0 1 2 3', ruled({ maxVersions: 2 }), 9);
    expect(plan(world).token).toBe(plan(world).token);
    expect(plan(one('0 1 2 3', ruled({ maxVersions: 3 }), 9)).token).not.toBe(plan(world).token);
  });
});
