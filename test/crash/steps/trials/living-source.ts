import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupWorld } from '../../../../src/engine/backup/testing/backup-world.ts';
import { SimFileSystem } from '../../../kit/sim-file-system.ts';

type Living = Pick<BackupWorld, 'source' | 'checkpoint' | 'cycle'>;
type Story = (world: Living) => Promise<void>;

/** Each ends in a cycle that nothing disturbs; then the newest state is what the source holds, or what it was said to hold. */
const stories: Readonly<Record<string, Story>> = {
  async 'what moved and became another'({ source, ...world }) {
    source.put('A', '1', 'the first', [], 'x');
    await world.cycle();
    source.remove('A', '1');
    source.put('B', '7', 'another one', [], 'x');
    await world.cycle();
  },
  async 'two that have one identity'({ source, ...world }) {
    source.put('A', '1', 'the first', [], 'x');
    await world.cycle();
    source.remove('A', '1');
    source.put('B', '7', 'the first', [], 'x');
    source.put('B', '8', 'the first', [], 'x');
    await world.cycle();
  },
  async 'what came and went while a cycle was stopped'({ source, ...world }) {
    source.put('A', '1', 'the first');
    await world.cycle();
    for (const key of ['2', '3', '4', '5']) source.put('A', key, `of ${key}`);
    await world.cycle(({ soon }) => {
      source.beforeItem = (key) => void (key === '3' && soon.abort());
    });
    source.beforeItem = () => undefined;
    for (const key of ['2', '3', '4', '5']) source.remove('A', key);
    await world.cycle();
  },
  async 'what vanished before a checkpoint'({ source, ...world }) {
    for (const key of ['1', '2']) source.put('A', key, `of ${key}`);
    await world.cycle();
    source.remove('A', '1');
    source.put('A', '3', 'of 3');
    for (let key = 0; key < 200; key++) source.put('B', `${key}`, `number ${key}`);
    source.put('C', 'last', 'after a checkpoint');
    world.checkpoint.everyItems = 1;
    await world
      .cycle(({ now }) => {
        source.beforeItem = (key) => void (key === 'last' && now.abort());
      })
      .catch(() => undefined);
    source.beforeItem = () => undefined;
    await world.cycle();
  },
  async 'what could not be read once'({ source, ...world }) {
    source.put('A', '1', 'the first');
    source.unreadableItems.add('1');
    await world.cycle();
    source.unreadableItems.clear();
    await world.cycle();
  },
  async 'a folder that breaks off'({ source, ...world }) {
    for (const key of ['1', '2', '3']) source.put('A', key, `of ${key}`);
    await world.cycle();
    source.unreadable.set('A', 'in the middle');
    source.folders.get('A')?.delete('2');
    await world.cycle();
    source.put('A', '2', 'of 2');
  },
};

/** A source changes as sources do, and cycles are broken off. What a cycle lists afterwards is what is there. */
export async function tryLivingSource(): Promise<string | undefined> {
  for (const [name, live] of Object.entries(stories)) {
    const folder = mkdtempSync(join(tmpdir(), 'strata-living-'));
    try {
      const world = await BackupWorld.make(folder, new SimFileSystem());
      const { source, checkpoint } = world;
      await live({ source, checkpoint, cycle: (steer) => world.cycle(steer) });
      const there = [...source.folders].flatMap(([path, items]) =>
        [...items].map(([key, { text }]) => `${path}/${key}: ${text} []`),
      );
      const listed = await world.listing();
      await world.close();
      if (listed.join() !== there.sort().join()) return `${name}: ${listed.join()} instead of ${there.join()}`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return undefined;
}
