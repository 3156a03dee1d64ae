import { expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { type Choice, choosableKinds, everything, type FolderRule, folderUses } from '../../../shared/domain/choice.ts';
import { testRun } from '../../sources/testing/test-run.ts';
import { BackupWorld } from '../testing/backup-world.ts';
import { SurveyRows } from './survey-rows.ts';
import { surveySource } from './survey-source.ts';

const seed = Number(process.env['STRATA_SEED'] ?? 1);
const rounds = 60;
const dayMs = 86_400_000;
const folders = ['', 'Inbox', 'Spam', 'Work', 'Work/Old', 'Work/Old/2019', 'Work/New', 'Spam/Old'];
const patterns = ['Inbox', 'Work', 'Work/*', 'Work/**', '**/Old', '!Work/Old', '!Spam/**', '**', '?pam', 'Nowhere'];

it(`takes in numbers and bytes what a cycle with the same choice takes: seed ${seed}`, { timeout: 120_000 }, async () => {
  const { below } = seededRandom(seed);
  const maybe = <Value>(value: () => Value): Value | null => (below(4) === 0 ? value() : null);
  const pick = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)] as Thing;
  const rules = (): FolderRule[] =>
    Array.from({ length: below(2) * below(4) }, () => ({ path: pick(patterns), subfolders: below(3) > 0 }));
  const world = await BackupWorld.make(temporaryFolder());
  await world.clock.advance(100 * dayMs);
  const { source } = world;
  for (const [path, use] of [
    ['Spam', '\\Junk'],
    ['Work/Old', '\\Trash'],
  ] as const)
    source.uses.set(path, use);

  for (let round = 1; round <= rounds; round += 1) {
    for (let times = 0; times < 6; times += 1) {
      const key = `${below(30)}`;
      source.put(pick(folders), key, `round ${round} ${'x'.repeat(below(40))}`);
      if (below(3) > 0) source.times.set(key, world.clock.nowMs() - below(30) * dayMs);
    }
    source.leftOut.clear();
    if (below(5) === 0) source.leftOut.add(pick(folders.slice(1)));
    const choice: Choice = {
      ...everything,
      only: rules(),
      skip: rules(),
      skipUses: folderUses.filter(() => below(5) === 0),
      kinds: maybe(() => choosableKinds.filter(() => below(2) === 0)),
      fromMs: maybe(() => world.clock.nowMs() - below(30) * dayMs),
      untilMs: maybe(() => world.clock.nowMs() - below(10) * dayMs),
      newerThanDays: maybe(() => 1 + below(20)),
      minBytes: maybe(() => below(30)),
      maxBytes: maybe(() => below(50)),
    };
    world.choice = choice;
    world.guards = { ...world.guards, acceptsEmpty: new Set([world.description.id]) };
    const rows = new SurveyRows();
    const { counts } = await world.cycle();
    await surveySource(await source.open(), choice, { rows, used: new Set() }, { ...testRun(), clock: world.clock });
    const { taken } = rows.whole();
    const kept = world.catalog
      .find({ text: '', atMs: null, deleted: false, kind: 'message', limit: 10_000 })
      .filter(({ unchosenSinceMs }) => unchosenSinceMs === null);
    const bytes = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect({ round, choice, items: taken.items, bytes: taken.bytes }).toEqual({ round, choice, items: counts.seen, bytes });
    expect(kept).toHaveLength(taken.items);
  }
  await world.close();
});
