import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { icns, ico } from './containers.ts';

const picture = (size: number): { size: number; png: Buffer } => ({
  size,
  png: readFileSync(`resources/app/${size}x${size}.png`),
});
const pngMark = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

it('places each picture where Windows’ directory says', () => {
  const file = ico([picture(16), picture(256)]);
  expect(file.readUInt16LE(4)).toBe(2);
  expect([file.readUInt8(6), file.readUInt8(22)]).toEqual([16, 0]);
  for (const at of [6, 22]) {
    const offset = file.readUInt32LE(at + 12);
    expect(file.subarray(offset, offset + 4)).toEqual(pngMark);
    expect(file.readUInt32LE(at + 8)).toBeLessThanOrEqual(file.length - offset);
  }
});

it('tells macOS the length of the whole and of each picture', () => {
  const file = icns([picture(128), picture(512)]);
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  expect(file.toString('latin1', 8, 12)).toBe('ic07');
  const second = 8 + file.readUInt32BE(12);
  expect(file.toString('latin1', second, second + 4)).toBe('ic09');
  expect(file.subarray(second + 8, second + 12)).toEqual(pngMark);
  expect(() => icns([picture(24)])).toThrow('24');
});
