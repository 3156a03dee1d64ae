import { expect, it } from 'vitest';
import { madeItem } from '../sources/testing/capture.ts';
import { writtenForm } from './chosen.ts';
import { isLeftOut, lacking } from './without.ts';

const message = madeItem({
  name: '1',
  kind: 'message',
  metadata: { flags: ['\\Seen'], keywords: ['todo'], internalDate: '2026-01-01T00:00:00Z' },
}).manifest;
const file = (type: string, mode: number) =>
  madeItem({
    name: 'a',
    metadata: { type, mode, uid: 4321, gid: 4321, owner: 'nobody', group: 'nogroup', modifyNs: '5', attributes: { a: 'Yg==' } },
  }).manifest;

it('a message without marks is unread, and keeps its date', () => {
  expect(lacking(message, ['marks']).metadata).toEqual({ flags: [], keywords: [], internalDate: '2026-01-01T00:00:00Z' });
  expect(writtenForm(message, { without: ['marks'], tag: 'back' }).metadata).toMatchObject({ flags: [], keywords: ['back'] });
});

it('a file without its owner is as if whoever restores had made it, and runs if it ran', () => {
  const own = { uid: process.getuid?.(), gid: process.getgid?.() };
  expect(lacking(file('file', 0o4750), ['owners']).metadata).toEqual({ type: 'file', mode: 0o755, ...own, modifyNs: '5' });
  expect(lacking(file('file', 0o600), ['owners']).metadata).toMatchObject({ mode: 0o644 });
  expect(lacking(file('directory', 0o700), ['owners']).metadata).toMatchObject({ mode: 0o755 });
});

it('nothing else is taken from anything', () => {
  expect(lacking(message, ['owners', 'items'])).toEqual(message);
  const secret = file('file', 0o600);
  expect(lacking(secret, ['marks'])).toEqual(secret);
  const calendar = madeItem({ name: 'c', kind: 'folder', metadata: { color: '#ff0000' } }).manifest;
  expect(lacking(calendar, ['owners', 'marks'])).toEqual(calendar);
});

it('without items only folders are left', () => {
  const folder = madeItem({ name: 'f', kind: 'folder' }).manifest;
  expect([message, file('file', 0o600), folder].map((one) => isLeftOut(one, ['items']))).toEqual([true, true, false]);
  expect(isLeftOut(message, ['marks'])).toBe(false);
});
