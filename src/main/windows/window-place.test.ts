import { describe, expect, it } from 'vitest';
import { displaysKey, findPlace, noMemory, type Rectangle, rememberPlace } from './window-place.ts';

const laptop: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const screen: Rectangle = { x: 1920, y: 0, width: 2560, height: 1440 };
const onScreen = { bounds: { x: 2000, y: 40, width: 1500, height: 900 }, maximised: true };

describe("the window's place", () => {
  it('is the middle of the first display at the first time', () => {
    expect(findPlace(noMemory, displaysKey([laptop]), [laptop])).toEqual({
      bounds: { x: 280, y: 110, width: 1360, height: 860 },
      maximised: false,
    });
  });

  it('fits into a small display', () => {
    const small = { x: 0, y: 25, width: 1280, height: 775 };
    expect(findPlace(noMemory, 'any', [small]).bounds).toEqual({ x: 0, y: 25, width: 1280, height: 775 });
  });

  it('is remembered for each set of displays, in whatever order the system names them', () => {
    const memory = rememberPlace(noMemory, displaysKey([laptop, screen]), onScreen);
    expect(findPlace(memory, displaysKey([screen, laptop]), [laptop, screen])).toEqual(onScreen);
    expect(findPlace(memory, displaysKey([laptop]), [laptop]).maximised).toBe(false);
  });

  it('is never one that cannot be reached', () => {
    for (const bounds of [
      { x: 1900, y: 40, width: 800, height: 600 },
      { x: -790, y: 40, width: 800, height: 600 },
      { x: 100, y: -30, width: 800, height: 600 },
      { x: 100, y: 1060, width: 800, height: 600 },
    ]) {
      const memory = rememberPlace(noMemory, 'key', { bounds, maximised: false });
      expect(findPlace(memory, 'key', [laptop]).bounds).not.toEqual(bounds);
    }
  });

  it('is forgotten when eight newer sets of displays came', () => {
    let memory = rememberPlace(noMemory, 'first', onScreen);
    for (let n = 0; n < 8; n++) memory = rememberPlace(memory, `n${n}`, onScreen);
    expect(Object.keys(memory.places)).toHaveLength(8);
    expect(memory.places['first']).toBeUndefined();
  });
});
