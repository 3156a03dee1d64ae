import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson, type JsonObject, type JsonValue } from '../../../shared/domain/json.ts';
import { Cancelled } from '../../../shared/domain/strata-error.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { noCursors, type Sighting, type Source, type SourceSession } from '../source.ts';
import { asStored, contentBytes, observe, type ObservedFolder, readAll } from './observation.ts';
import { type TestRun, testRun } from './test-run.ts';

/** A place of the kind that the source reads, filled and changed by means that have nothing to do with the source. */
export interface SourceWorld {
  readonly source: Source;
  /** False where any change may be one of the content, so that it is read again after each. */
  readonly knowsContentApart?: boolean;
  /** Folders do not lie in one another. */
  readonly isFlat?: true;
  /** True where a session that is open goes on giving what was removed since its walk, as RFC 2180 lets a mail server do. */
  readonly givesWhatWent?: boolean;
  /** Folder names as the source will show them, from the root down. Parents are made, too. */
  addFolder(path: readonly string[]): Promise<void>;
  /** A new item; `n` makes it different from others. */
  addItem(folder: readonly string[], n: number): Promise<PlantedItem>;
  /** Everything that a careless reader could change at the source (flags, times, names), as text. */
  fingerprint(): Promise<string>;
  close(): Promise<void>;
}

export interface PlantedItem {
  /** What reading must give back. */
  readonly bytes: Uint8Array;
  /** Something beside the content: a flag, a mode. Absent where there is nothing but the content. */
  changeMetadata?(): Promise<void>;
  remove(): Promise<void>;
  /** Absent where items never change. Returns the new bytes. */
  changeContent?(): Promise<Uint8Array>;
  /** Absent where an item that moves cannot be recognised. */
  move?(folder: readonly string[]): Promise<void>;
}

interface SeenItem {
  readonly folder: readonly string[];
  readonly sighting: Sighting;
  readonly metadata: JsonObject;
}

/** What every source promises (`source.ts`). `makeWorld` gives a new, empty world each time. */
export function sourceSuite(name: string, makeWorld: () => Promise<SourceWorld>): void {
  describe(`a source: ${name}`, () => {
    const files = new NodeFileSystem();
    let place: readonly string[];
    let world: SourceWorld;
    let run: TestRun;
    const open: SourceSession[] = [];

    beforeEach(async () => {
      run = testRun();
      world = await makeWorld();
      place = world.isFlat === true ? ['Projects'] : ['Work', 'Projects'];
      if (world.isFlat === true) await world.addFolder(['Work']);
      await world.addFolder(place);
    });
    afterEach(async () => {
      for (const session of open.splice(0)) await session.close();
      await world.close();
    });

    const session = async (): Promise<SourceSession> => {
      const opened = await world.source.open(run);
      open.push(opened);
      return opened;
    };
    const walk = async (): Promise<ObservedFolder[]> => observe(await session(), run);
    const sightings = (folders: readonly ObservedFolder[]): Map<string, Sighting> =>
      new Map(folders.flatMap(({ path, sightings: all }) => all.map((one) => [JSON.stringify([path, one.key]), one])));

    /** Everything with its bytes (as text) for a name. */
    const readWorld = async (): Promise<Map<string, SeenItem>> => {
      const opened = await session();
      const seen = new Map<string, SeenItem>();
      for (const { visit, path, sightings: all } of await observe(opened, run)) {
        const wanted = all.map((sighting) => ({ sighting, need: 'content' as const }));
        for (const [key, reading] of await readAll(opened, visit.folder.key, wanted, run)) {
          const sighting = all.find((one) => one.key === key);
          if (reading.content === undefined || sighting === undefined) continue;
          const bytes = await contentBytes(reading.content, files);
          seen.set(text(bytes), { folder: path, sighting, metadata: asStored(reading, files).metadata });
        }
      }
      return seen;
    };
    const find = async (bytes: Uint8Array): Promise<SeenItem> => {
      const found = (await readWorld()).get(text(bytes));
      if (found === undefined) throw new Error('the item was not found by its bytes');
      return found;
    };

    it('shows every folder, the root first and parents before children', async () => {
      await world.addFolder([...place.slice(0, -1), 'Empty']);
      const paths = (await walk()).map(({ path }) => path.join('/'));
      expect(paths[0]).toBe('');
      expect(paths).toEqual(expect.arrayContaining(['Work', place.join('/'), [...place.slice(0, -1), 'Empty'].join('/')]));
    });

    it('gives back every item with exactly its bytes, in its folder', async () => {
      const planted = await Promise.all([1, 2, 3].map((n) => world.addItem(place, n)));
      const other = await world.addItem(['Work'], 4);
      const seen = await readWorld();
      for (const { bytes } of planted) expect(seen.get(text(bytes))?.folder).toEqual(place);
      expect(seen.get(text(other.bytes))?.folder).toEqual(['Work']);
      expect(seen.size).toBe(4);
    });

    it('names the size before reading', async () => {
      const { bytes } = await world.addItem(place, 1);
      expect((await find(bytes)).sighting.sizeBytes).toBe(bytes.length);
    });

    it('reads what waited packed, as there is too much to wait as objects', async () => {
      const { bytes } = await world.addItem(place, 1);
      const opened = await session();
      const folder = (await observe(opened, run)).find(({ sightings: all }) => all.length > 0);
      const packed = JSON.parse(JSON.stringify(folder?.sightings)) as Sighting[];
      const wanted = packed.map((sighting) => ({ sighting, need: 'content' as const }));
      const [reading] = [...(await readAll(opened, folder?.visit.folder.key ?? '', wanted, run)).values()];
      expect(reading?.problem).toBeUndefined();
      expect(reading?.content === undefined ? undefined : text(await contentBytes(reading.content, files))).toBe(text(bytes));
    });

    it('says the same of what did not change', async () => {
      await world.addItem(place, 1);
      await world.addItem(place, 2);
      expect(sightings(await walk())).toEqual(sightings(await walk()));
    });

    it('takes an empty folder for complete', async () => {
      const empty = (await walk()).find(({ path }) => path.join('/') === place.join('/'));
      expect(empty?.sightings).toEqual([]);
      expect(empty?.visit.scan?.completeness).toBe('full');
    });

    it('tells a change of metadata from one of the content', async () => {
      const planted = await world.addItem(place, 1);
      const before = await find(planted.bytes);
      if (planted.changeMetadata === undefined) return;
      await planted.changeMetadata();
      const after = await find(planted.bytes);
      expect(after.sighting.key).toBe(before.sighting.key);
      if (world.knowsContentApart !== false) expect(after.sighting.contentRevision).toBe(before.sighting.contentRevision);
      expect(after.sighting.metadataRevision).not.toBe(before.sighting.metadataRevision);
      expect(canonicalJson(after.metadata)).not.toBe(canonicalJson(before.metadata));
    });

    it('notices new content', async () => {
      const planted = await world.addItem(place, 1);
      const before = await find(planted.bytes);
      const bytes = await planted.changeContent?.();
      if (bytes === undefined) return;
      const after = await find(bytes);
      expect(after.sighting.key).toBe(before.sighting.key);
      expect(after.sighting.contentRevision).not.toBe(before.sighting.contentRevision);
    });

    it('recognises what moved', async () => {
      const planted = await world.addItem(place, 1);
      const before = await find(planted.bytes);
      await planted.move?.(['Work']);
      if (planted.move === undefined) return;
      const after = await find(planted.bytes);
      expect(after.folder).toEqual(['Work']);
      expect(after.sighting.identity).toBeDefined();
      expect(after.sighting.identity).toBe(before.sighting.identity);
      if (world.knowsContentApart !== false) expect(after.sighting.contentRevision).toBe(before.sighting.contentRevision);
    });

    it('lets go of what was removed, with the cursors of the last walk and without', async () => {
      const [kept, removed] = [await world.addItem(place, 1), await world.addItem(place, 2)];
      const { key: keptKey } = (await find(kept.bytes)).sighting;
      const { key: removedKey } = (await find(removed.bytes)).sighting;
      const cursors = cursorsOf(await walk());
      await removed.remove();
      const later = async (known = noCursors): Promise<ObservedFolder | undefined> =>
        (await observe(await session(), run, known)).find(({ path }) => path.join('/') === place.join('/'));
      const fresh = await later();
      expect(fresh?.sightings.map(({ key }) => key)).toEqual([keptKey]);
      const continued = await later({ cursor: (key) => cursors.get(key) });
      if (continued?.visit.scan?.completeness === 'changes') expect(continued.vanished).toEqual([removedKey]);
      else expect(continued?.sightings.map(({ key }) => key)).toEqual([keptKey]);
    });

    it('answers for an item that is gone with a problem, and reads the others', async () => {
      const [kept, removed] = [await world.addItem(place, 1), await world.addItem(place, 2)];
      const opened = await session();
      const folder = (await observe(opened, run)).find(({ path }) => path.join('/') === place.join('/'));
      const wanted = (folder?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
      await removed.remove();
      const read = [...(await readAll(opened, folder?.visit.folder.key ?? '', wanted, run)).values()];
      const answers = read.map((reading) => asStored(reading, files));
      const problems = answers.filter(({ problem }) => problem !== undefined);
      const contents = answers.flatMap(({ content }) => content ?? []);
      const bytes = await Promise.all(contents.map(async (content) => text(await contentBytes(content, files))));
      expect(problems).toHaveLength(world.givesWhatWent === true ? 0 : 1);
      expect(bytes).toEqual(world.givesWhatWent === true ? [text(kept.bytes), text(removed.bytes)] : [text(kept.bytes)]);
    });

    it('reads metadata alone, and those of the folder itself', async () => {
      const planted = await world.addItem(place, 1);
      const whole = await find(planted.bytes);
      const opened = await session();
      const folder = (await observe(opened, run)).find(({ path }) => path.join('/') === place.join('/'));
      if (folder === undefined) throw new Error('the folder is not there');
      const { visit } = folder;
      const wanted = [...folder.sightings, visit.folder].map((sighting) => ({ sighting, need: 'metadata' as const }));
      const answers = await readAll(opened, visit.folder.key, wanted, run);
      const reading = answers.get(whole.sighting.key);
      expect(reading?.content).toBeUndefined();
      expect(canonicalJson(reading?.metadata ?? null)).toBe(canonicalJson(whole.metadata));
      expect(answers.get(visit.folder.key)?.problem).toBeUndefined();
    });

    it('changes nothing at the source', async () => {
      for (const n of [1, 2, 3]) await world.addItem(place, n);
      const before = await world.fingerprint();
      await readWorld();
      await (await session()).folders(undefined, run);
      expect(await world.fingerprint()).toBe(before);
    });

    it('shows its folders to a person', async () => {
      const opened = await session();
      const names = (await opened.folders(undefined, run)).map(({ name: shown }) => shown);
      expect(names).toContain('Projects');
    });

    it('stops when it is cancelled', async () => {
      await world.addItem(place, 1);
      const opened = await session();
      run.stop();
      await expect(observe(opened, run)).rejects.toBeInstanceOf(Cancelled);
    });

    it('can be closed twice', async () => {
      const opened = await session();
      await opened.close();
      await expect(opened.close()).resolves.toBeUndefined();
    });
  });
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const cursorsOf = (folders: readonly ObservedFolder[]): Map<string, JsonValue> =>
  new Map(folders.flatMap(({ visit, cursor }) => (cursor === undefined ? [] : [[visit.folder.key, cursor] as const])));
