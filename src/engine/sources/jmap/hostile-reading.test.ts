import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../../test/kit/emulated/jmap-mail.ts';
import type { JmapAnswer, JmapEmulation } from '../../../../test/kit/emulated/jmap-server.ts';
import { method, useEmulatedJmap } from '../../../../test/kit/jmap/emulated-account.ts';

/** All of this is emulated: it shows what our side does, and nothing about any server. */
describe('an emulated JMAP server that', () => {
  const { start, read } = useEmulatedJmap();

  describe.each([
    ['whole', 1024 * 1024],
    ['as a stream', 10],
  ])('hands out messages %s', (_, streamAbove) => {
    const forB =
      (answer: JmapAnswer): NonNullable<JmapEmulation['answer']> =>
      ({ path }) =>
        path.includes('/b-b/') ? answer : undefined;

    it('as they are', async () => {
      const found = await read(await start(), { streamAbove });
      expect([...found]).toEqual(['a', 'b', 'c'].map((id) => [id, messageOf(id)]));
    });

    it.for([
      ['gone', { status: 404 }],
      ['forbidden', { status: 403 }],
      ['broken', { status: 500 }],
      ['packed though nobody asked', { status: 200, headers: { 'content-encoding': 'gzip' }, body: messageOf('b') }],
      ['shorter than it says', { status: 200, body: messageOf('b').slice(1) }],
      ['longer than it says', { status: 200, body: `${messageOf('b')}x` }],
      ['nothing', { status: 200, body: '' }],
      ['far longer than it says', { status: 200, headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(3_000_000) }],
    ] as const)('of which one is %s: it is a problem, and the others are read', async ([, answer]) => {
      const found = await read(await start({ answer: forB(answer) }), { streamAbove });
      expect([...found]).toEqual([
        ['a', messageOf('a')],
        ['b', 'item.unreadable'],
        ['c', messageOf('c')],
      ]);
    });

    it('of which one never ends: it is a problem, and the others are read', async () => {
      const endless: JmapEmulation['answer'] = ({ path }, response) => {
        if (!path.includes('/b-b/')) return undefined;
        response.writeHead(200);
        const writing = setInterval(() => response.write('x'.repeat(1000)), 1);
        response.on('close', () => clearInterval(writing));
        return 'taken';
      };
      const found = await read(await start({ answer: endless }), { streamAbove });
      expect([...found.keys(), found.get('b')]).toEqual(['a', 'b', 'c', 'item.unreadable']);
    });
  });

  describe('cannot say the headers of an email', () => {
    it.for([
      ['at all', { type: 'serverFail' }],
      ['in the right types', { state: '1', list: [{ id: 'a', headers: 'Subject: x' }] }],
      ['without losing one', { state: '1', list: ['a', 'b', 'c'].map((id) => ({ id, headers: [{ name: 'To', value: ' x' }] })) }],
      ['in UTF-8', { state: '1', list: ['a', 'b', 'c'].map((id) => ({ id, headers: [{ name: 'Subject', value: ' \ufffd' }] })) }],
    ] as const)('%s: the message itself is asked', async ([, answer]) => {
      const headers = method('Email/get', (_, { properties }) =>
        (properties as readonly string[] | undefined)?.includes('headers') === true ? answer : undefined,
      );
      expect([...(await read(await start({ method: headers }), {}, 'metadata'))]).toEqual([
        ['a', 'a'],
        ['b', 'b'],
        ['c', 'c'],
      ]);
    });
  });
});
