import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hold } from '../../../shared/domain/hold.ts';
import type { ItemId, JobId, SourceId } from '../../../shared/domain/ids.ts';
import { keepNothing, type KeepRules, keepRuleNames, type Retention } from '../../../shared/domain/retention.ts';
import type { JobRules } from './job-rules.ts';
import { planRemoval, type RemovalPlan } from './plan.ts';
import { day0, dayMs, PlainHistory, type PlainItem, plainMoment } from './testing/plain-history.ts';

const source = 'source' as SourceId;

const anyStory = fc
  .array(fc.record({ day: fc.integer({ min: 0, max: 60 }), isDeletion: fc.boolean() }), { minLength: 1, maxLength: 8 })
  .map((steps) => {
    const days = [...new Set(steps.map(({ day }) => day))].sort((a, b) => a - b);
    // Nothing begins with its deletion, and nothing is deleted twice.
    let isThere = false;
    return days.map((day, index) => {
      isThere = !(isThere && (steps[index]?.isDeletion ?? false));
      return { atMs: day0 + day * dayMs, isDeletion: !isThere };
    });
  });

const anyWorld = fc.array(anyStory, { minLength: 1, maxLength: 8 }).map((stories) =>
  stories.map(
    (story, index): PlainItem => ({
      item: `i${index}` as ItemId,
      source,
      // The first three are folders, each in the one before.
      kind: index < 3 ? 'folder' : 'message',
      folder: (index === 0 ? null : index < 3 ? `i${index - 1}` : `i${index % 3}`) as ItemId | null,
      story,
    }),
  ),
);
const few = fc.integer({ min: 0, max: 4 });
const anyKeep = fc.option(
  fc.record(Object.fromEntries(keepRuleNames.map((name) => [name, few])) as Record<keyof KeepRules, fc.Arbitrary<number>>),
  { nil: keepNothing },
);
const anyRetention = fc.option(
  fc
    .record({
      keep: anyKeep,
      deletedDays: fc.integer({ min: 0, max: 40 }),
      goneSourceDays: fc.integer({ min: 0, max: 40 }),
      maxAgeDays: fc.option(fc.integer({ min: 1, max: 40 })),
      maxVersions: fc.option(fc.integer({ min: 1, max: 5 })),
    })
    .map((rules): Retention => ({ rules, byKind: {} })),
);
const anyJobs = fc
  .array(fc.record({ retention: anyRetention, moments: fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 10 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((jobs) => jobs.map((job, index) => ({ ...job, id: `job${index}` as JobId })));
const anyHolds = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('item' as const), item: fc.integer({ min: 0, max: 7 }).map((n) => `i${n}` as ItemId) }),
    fc.record({ what: fc.constant('folder' as const), item: fc.integer({ min: 0, max: 2 }).map((n) => `i${n}` as ItemId) }),
  ),
  { maxLength: 2 },
);

const anyMarks = fc.uniqueArray(
  fc.record({
    n: fc.integer({ min: 0, max: 7 }),
    since: fc.integer({ min: 0, max: 69 }),
    later: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 5, selector: ({ n }) => n },
);

type Jobs = readonly { id: JobId; retention: Retention | null; moments: readonly number[] }[];

function planOf(history: PlainHistory, jobs: Jobs, forgotten: ReadonlySet<number> = new Set()): RemovalPlan {
  let sequence = 0;
  const moments = jobs
    .flatMap(({ id, moments: days }) => days.map((day) => ({ id, day })))
    .sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1))
    .map(({ id, day }) => plainMoment((sequence += 1), day, id, [source]))
    .filter((moment) => !forgotten.has(moment.sequence))
    .reverse();
  return planRemoval(
    {
      endedVersions: (id) => history.endedVersions(id),
      presentVersions: (id) => history.presentVersions(id),
      letGo: () => history.letGo(),
      isHeld: (...version) => history.isHeld(...version),
      moments,
      commits: [...moments].reverse(),
      sources: [{ id: source, name: 'source' }],
      presentBytes: 0,
      freezes: [],
    },
    {
      jobs: jobs.map(({ id, retention }): JobRules => ({ id, retention, sources: [source], zone: 'Europe/Berlin' })),
      nowMs: day0 + 70 * dayMs,
      olderThanDays: null,
      unsure: new Set(),
      rulesAreNew: false,
    },
  );
}

const goingOf = (plan: RemovalPlan): Set<string> =>
  new Set(
    plan.choices.flatMap(({ items }) => items.flatMap(({ item, versions }) => versions.map((version) => `${item}.${version}`))),
  );
const historyOf = (items: readonly PlainItem[], holds: readonly Hold['scope'][] = []) => new PlainHistory(items, holds);
function apply(history: PlainHistory, plan: RemovalPlan): void {
  for (const { items } of plan.choices) for (const { item, versions } of items) history.hide(item, versions);
}

describe('whatever the rules, moments and histories are', () => {
  it('what is there now stays', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, (items, jobs) => {
        const history = historyOf(items);
        const going = goingOf(planOf(history, jobs));
        for (const { item, version } of history.presentVersions(source)) expect(going.has(`${item}.${version}`)).toBe(false);
      }),
    );
  });

  it('what is held stays, and a hold lets nothing more go', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, anyHolds, (items, jobs, holds) => {
        const held = historyOf(items, holds);
        const going = goingOf(planOf(held, jobs));
        for (const { item, version } of held.endedVersions(source)) {
          if (held.isHeld(source, item, version)) expect(going.has(`${item}.${version}`)).toBe(false);
        }
        const without = goingOf(planOf(historyOf(items), jobs));
        for (const version of going) expect(without.has(version)).toBe(true);
      }),
    );
  });

  it('what a kept moment shows stays', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, (items, jobs) => {
        const history = historyOf(items);
        const plan = planOf(history, jobs);
        const going = goingOf(plan);
        const kept = plan.jobs.filter(({ keptBy }) => ![...keptBy.values()].some((reasons) => reasons.includes('everything')));
        for (const { moments, keptBy } of kept) {
          for (const { sequence, atMs } of moments.filter((moment) => (keptBy.get(moment.sequence)?.length ?? 0) > 0)) {
            for (const version of history.endedVersions(source)) {
              if (version.change === 'deleted' || version.validFromMs > atMs || (version.validToMs ?? 0) <= atMs) continue;
              expect(going.has(`${version.item}.${version.version}`), `moment ${sequence}`).toBe(false);
            }
          }
        }
      }),
    );
  });

  it('only what was let go goes beside that, long enough ago for every job, and nothing that a moment from before shows', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, anyHolds, anyMarks, (items, jobs, holds, marks) => {
        const history = historyOf(items, holds);
        const without = goingOf(planOf(history, jobs));
        for (const { n, since, later } of marks) {
          const letGoMs = day0 + Math.min(since + later, 69) * dayMs;
          history.leftOut.set(`i${n}` as ItemId, { sinceMs: day0 + since * dayMs, letGoMs });
        }
        const plan = planOf(history, jobs);
        const going = goingOf(plan);
        // Folders stay longer where what is there now is looked at as well: it lay in them as they were, too.
        for (const version of without) if (!/^i[012]\./.test(version)) expect(going.has(version)).toBe(true);
        // Where all moments stay, none is a reason to keep anything.
        const chosen = plan.jobs.filter(({ keptBy }) => ![...keptBy.values()].some((reasons) => reasons.includes('everything')));
        const kept = chosen.flatMap(({ moments, keptBy }) =>
          moments.filter(({ sequence }) => keptBy.get(sequence)?.length !== 0),
        );
        for (const version of [...history.endedVersions(source), ...history.presentVersions(source)]) {
          const { item, folder, kind, validFromMs } = version;
          const name = `${item}.${version.version}`;
          if (!going.has(name) || without.has(name) || version.change === 'deleted') continue;
          const mark =
            history.leftOut.get(item) ?? (kind === 'folder' || folder === null ? undefined : history.leftOut.get(folder));
          // An earlier state of a folder was there for what went out of it.
          if (kind === 'folder' && version.validToMs !== null) continue;
          if (mark === undefined) expect.unreachable(`${name} was not let go`);
          const days = jobs.map(({ retention }) => retention?.rules.goneSourceDays ?? 0);
          expect(Math.min(...days)).toBeGreaterThan(0);
          expect(70 - (mark.letGoMs - day0) / dayMs).toBeGreaterThan(Math.max(...days));
          expect(history.isHeld(source, item, version.version)).toBe(false);
          const isShownAt = (ms: number): boolean => validFromMs <= ms && (version.validToMs ?? Infinity) > ms;
          expect(kept.filter(({ atMs }) => atMs < mark.sinceMs && isShownAt(atMs))).toEqual([]);
        }
      }),
    );
  });

  it('a further job never lets more go, and their order means nothing', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, (items, jobs) => {
        const all = goingOf(planOf(historyOf(items), jobs));
        expect(goingOf(planOf(historyOf(items), [...jobs].reverse()))).toEqual(all);
        const fewer = goingOf(planOf(historyOf(items), jobs.slice(0, 1)));
        // A job that is not known any more keeps by its moments, so it is left out with them.
        for (const version of all) expect(fewer.has(version)).toBe(true);
      }),
    );
  });

  it('a folder stays as it was for as long as something that stays was in it', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, anyHolds, (items, jobs, holds) => {
        const history = historyOf(items, holds);
        apply(history, planOf(history, jobs));
        const before = historyOf(items).endedVersions(source);
        for (const version of history.endedVersions(source)) {
          if (version.folder === null || version.change === 'deleted') continue;
          const needed = before.filter(
            ({ item, change, validFromMs, validToMs }) =>
              item === version.folder &&
              change !== 'deleted' &&
              validFromMs < (version.validToMs ?? Infinity) &&
              (validToMs ?? Infinity) > version.validFromMs,
          );
          const left = history.endedVersions(source);
          for (const one of needed)
            expect(left.some(({ item, version: n }) => item === one.item && n === one.version)).toBe(true);
        }
      }),
    );
  });

  it('no deletion is all that is left, and none goes before what it ended', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, (items, jobs) => {
        const history = historyOf(items);
        apply(history, planOf(history, jobs));
        const left = history.endedVersions(source);
        for (const deletion of left.filter(({ change }) => change === 'deleted')) {
          expect(left.some(({ item, version }) => item === deletion.item && version < deletion.version)).toBe(true);
        }
      }),
    );
  });

  it('choosing again after it was done lets nothing go', () => {
    fc.assert(
      fc.property(anyWorld, anyJobs, (items, jobs) => {
        const history = historyOf(items);
        const first = planOf(history, jobs);
        apply(history, first);
        const forgotten = new Set(first.forgets.map(({ sequence }) => sequence));
        const second = planOf(history, jobs, forgotten);
        expect([...goingOf(second)]).toEqual([]);
        expect(second.forgets).toEqual([]);
      }),
    );
  });
});
