import { expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { everything } from '../../../shared/domain/choice.ts';
import { catchUp } from '../../maintenance/index.ts';
import { BackupWorld } from '../testing/backup-world.ts';
import { keptIn } from '../testing/kept-items.ts';
import { type PlainChoice, PlainChoosing, type PlainItem } from '../testing/plain-choosing.ts';

const seed = Number(process.env['STRATA_SEED'] ?? 1);
const steps = 80;
const dayMs = 86_400_000;
const folders = ['Archive', 'Inbox', 'Spam', 'Work'];
const keys = ['1', '2', '3', '4', '5', '6', '7', '8'];

const everyItem = (): boolean => true;
const skips = (...left: string[]): PlainChoice => ({
  choice: { skip: left.map((path) => ({ path, subfolders: true })) },
  takesFolder: (folder) => !left.includes(folder),
  takesItem: everyItem,
  goesByPlace: true,
});
const choices: readonly PlainChoice[] = [
  skips(),
  skips('Spam'),
  skips('Work', 'Archive'),
  skips(...folders),
  {
    choice: { only: [{ path: 'Inbox', subfolders: true }] },
    takesFolder: (folder) => folder === 'Inbox',
    takesItem: everyItem,
    goesByPlace: true,
  },
  { ...skips(), choice: { maxBytes: 30 }, takesItem: ({ text }) => text.length <= 30, goesByPlace: false },
  {
    ...skips('Spam'),
    choice: { newerThanDays: 5, skip: [{ path: 'Spam', subfolders: true }] },
    takesItem: ({ timeMs }, nowMs) => timeMs >= Math.floor(nowMs / dayMs - 5) * dayMs,
    goesByPlace: false,
  },
];

it(`Capture keeps to what is chosen at the time, whatever is changed and chosen in between: seed ${seed}`, {
  timeout: 120_000,
}, async () => {
  const { below } = seededRandom(seed);
  const pick = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)] as Thing;
  const world = await BackupWorld.make(temporaryFolder());
  const model = new PlainChoosing();
  const there = new Map<string, PlainItem>();
  let plain = choices[0] as PlainChoice;
  let captures = 0;
  let refusals = 0;

  const put = (place: string, text: string): void => {
    const item = { text, timeMs: world.clock.nowMs() - below(9) * dayMs };
    world.source.put(place.slice(0, place.indexOf('/')), place, text);
    world.source.times.set(place, item.timeMs);
    there.set(place, item);
  };
  const change = (step: number): void => {
    const place = `${pick(folders)}/${pick(keys)}`;
    if (below(3) > 0) return put(place, `text of step ${step} ${'long '.repeat(below(4))}`);
    world.source.remove(place.slice(0, place.indexOf('/')), place);
    there.delete(place);
  };
  const scan = async (): Promise<void> => {
    world.guards = { ...world.guards, acceptsEmpty: new Set([world.description.id]) };
    world.remember(await world.cycle());
    model.cycle(there, plain, world.clock.nowMs(), () => false);
    model.sees(folders.filter(plain.takesFolder));
  };
  const capture = async (): Promise<void> => {
    const captured = new Set(folders.filter(() => below(2) === 0));
    const { outcome } = await world.capture(...captured);
    // What takes away too much is left to a scan, and then nothing of it is stored.
    if (outcome.needScan.length > 0) refusals += 1;
    else model.capture(there, plain, world.clock.nowMs(), { all: folders, captured });
    captures += 1;
  };

  for (const folder of folders) for (const key of keys) put(`${folder}/${key}`, 'at first');
  await scan();
  for (let step = 1; step <= steps; step += 1) {
    for (let times = below(4); times >= 0; times -= 1) change(step * 10 + times);
    if (below(5) === 0) plain = pick(choices);
    if (below(6) === 0) await world.clock.advance(dayMs * below(3));
    world.choice = { ...everything, ...plain.choice };
    await (below(4) === 0 ? scan() : capture());
    expect({ step, plain, items: await keptIn(world) }).toEqual({ step, plain, items: Object.fromEntries(model.items) });
  }
  await scan();
  expect(await keptIn(world)).toEqual(Object.fromEntries(model.items));
  // Else it would say nothing of capture.
  expect(captures - refusals).toBeGreaterThan(20);
  const again = world.openCatalog('again.sqlite');
  catchUp(world.storage, again);
  expect([...again.dump()]).toEqual([...world.catalog.dump()]);
  again.close();
  await world.close();
});
