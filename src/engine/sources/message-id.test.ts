import { expect, it } from 'vitest';
import { messageId } from './message-id.ts';

it.for<[string, string | undefined]>([
  ['Message-ID: <a@b>\r\n\r\nbody', '<a@b>'],
  ['Subject: x\r\nmessage-id:<a@b>\r\n\r\n', '<a@b>'],
  ['MESSAGE-Id:\r\n <a@b>\r\nTo: c\r\n\r\n', '<a@b>'],
  ['Message-ID: <a@b> (comment)\n\nbody', '<a@b>'],
  ['To: c\n\nMessage-ID: <in-the-body@b>\n\r\nmore', undefined],
  ['To: c\n\r\nMessage-ID: <in-the-body@b>\n\nmore', undefined],
  ['Message-ID: <a@b>', '<a@b>'],
  ['Subject: x\r\n\r\nMessage-ID: <in-the-body@b>\r\n', undefined],
  ['Resent-Message-ID: <a@b>\r\n\r\n', undefined],
  ['Message-ID: no-brackets@b\r\n\r\n', undefined],
  ['\r\nMessage-ID: <in-the-body@b>\r\n', undefined],
  ['', undefined],
])('of %j is %s', ([message, id]) => {
  expect(messageId(Buffer.from(message))).toBe(id);
});

it('is looked for in the bytes that were given, not in their neighbours', () => {
  const bytes = Buffer.from('Message-ID: <a@b>\r\n\r\nMessage-ID: <c@d>\r\n\r\n');
  expect(messageId(new Uint8Array(bytes.buffer, bytes.byteOffset + 21, 10))).toBeUndefined();
});
