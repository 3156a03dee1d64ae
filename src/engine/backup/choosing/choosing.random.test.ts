import { expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { everything } from '../../../shared/domain/choice.ts';
import { catchUp } from '../../maintenance/index.ts';
import { BackupWorld } from '../testing/backup-world.ts';
import { keptIn } from '../testing/kept-items.ts';
import { type PlainChoice, PlainChoosing, type PlainItem } from '../testing/plain-choosing.ts';

const seed = Number(process.env['STRATA_SEED'] ?? 1);
const steps = 40;
const dayMs = 86_400_000;
const folders = ['Inbox', 'Spam', 'Work', 'Work/Old', 'Work/Old/2019'];
const keys = ['1', '2', '3', '4'];

const everyFolder = (): boolean => true;
const everyItem = (): boolean => true;
const isIn = (folder: string, top: string): boolean => folder === top || folder.startsWith(`${top}/`);
const choices: readonly PlainChoice[] = [
  { choice: {}, takesFolder: everyFolder, takesItem: everyItem, goesByPlace: true },
  {
    choice: { skip: [{ path: 'Work/Old', subfolders: true }] },
    takesFolder: (folder) => !isIn(folder, 'Work/Old'),
    takesItem: everyItem,
    goesByPlace: true,
  },
  {
    choice: { skip: [{ path: 'Work', subfolders: false }] },
    takesFolder: (folder) => folder !== 'Work',
    takesItem: everyItem,
    goesByPlace: true,
  },
  {
    choice: {
      only: [
        { path: 'Work/**', subfolders: true },
        { path: '!Work/Old/2019', subfolders: true },
      ],
    },
    takesFolder: (folder) => folder === 'Work/Old',
    takesItem: everyItem,
    goesByPlace: true,
  },
  { choice: { skip: [{ path: '**', subfolders: true }] }, takesFolder: () => false, takesItem: everyItem, goesByPlace: true },
  { choice: { maxBytes: 30 }, takesFolder: everyFolder, takesItem: ({ text }) => text.length <= 30, goesByPlace: false },
  {
    choice: { newerThanDays: 5, skip: [{ path: 'Spam', subfolders: true }] },
    takesFolder: (folder) => folder !== 'Spam',
    takesItem: ({ timeMs }, nowMs) => timeMs >= Math.floor(nowMs / dayMs - 5) * dayMs,
    goesByPlace: false,
  },
];

it(`keeps what a plain model keeps, whatever is changed and chosen in between: seed ${seed}`, { timeout: 120_000 }, async () => {
  const { below } = seededRandom(seed);
  const pick = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)] as Thing;
  const world = await BackupWorld.make(temporaryFolder());
  const model = new PlainChoosing();
  const there = new Map<string, PlainItem>();
  let plain = choices[0] as PlainChoice;
  let leftOut = '';

  const change = (step: number): void => {
    const [folder, key] = [pick(folders), pick(keys)];
    const place = `${folder}/${key}`;
    const what = below(10);
    if (what < 6) {
      const item = { text: `text of step ${step} ${'long '.repeat(below(4))}`, timeMs: world.clock.nowMs() - below(9) * dayMs };
      world.source.put(folder, `${place}`, item.text);
      world.source.times.set(place, item.timeMs);
      there.set(place, item);
    } else if (what < 9) {
      world.source.remove(folder, place);
      there.delete(place);
    } else {
      world.source.removeFolder(folder);
      for (const other of [...there.keys()]) if (isIn(other, folder)) there.delete(other);
    }
  };

  for (let step = 1; step <= steps; step += 1) {
    for (let times = below(5); times >= 0; times -= 1) change(step * 10 + times);
    if (below(3) === 0) plain = pick(choices);
    if (below(6) === 0) leftOut = leftOut === '' ? pick(folders) : '';
    if (below(4) === 0) await world.clock.advance(dayMs * below(3));
    world.choice = { ...everything, ...plain.choice };
    world.source.leftOut.clear();
    if (leftOut !== '') world.source.leftOut.add(leftOut);
    world.guards = { ...world.guards, acceptsEmpty: new Set([world.description.id]) };
    await world.cycle();
    model.cycle(there, plain, world.clock.nowMs(), (folder) => leftOut !== '' && isIn(folder, leftOut));
    expect({ step, plain, items: await keptIn(world) }).toEqual({ step, plain, items: Object.fromEntries(model.items) });
  }
  const again = world.openCatalog('again.sqlite');
  catchUp(world.storage, again);
  expect([...again.dump()]).toEqual([...world.catalog.dump()]);
  again.close();
  await world.close();
});
