import { expect, it } from 'vitest';
import { madeItem } from '../sources/testing/capture.ts';
import { tagged, undeleted } from './chosen.ts';

const message = madeItem({
  name: '1',
  kind: 'message',
  metadata: { flags: ['\\Deleted', '\\Seen'], keywords: ['todo', 'back'] },
}).manifest;

it('a message that vanished comes back without the mark for deleting, and with a keyword once', () => {
  expect(undeleted(message, undefined).metadata).toEqual({ flags: ['\\Seen'], keywords: ['todo', 'back'] });
  expect(undeleted(message, 'back').metadata).toEqual({ flags: ['\\Seen'], keywords: ['todo', 'back'] });
  expect(tagged(message, 'new').metadata).toEqual({ flags: ['\\Deleted', '\\Seen'], keywords: ['todo', 'back', 'new'] });
});

it('nothing but messages has keywords', () => {
  const file = madeItem({ name: 'a', metadata: { flags: ['\\Deleted'] } }).manifest;
  expect(undeleted(file, 'back')).toEqual(file);
});
