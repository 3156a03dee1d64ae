import { describe, expect, it } from 'vitest';
import type { ItemId, JobId, SourceId } from '../../shared/domain/ids.ts';
import type { ContentPart } from '../../shared/domain/item.ts';
import { keepNothing, type Retention } from '../../shared/domain/retention.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { BackupWorld } from '../backup/testing/backup-world.ts';
import type { ClockMark } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { testRun } from '../../../test/kit/storage-world.ts';
import { applyPlan, factsOf, judgeClock, planRemoval, purge } from './index.ts';
import type { RunId } from '../../shared/domain/ids.ts';

const dayMs = 86_400_000;
const itemCount = 100;
const random = seededRandom(77);

/** Rules of two kinds of person: both let go quickly. */
const byMoments: Retention = {
  rules: {
    keep: { ...keepNothing, last: 10, daily: 7, withinDays: 14 },
    deletedDays: 10,
    goneSourceDays: 30,
    maxAgeDays: null,
    maxVersions: null,
  },
  byKind: {},
};
const byVersions: Retention = {
  rules: { keep: keepNothing, deletedDays: 10, goneSourceDays: 30, maxAgeDays: 10, maxVersions: 2 },
  byKind: {},
};

/** A computer with a mailbox of texts that is backed up every day; its rules hide and purge at the end of every cycle. */
class Victim {
  readonly world: BackupWorld;
  readonly #retention: Retention;
  readonly #originals = new Map<ItemId, ContentPart>();
  #mark: ClockMark | null = null;
  #runs = 0;
  /** In which run after the beginning of the attack something was said. */
  alertIn: number | null = null;

  constructor(world: BackupWorld, retention: Retention) {
    this.world = world;
    this.#retention = retention;
  }

  async settle(): Promise<void> {
    for (let index = 0; index < itemCount; index += 1) {
      const text = `${'The plans of the quay, sheet by sheet. '.repeat(130)}${index}`;
      this.world.source.put('Inbox', `plan ${index}.txt`, text, [], `id ${index}`);
    }
    await this.run(dayMs);
    for (const { manifest } of this.world.catalog.select({ items: [], sources: [], recursive: true }, null)) {
      const [part] = manifest.contents;
      if (part !== undefined) this.#originals.set(manifest.item, part);
    }
    for (let week = 0; week < 2; week += 1) await this.run(8 * dayMs);
    this.alertIn = null;
    this.#runs = 0;
  }

  /** A cycle after some time, with the retention that follows it. */
  async run(afterMs: number): Promise<void> {
    const { world } = this;
    await world.clock.advance(afterMs);
    this.#runs += 1;
    const newest = world.catalog.commits().reduce((time, { atMs }) => Math.max(time, atMs), 0);
    const { mark, verdict } = judgeClock(this.#mark, {
      nowMs: world.clock.nowMs(),
      boot: 'boot',
      uptimeMs: world.clock.monotonicMs(),
      newestCommitMs: newest === 0 ? null : newest,
    });
    this.#mark = mark;
    const { outcome } = await world.cycle();
    world.guards = { ...world.guards, tallies: outcome.tallies };
    const asks = verdict.kind === 'behind' || (verdict.kind === 'ahead' && verdict.needsPerson);
    if (outcome.alarms.length + outcome.failures.length > 0 || asks) this.alertIn ??= this.#runs;
    if (verdict.kind === 'right') await this.#hide(new Set(outcome.unsure));
  }

  async #hide(unsure: ReadonlySet<SourceId>): Promise<void> {
    const { catalog, storage, clock, description } = this.world;
    const plan = planRemoval(factsOf(catalog), {
      jobs: [
        { id: 'job00000000000000000' as JobId, sources: [description.id], retention: this.#retention, zone: 'Europe/Vienna' },
      ],
      nowMs: clock.nowMs(),
      olderThanDays: null,
      unsure,
      rulesAreNew: false,
    });
    if (plan.needsConfirmation !== null) return void (this.alertIn ??= this.#runs);
    const lock = storage.lock('retention', 'write');
    const run: RunContext = testRun({ clock });
    await applyPlan(plan, { storage, catalog, lock, run: 'retention00000000000' as RunId, atMs: clock.nowMs() }, run);
    lock.release();
    // Every time, with the shortest grace: what is only hidden at first is soon gone for good.
    const author = { run: `purge${this.#runs}`.padEnd(20, '0') as RunId, atMs: clock.nowMs() };
    await purge(storage, catalog, { author, graceMs: 0, dryRun: false }, run);
  }

  /** How many items have a version that is seen and whose bytes come back as they were. */
  async intact(): Promise<number> {
    let count = 0;
    for (const [item, original] of this.#originals) {
      const shown = this.world.catalog.history(item).filter(({ isHidden }) => !isHidden);
      const part = shown.map(({ manifest }) => manifest.contents[0]).find((one) => one?.digest === original.digest);
      if (part === undefined) continue;
      for await (const _ of this.world.storage.read(part, this.world.catalog)) void _;
      count += 1;
    }
    return count;
  }
}

type Attack = (victim: Victim, from: number, to: number) => void | Promise<void>;

const each = (from: number, to: number, hit: (index: number) => void): void => {
  for (let index = from; index < to; index += 1) hit(index);
};
const encrypt: Attack = ({ world }, from, to) =>
  each(from, to, (index) => world.source.putBytes('Inbox', `plan ${index}.txt`, random.bytes(5000), `id ${index}`));
const encryptAndRename: Attack = ({ world }, from, to) =>
  each(from, to, (index) => {
    world.source.remove('Inbox', `plan ${index}.txt`);
    world.source.putBytes('Inbox', `plan ${index}.txt.locked`, random.bytes(5000), `new ${index}`);
  });
const remove: Attack = ({ world }, from, to) => each(from, to, (index) => world.source.remove('Inbox', `plan ${index}.txt`));
const rename: Attack = ({ world }, from, to) =>
  each(from, to, (index) => {
    const item = world.source.folders.get('Inbox')?.get(`plan ${index}.txt`);
    world.source.remove('Inbox', `plan ${index}.txt`);
    if (item !== undefined) world.source.put('Inbox', `plan ${index}.locked`, item.text, [], `id ${index}`);
  });
const emptyOut: Attack = ({ world }, from, to) => {
  each(from, to, (index) => world.source.remove('Inbox', `plan ${index}.txt`));
  if (to >= itemCount) world.source.removeFolder('Inbox');
};
const leap =
  (days: number): Attack =>
  ({ world }, from, to) =>
    world.clock.setWall(world.clock.nowMs() + ((to - from) / itemCount) * days * dayMs);
const flood: Attack = async (victim, from, to) => {
  const { world } = victim;
  await encrypt(victim, from, to);
  for (let moment = from; moment < to; moment += 4) {
    world.clock.setWall(world.clock.nowMs() + 2 * dayMs);
    await victim.run(1000);
  }
};

const scenarios = [
  ['encrypts in place', encrypt],
  ['encrypts and renames', encryptAndRename],
  ['deletes', remove],
  ['renames', rename],
  ['floods with moments of the future', flood],
  ['sets the clock ten years ahead', leap(3650)],
  ['empties the source', emptyOut],
] as const;
/** All in one day, a quarter a day, a twentieth a day. */
const speeds = [
  ['at once', 1, 1],
  ['in four days', 4, 2],
  ['in twenty days', 20, 7],
] as const;

const patience = 240_000;

/** What drives good moments out of the rules for them. */
const againstMoments = scenarios.filter(([what]) => what.startsWith('floods') || what.startsWith('sets the clock'));

describe.each([
  ['rules by moments', byMoments, againstMoments],
  ['rules by versions', byVersions, scenarios],
] as const)('with %s, what', (_, retention, attacks) => {
  describe.each(attacks)('%s', (__, attack) => {
    it.each(speeds)(
      '%s leaves an intact version of everything and is said in time',
      async (___, days, within) => {
        const victim = new Victim(await BackupWorld.make(temporaryFolder(), new SimFileSystem()), retention);
        await victim.settle();
        for (let day = 0; day < Math.max(days, 4); day += 1) {
          const [from, to] = [day, day + 1].map((step) => Math.min(itemCount, Math.round((step * itemCount) / days)));
          if (day < days) await attack(victim, from ?? 0, to ?? 0);
          await victim.run(dayMs);
        }
        for (let month = 0; month < 2; month += 1) await victim.run(20 * dayMs);
        expect(victim.alertIn ?? Infinity).toBeLessThanOrEqual(within);
        expect(await victim.intact()).toBe(itemCount);
        await victim.world.close();
      },
      patience,
    );
  });

  it(
    'encrypts one item a day is said within seven days',
    async () => {
      const victim = new Victim(await BackupWorld.make(temporaryFolder(), new SimFileSystem()), retention);
      await victim.settle();
      for (let day = 0; day < 30; day += 1) {
        await encrypt(victim, day, day + 1);
        await victim.run(dayMs);
      }
      expect(victim.alertIn ?? Infinity).toBeLessThanOrEqual(7);
      expect(await victim.intact()).toBe(itemCount);
      await victim.world.close();
    },
    patience,
  );
});
