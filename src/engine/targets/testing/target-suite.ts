import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenFile, Target } from '../target.ts';

/** What each kind of place must pass. `open` opens the same place anew, as after a restart; `dispose` ends it. */
export interface PlaceUnderTest {
  open(): Target;
  dispose?(): void;
}

const bytes = (length: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + seed * 17 + (at >> 8)) & 255);

const nobodyElse = (): void => undefined;

export function targetSuite(kind: string, makePlace: () => PlaceUnderTest): void {
  describe(`a target of the kind ${kind}`, () => {
    let place: PlaceUnderTest;
    let target: Target;
    beforeEach(() => {
      place = makePlace();
      target = place.open();
      target.prepare();
    });
    afterEach(() => place.dispose?.());

    it('refuses to prepare a place that holds anything, and may be asked twice before it does', () => {
      place.open().prepare();
      target.put('a', bytes(1));
      expect(() => place.open().prepare()).toThrow(expect.objectContaining({ code: 'storage.not-empty' }));
    });

    it('gives back what was put, also to another opening', () => {
      target.put('keys/a.key', bytes(5000));
      target.put('empty', bytes(0));
      const again = place.open();
      expect(again.read('keys/a.key')).toEqual(bytes(5000));
      expect(again.read('empty').length).toBe(0);
      expect(again.size('keys/a.key')).toBe(5000);
      expect(again.size('keys/b.key')).toBeUndefined();
      expect(again.size('keys')).toBeUndefined();
    });

    it('reads ranges exactly, or says that the file is too short', () => {
      target.put('a', bytes(1000));
      expect(target.readRange('a', 100, 200)).toEqual(bytes(1000).subarray(100, 300));
      expect(target.readRange('a', 1000, 0).length).toBe(0);
      expect(() => target.readRange('a', 900, 101)).toThrow(expect.objectContaining({ code: 'storage.record-damaged' }));
      expect(() => target.readRange('a', 2000, 1)).toThrow(expect.objectContaining({ code: 'storage.record-damaged' }));
    });

    it('reads a file whole from where it lies', () => {
      target.put('a', bytes(5000));
      const read = (name: string, offset: number, length: number): Uint8Array =>
        target.readCold(name, (file) => {
          const into = new Uint8Array(length);
          file.fill(into, offset);
          return into;
        });
      expect(target.readCold('a', ({ sizeBytes }) => sizeBytes)).toBe(5000);
      expect(read('a', 0, 5000)).toEqual(bytes(5000));
      expect(read('a', 4000, 1000)).toEqual(bytes(5000).subarray(4000));
      expect(() => read('a', 4000, 1001)).toThrow(expect.objectContaining({ code: 'storage.record-damaged' }));
      target.put('empty', bytes(0));
      expect(target.readCold('empty', ({ sizeBytes }) => sizeBytes)).toBe(0);
    });

    it('says that what is not there is missing', () => {
      expect(() => target.readCold('none', () => undefined)).toThrow(expect.objectContaining({ code: 'path.missing' }));
      expect(() => target.read('none')).toThrow(expect.objectContaining({ code: 'path.missing' }));
      expect(() => target.readRange('packs/aa/none', 0, 1)).toThrow(expect.objectContaining({ code: 'path.missing' }));
    });

    it('never replaces', () => {
      target.put('a', bytes(10, 1));
      target.put('a', bytes(10, 2));
      expect(target.read('a')).toEqual(bytes(10, 1));
    });

    it('lets one of two win a name', () => {
      const other = place.open();
      expect(target.putExclusive('locks/a', bytes(10, 1))).toBe(true);
      expect(other.putExclusive('locks/a', bytes(10, 2))).toBe(false);
      expect(other.read('locks/a')).toEqual(bytes(10, 1));
      other.remove('locks/a');
      expect(target.putExclusive('locks/a', bytes(10, 3))).toBe(true);
    });

    it('overwrites what may be lost', () => {
      target.put('locks/a', bytes(10, 1));
      target.overwrite('locks/a', bytes(20, 2));
      expect(target.read('locks/a')).toEqual(bytes(20, 2));
    });

    it('removes, and finds nothing wrong with removing twice', () => {
      target.put('locks/a', bytes(1));
      target.remove('locks/a');
      target.remove('locks/a');
      expect(target.size('locks/a')).toBeUndefined();
    });

    it('frees the room of a file, and finds nothing wrong with doing that twice', () => {
      target.put('trash/a', bytes(1));
      target.free('trash/a');
      target.free('trash/a');
      target.free('nowhere/b');
      expect(target.size('trash/a')).toBeUndefined();
    });

    it('moves a file to another folder, also when that was done before, by half or whole', () => {
      target.put('packs/aa/1.pack', bytes(100));
      target.move('packs/aa/1.pack', 'trash/2026-01-01-7/1.pack');
      target.move('packs/aa/1.pack', 'trash/2026-01-01-7/1.pack');
      expect(target.list('packs')).toEqual([]);
      expect(place.open().read('trash/2026-01-01-7/1.pack')).toEqual(bytes(100));
      target.put('packs/aa/1.pack', bytes(100));
      target.move('packs/aa/1.pack', 'trash/2026-01-01-7/1.pack');
      expect(target.list('')).toEqual(['trash/2026-01-01-7/1.pack']);
    });

    it('says that what it should move is missing', () => {
      expect(() => target.move('packs/aa/1.pack', 'trash/a/1.pack')).toThrow(expect.objectContaining({ code: 'path.missing' }));
    });

    it('lists all below a directory, in order, and nothing of a directory that is not there', () => {
      target.put('packs/bb/2.pack', bytes(2));
      target.put('packs/aa/1.pack', bytes(1));
      target.put('commits/3.commit', bytes(3));
      expect(target.list('packs')).toEqual(['packs/aa/1.pack', 'packs/bb/2.pack']);
      expect(target.list('quarantine')).toEqual([]);
      expect(target.list('')).toContain('commits/3.commit');
    });

    it('gives a file its name when it is sealed, and not before', async () => {
      const file = target.begin();
      for (let part = 0; part < 10; part++) file.append(bytes(1000, part));
      expect(target.list('packs')).toEqual([]);
      await file.seal('packs/ab/x.pack');
      const whole = target.read('packs/ab/x.pack');
      expect(whole.length).toBe(10_000);
      expect(whole.subarray(3000, 4000)).toEqual(bytes(1000, 3));
      expect(target.list('tmp')).toEqual([]);
    });

    it('sealing under a name that is there keeps the first, and leaves nothing behind', async () => {
      const first = target.begin();
      const second = target.begin();
      first.append(bytes(100));
      second.append(bytes(100));
      await Promise.all([first.seal('packs/ab/x.pack'), second.seal('packs/ab/x.pack')]);
      expect(target.read('packs/ab/x.pack')).toEqual(bytes(100));
      expect(target.list('tmp')).toEqual([]);
    });

    it('takes back what was not sealed', () => {
      const file = target.begin();
      file.append(bytes(1000));
      file.abandon();
      file.abandon();
      expect(target.list('tmp')).toEqual([]);
    });

    it('clears what earlier runs left unfinished, and nothing else', () => {
      target.begin().append(bytes(10));
      target.begin().append(bytes(10));
      target.put('a', bytes(1));
      expect(place.open().clearUnfinished(nobodyElse)).toBe(2);
      expect(target.clearUnfinished(nobodyElse)).toBe(0);
      expect(target.read('a')).toEqual(bytes(1));
    });

    it('clears nothing that somebody else began after it had looked', async () => {
      target.begin().append(bytes(10));
      const other = place.open();
      const begun: OpenFile[] = [];
      const asking = (): void => {
        const file = other.begin();
        file.append(bytes(3));
        begun.push(file);
      };
      expect(target.clearUnfinished(asking)).toBe(1);
      await begun[0]?.seal('theirs');
      expect(target.read('theirs')).toEqual(bytes(3));
    });

    it('clears nothing where it is not alone any more', async () => {
      const file = target.begin();
      file.append(bytes(10));
      const lost = new Error('not alone');
      expect(() =>
        place.open().clearUnfinished(() => {
          throw lost;
        }),
      ).toThrow(lost);
      await file.seal('ours');
      expect(target.read('ours')).toEqual(bytes(10));
    });

    it.each(['', '/', '..', '../a', 'a/../b', '.', 'a//b', '/a', 'a/', 'a\\b', 'a\0', 'ä', 'a b'])(
      'refuses the name %j',
      (name) => {
        expect(() => target.put(name, bytes(1))).toThrow();
        expect(() => target.read(name)).toThrow();
        expect(() => target.remove(name)).toThrow();
      },
    );

    it('knows its space', () => {
      const { freeBytes, totalBytes } = target.space();
      expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
      expect(freeBytes).toBeGreaterThan(0);
    });
  });
}
