import { expect, it } from 'vitest';
import { isSameMessage } from './destination-same-message.ts';

const original = 'Received: from a\r\n by b\r\nSubject: minutes\r\nTo: ada@example.org\r\n\r\nbody\r\n\r\nmore\r\n';
const same = (there: string): boolean => isSameMessage(Buffer.from(there), Buffer.from(original));

it.each([
  ['nothing', original],
  ['a field above all others', `X-Scanned: clean\r\n by c\r\n${original}`],
  ['a field among them', original.replace('Subject', 'Return-Path: <x@example.org>\r\nSubject')],
  ['a second field of a name that is there', `Received: from b\r\n${original}`],
  ['a field after all others', original.replace('\r\n\r\nbody', '\r\nX-Status: RO\r\n\r\nbody')],
])('a message is the same with %s added', (_, there) => {
  expect(same(there)).toBe(true);
});

it.each([
  ['another body', original.replace('more', 'less')],
  ['a longer body', `${original}.`],
  ['a field less', original.replace('To: ada@example.org\r\n', '')],
  ['a field changed', original.replace('minutes', 'hours')],
  ['a folded line changed', original.replace('by b', 'by c')],
  ['its fields in another order', original.replace(/(Subject.*\r\n)(To.*\r\n)/, '$2$1')],
  ['nothing at all', ''],
])('a message is another with %s', (_, there) => {
  expect(same(there)).toBe(false);
});
