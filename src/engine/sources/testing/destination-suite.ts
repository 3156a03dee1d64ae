import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Destination, DestinationSession, Made, RestoreItem } from '../destination.ts';
import { wholeOf } from './observation.ts';
import { type TestRun, testRun } from './test-run.ts';

/** An empty place to restore to, looked at by means that have nothing to do with the destination. */
export interface DestinationWorld {
  readonly destination: Destination;
  /** An item that belongs here; the same `n` gives the same item, `bytes` another content of it. */
  item(n: number, folderPath: readonly string[], bytes?: Uint8Array): RestoreItem;
  /** The content of everything that is there, in any order, leftovers of unfinished writing included. */
  contents(): Promise<readonly Uint8Array[]>;
  /** False where two items never get in each other's way (mail). */
  readonly namesCollide: boolean;
  /** False where telling one item among others would mean reading them all. */
  readonly knowsItsOwn?: boolean;
  close(): Promise<void>;
}

/** What every destination promises (`destination.ts`). */
export function destinationSuite(name: string, makeWorld: () => Promise<DestinationWorld>): void {
  describe(`a destination: ${name}`, () => {
    const place = ['Work', 'Projects'];
    let world: DestinationWorld;
    let run: TestRun;
    const open: DestinationSession[] = [];

    beforeEach(async () => {
      run = testRun();
      world = await makeWorld();
    });
    afterEach(async () => {
      for (const session of open.splice(0)) await session.close();
      await world.close();
    });

    const session = async (): Promise<DestinationSession> => {
      const opened = await world.destination.open(run);
      open.push(opened);
      return opened;
    };
    const put = async (items: readonly RestoreItem[], how: 'create' | 'replace' = 'create'): Promise<void> => {
      const opened = await session();
      for (const item of items) {
        await opened.probe(item, run);
        await opened.write(item, how, run);
      }
      await opened.finish(run);
      await opened.close();
    };
    /** As the journal of a restore has it. */
    const puts = async (items: readonly RestoreItem[], making?: (folder: string) => void): Promise<MadeItem[]> => {
      const opened = await world.destination.open(run, making);
      open.push(opened);
      const made: MadeItem[] = [];
      for (const item of items) {
        await opened.probe(item, run);
        made.push({ item, made: (await opened.write(item, 'create', run)).made });
      }
      await opened.finish(run);
      await opened.close();
      return made;
    };
    const texts = async (): Promise<string[]> => (await world.contents()).map(text).sort();

    it('writes what it is given, byte for byte', async () => {
      const items = [world.item(1, place), world.item(2, place), world.item(3, ['Other']), world.item(4, [])];
      await put(items);
      expect(await texts()).toEqual((await Promise.all(items.map(bytesOf))).map(text).sort());
    });

    it('sees an item as absent before it is written and as identical afterwards', async () => {
      const item = world.item(1, place);
      expect(await (await session()).probe(item, run)).toBe('absent');
      await put([item]);
      expect(await (await session()).probe(item, run)).toBe(world.knowsItsOwn === false ? 'same-name' : 'identical');
    });

    it('changes nothing by looking', async () => {
      const item = world.item(1, place);
      const opened = await session();
      await opened.probe(item, run);
      await opened.close();
      expect(await world.contents()).toEqual([]);
      await put([item]);
      const before = await texts();
      await (await session()).probe(world.item(1, place, other), run);
      expect(await texts()).toEqual(before);
    });

    it('knows again what it made and named, whatever became of it', async () => {
      const opened = await session();
      if (opened.namesWhatItMakes === undefined) return;
      const item = world.item(1, place);
      const { made } = await opened.write(item, 'create', run);
      await opened.close();
      const asked = { ...world.item(1, place, other), madeBefore: [made ?? { folder: '', key: '', revision: '' }] };
      expect(await (await session()).probe(asked, run)).toBe('identical');
      const elsewhere = { ...asked, madeBefore: [{ folder: 'elsewhere', key: made?.key ?? '', revision: made?.revision ?? '' }] };
      expect(await (await session()).probe(elsewhere, run)).not.toBe('identical');
    });

    it('never takes other bytes for the same', async () => {
      await put([world.item(1, place)]);
      const found = await (await session()).probe(world.item(1, place, other), run);
      expect(world.namesCollide ? ['same-name', 'other-bytes'] : ['absent']).toContain(found);
    });

    it('tells of what is there whether its content is another', async () => {
      if (!world.namesCollide || world.knowsItsOwn === false) return;
      await put([world.item(1, place)]);
      const opened = await session();
      const changed = world.item(1, place, other);
      await opened.probe(changed, run);
      if (opened.look !== undefined) expect(await opened.look(changed, run)).toMatchObject({ isSameContent: false });
    });

    it('does not replace what is there unless it was asked to', async () => {
      if (!world.namesCollide) return;
      const item = world.item(1, place);
      await put([item]);
      await expect(put([world.item(1, place, other)])).rejects.toMatchObject({ code: 'restore.write-failed' });
      expect(await texts()).toEqual([text(await bytesOf(item))]);
    });

    it('replaces what is there when it was asked to', async () => {
      if (!world.namesCollide) return;
      await put([world.item(1, place)]);
      await put([world.item(1, place, other)], 'replace');
      expect(await texts()).toEqual([text(other)]);
    });

    it('puts an item beside another content of it, knows it there, and takes it back from there', async () => {
      if (!world.namesCollide) return;
      await put([world.item(1, place)]);
      const beside = { ...world.item(1, place, other), beside: { day: '2026-11-30', nth: 1 } };
      const opened = await session();
      if (opened.holdsBoth === true) return;
      expect(await opened.probe(beside, run)).toBe('absent');
      const { made } = await opened.write(beside, 'create', run);
      await opened.finish(run);
      await opened.close();
      expect(await texts()).toEqual([text(await bytesOf(world.item(1, place))), text(other)].sort());
      const again = await session();
      expect(await again.probe(beside, run)).toBe(world.knowsItsOwn === false ? 'same-name' : 'identical');
      if (again.takingBack === undefined) return;
      expect(await again.takingBack.item(beside, made, 'take', run)).toBe('taken');
      expect(await texts()).toEqual([text(await bytesOf(world.item(1, place)))]);
    });

    it('leaves nothing of an item whose content breaks off, and goes on with the next', async () => {
      const opened = await session();
      const broken = breaking(world.item(1, place));
      await opened.probe(broken, run);
      await expect(opened.write(broken, 'create', run)).rejects.toMatchObject({ code: 'restore.item-damaged' });
      const next = world.item(2, place);
      await opened.probe(next, run);
      await opened.write(next, 'create', run);
      await opened.finish(run);
      await opened.close();
      expect(await texts()).toEqual([text(await bytesOf(next))]);
    });

    it('keeps the old item when the content of the new one breaks off', async () => {
      if (!world.namesCollide) return;
      const item = world.item(1, place);
      await put([item]);
      const opened = await session();
      await expect(opened.write(breaking(world.item(1, place, other)), 'replace', run)).rejects.toMatchObject({
        code: 'restore.item-damaged',
      });
      await opened.finish(run);
      await opened.close();
      expect(await texts()).toEqual([text(await bytesOf(item))]);
    });

    it('takes back what it made, once, and only looks where it is told to look', async () => {
      const made = await puts([world.item(1, place), world.item(2, place)]);
      const [first] = made;
      const back = (await session()).takingBack;
      if (back === undefined || first === undefined) return;
      expect(await back.item(first.item, first.made, 'look', run)).toBe('taken');
      expect(await texts()).toHaveLength(2);
      expect(await back.item(first.item, first.made, 'take', run)).toBe('taken');
      expect(await back.item(first.item, first.made, 'take', run)).toBe('gone');
      expect(await texts()).toEqual([text(await bytesOf(world.item(2, place)))]);
    });

    it('finds what it made also where nobody heard what it is called', async () => {
      const [first] = await puts([world.item(1, place)]);
      const back = (await session()).takingBack;
      if (back === undefined || first === undefined) return;
      expect(await back.item(first.item, undefined, 'take', run)).toBe('taken');
      expect(await texts()).toEqual([]);
    });

    it('reads back what it made, and tells what is another or gone', async () => {
      const [first] = await puts([world.item(1, place)]);
      const opened = await session();
      if (opened.readBack === undefined || first === undefined) return;
      expect(await opened.readBack(first.item, first.made, run)).toEqual([]);
      if (world.namesCollide && opened.holdsBoth !== true) {
        await put([world.item(1, place, other)], 'replace');
        expect(await (await session()).readBack?.(first.item, first.made, run)).toEqual(['content']);
        return;
      }
      await opened.takingBack?.item(first.item, first.made, 'take', run);
      expect(await (await session()).readBack?.(first.item, first.made, run)).toBe('missing');
    });

    it('leaves what was changed since it was made', async () => {
      if (!world.namesCollide) return;
      const [first] = await puts([world.item(1, place)]);
      await put([world.item(1, place, other)], 'replace');
      const back = (await session()).takingBack;
      if (back === undefined || first === undefined) return;
      expect(await back.item(first.item, first.made, 'take', run)).toBe('changed');
      expect(await back.item(first.item, undefined, 'take', run)).toBe('changed');
      expect(await texts()).toEqual([text(other)]);
    });

    it('tells each folder before it makes it, and takes it back when it is empty, not before', async () => {
      const folders: string[] = [];
      const [first] = await puts([world.item(1, place)], (folder) => folders.unshift(folder));
      const back = (await session()).takingBack;
      if (back === undefined || first === undefined) return;
      expect(folders.length).toBeGreaterThan(0);
      for (const folder of folders.slice(-1)) expect(await back.folder(folder, run)).toBe('in-use');
      await back.item(first.item, first.made, 'take', run);
      for (const folder of folders) expect([folder, await back.folder(folder, run)]).toEqual([folder, 'taken']);
      for (const folder of folders) expect(await back.folder(folder, run)).toBe('gone');
      expect(await (await session()).probe(first.item, run)).toBe('absent');
    });

    it('can be closed without having finished, and twice', async () => {
      const opened = await session();
      await opened.close();
      await expect(opened.close()).resolves.toBeUndefined();
    });
  });
}

interface MadeItem {
  readonly item: RestoreItem;
  readonly made: Made | undefined;
}

const other = new TextEncoder().encode('Subject: another content\r\n\r\nanother content\r\n');
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

async function bytesOf(item: RestoreItem): Promise<Uint8Array> {
  return item.content === undefined ? new Uint8Array() : wholeOf(item.content());
}

/** The storage turns out to be damaged after the first bytes. */
const breaking = (item: RestoreItem): RestoreItem => ({
  ...item,
  content: async function* () {
    yield (await bytesOf(item)).subarray(0, 5);
    throw new StrataError('restore.item-damaged', 'after-user-action', { item: item.manifest.name });
  },
});
