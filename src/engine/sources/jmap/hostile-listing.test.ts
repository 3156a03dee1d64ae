import { describe, expect, it } from 'vitest';
import { EmulatedMail } from '../../../../test/kit/emulated/jmap-mail.ts';
import type { JmapEmulation } from '../../../../test/kit/emulated/jmap-server.ts';
import { type FakeClock, fakeStartMs } from '../../../../test/kit/fake-clock.ts';
import {
  apiAnswers,
  type Cursors,
  inboxOf,
  isEmpty,
  method,
  three,
  useEmulatedJmap,
  type Walked,
} from '../../../../test/kit/jmap/emulated-account.ts';
import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import { testRun } from '../testing/test-run.ts';

/** All of this is emulated: it shows what our side does, and nothing about any server. */
describe('an emulated JMAP server that', () => {
  const { start, walk } = useEmulatedJmap();

  describe('answers with', () => {
    it.for([
      ['no JSON', { status: 200, body: 'Internal error' }],
      ['nothing', { status: 200, body: '' }],
      ['a list', { status: 200, body: '[]' }],
      ['no responses', { status: 200, body: '{}' }],
      ['responses of another type', { status: 200, body: '{"methodResponses":{"0":1}}' }],
      ['nothing of what was asked', { status: 200, body: '{"methodResponses":[]}' }],
      ['other methods', { status: 200, body: '{"methodResponses":[["Email/set",{},"0"],["Email/set",{},"1"]]}' }],
      ['lists in lists', { status: 200, body: '['.repeat(90_000) }],
      ['packed though nobody asked', { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' }],
      ['an error of the server', { status: 500 }],
    ] as const)('%s: it is a failure of the source, and nothing is gone', async ([, answer]) => {
      const server = await start({ answer: apiAnswers(answer) });
      await expect(walk(server, undefined, { limits: { answerBytes: 100_000 } })).rejects.toMatchObject({
        code: 'source.protocol',
      });
    });

    it('more than is taken into memory: it is a failure of the source', async () => {
      const padded = method('Mailbox/get', (usual) => ({ ...usual, padding: 'x'.repeat(200_000) }));
      const walked = walk(await start({ method: padded }), undefined, { limits: { answerBytes: 100_000 } });
      await expect(walked).rejects.toMatchObject({ code: 'source.protocol', facts: { reason: 'too long' } });
    });

    const mailbox = {
      id: 'm',
      name: 'm',
      parentId: null,
      role: null,
      sortOrder: 1,
      totalEmails: 0,
      myRights: {},
      isSubscribed: true,
    };
    it.for([
      ['no list', { state: '1', list: null }],
      ['no state', { list: [mailbox] }],
      ['a mailbox that is text', { state: '1', list: ['m'] }],
      ['a path for an id', { state: '1', list: [{ ...mailbox, id: '../../etc/passwd' }] }],
      ['no id', { state: '1', list: [{ ...mailbox, id: '' }] }],
      ['a number for a name', { state: '1', list: [{ ...mailbox, name: 5 }] }],
      ['less than none in it', { state: '1', list: [{ ...mailbox, totalEmails: -1 }] }],
      ['more than can be counted', { state: '1', list: [{ ...mailbox, totalEmails: 1e300 }] }],
      ['one twice', { state: '1', list: [mailbox, mailbox] }],
      [
        'a circle',
        {
          state: '1',
          list: [
            { ...mailbox, parentId: 'n' },
            { ...mailbox, id: 'n', parentId: 'm' },
          ],
        },
      ],
      ['itself as its parent', { state: '1', list: [{ ...mailbox, parentId: 'm' }] }],
      ['more than it lists', { type: 'requestTooLarge' }],
      ['no rights to look', { type: 'forbidden' }],
      [
        'too deep',
        { state: '1', list: Array.from({ length: 5000 }, (_, n) => ({ ...mailbox, id: `m${n}`, parentId: `m${n + 1}` })) },
      ],
    ] as const)('mailboxes that are or have %s: nothing is believed', async ([, answer]) => {
      const server = await start({ method: method('Mailbox/get', answer) });
      await expect(walk(server)).rejects.toMatchObject({ code: 'source.protocol' });
    });

    it('mailboxes of the same name, of none, and below one that is not there: each is one of its own', async () => {
      const list = [
        { ...mailbox, name: 'Work' },
        { ...mailbox, id: 'n', name: 'Work' },
        { ...mailbox, id: 'o', name: '' },
        { ...mailbox, id: 'p', name: 'Lost', parentId: 'not-there' },
      ];
      const server = await start({ method: method('Mailbox/get', { state: '1', list }) });
      expect([...(await walk(server)).keys()].sort()).toEqual(['', ' (o)', 'Lost', 'Work (m)', 'Work (n)']);
    });

    const email = { id: 'a', blobId: 'b-a', threadId: 't', mailboxIds: { inbox: true }, keywords: {}, size: 1, receivedAt: null };
    it.for([
      ['a path for an id', { ...email, id: '../a' }],
      ['a path for its bytes', { ...email, blobId: 'b/../../session' }],
      ['text for its mailboxes', { ...email, mailboxIds: 'inbox' }],
      ['a list for its flags', { ...email, keywords: ['$seen'] }],
      ['a size below nothing', { ...email, size: -1 }],
      ['no size', { ...email, size: null }],
    ] as const)('an email with %s: its mailbox is unreadable, and nothing of it is gone', async ([, row]) => {
      const server = await start({
        method: method('Email/get', (_, { ids }) => (isEmpty(ids) ? undefined : { state: '1', list: [row] })),
      });
      await expect(walk(server)).rejects.toMatchObject({ code: 'folder.unreadable' });
    });
  });

  describe('lists', () => {
    it.for([
      ['an email twice', ['a', 'a', 'b', 'c', 'b']],
      ['all it has, whatever it is asked for', ['a', 'b', 'c']],
    ] as const)('%s: each counts once', async ([, ids]) => {
      const mail = three();
      mail.mailboxes.delete('other');
      const answer = method('Email/query', (usual) => ({ ...usual, ids }));
      const server = await start({ mail, method: answer, limits: { maxObjectsInGet: 5 } });
      expect(inboxOf(await walk(server)).keys).toEqual(['a', 'b', 'c']);
    });

    it.for([
      ['fewer than it counts', method('Email/query', (usual) => ({ ...usual, total: 4 }))],
      ['a number without end', method('Email/query', (usual) => ({ ...usual, total: Number.MAX_SAFE_INTEGER }))],
      ['without counting', method('Email/query', (usual) => ({ ...usual, total: null }))],
      ['no ids', method('Email/query', (usual) => ({ ...usual, ids: { a: true } }))],
      ['paths', method('Email/query', (usual) => ({ ...usual, ids: ['../a', 'b', 'c'] }))],
      [
        'what it does not find',
        method('Email/get', (usual, { ids }) =>
          isEmpty(ids) ? undefined : { ...usual, list: (usual['list'] as JsonValue[]).slice(1) },
        ),
      ],
      ['what lies elsewhere', method('Email/query', (usual) => ({ ...usual, ids: ['a', 'b', 'x'], total: 3 }))],
      ['the same again and again', method('Email/query', (usual) => ({ ...usual, ids: ['a'], total: 3 }))],
      ['nothing of the kind', method('Email/query', { type: 'unsupportedFilter' })],
    ] as const)('%s: its mailbox is unreadable, and nothing of it is gone', async ([, answer]) => {
      const mail = three();
      mail.put('x', ['other']);
      const server = await start({ mail, method: answer });
      await expect(walk(server)).rejects.toMatchObject({ code: 'folder.unreadable' });
      expect(server.heard.length).toBeLessThan(60);
    });

    it('step by step, and the email that it stopped at goes in between: all others are listed, without beginning anew', async () => {
      const mail = three();
      for (const id of ['d', 'e', 'f', 'g']) mail.put(id, ['inbox']);
      const anchors: unknown[] = [];
      const server = await start({
        mail,
        limits: { maxObjectsInGet: 2 },
        method: method('Email/query', (_, { anchor }) => {
          // Before the third step: what the second ended with, and one that the first had.
          if (anchors.push(anchor) === 3) for (const id of ['a', 'd']) mail.remove(id);
          return anchors.length === 3 ? { type: 'anchorNotFound' } : undefined;
        }),
      });
      const { keys, completeness } = inboxOf(await walk(server));
      expect([keys, completeness]).toEqual([['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'full']);
      expect(anchors).toEqual([undefined, 'b', 'd', 'c', 'f', 'g', undefined, undefined]);
    });

    it('step by step, and some that it had listed go in between: it goes on to the end, though the number is reached before', async () => {
      const mail = three();
      for (const id of ['d', 'e', 'f', 'g']) mail.put(id, ['inbox']);
      let steps = 0;
      const server = await start({
        mail,
        limits: { maxObjectsInGet: 1 },
        method: method('Email/query', (_, asked) => {
          if ((steps += 1) === 5) for (const id of ['a', 'b']) mail.remove(id);
          return mail.answer('Email/query', asked);
        }),
      });
      expect(inboxOf(await walk(server)).keys).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    });

    it.for([
      ['the place where it stopped has gone', 'abcde', { 3: 'ad', 4: 'c' }, null, ['a', 'b', 'c', 'e']],
      ['more goes while it is counted again', 'abc', { 3: 'ab' }, 2, ['a', 'c']],
    ] as const)(
      'as many as there are now, and not the same, because %s: it does not end there',
      async ([, all, goes, lost, keys]) => {
        const mail = new EmulatedMail();
        for (const id of all) mail.put(id, ['inbox']);
        let steps = 0;
        const answer = method('Email/query', (_, asked) => {
          steps += 1;
          for (const id of (goes as Readonly<Record<number, string>>)[steps] ?? '') mail.remove(id);
          return steps === lost ? { type: 'anchorNotFound' } : mail.answer('Email/query', asked);
        });
        const server = await start({ mail, limits: { maxObjectsInGet: 1 }, method: answer });
        expect(inboxOf(await walk(server)).keys).toEqual(keys);
      },
    );

    it('a mailbox in which somebody is at work: what nobody touched is listed, and each email is told once', async () => {
      const mail = three();
      let times = 0;
      const server = await start({
        mail,
        method: method('Email/get', (_, { ids }) => {
          if (isEmpty(ids) || (times += 1) > 1) return undefined;
          mail.put('0', ['inbox']);
          mail.remove('b');
          return mail.answer('Email/get', { ids: ids as JsonValue });
        }),
      });
      const found = await walk(server);
      expect(inboxOf(found)).toMatchObject({ keys: ['a', 'c'], completeness: 'full' });
      const next = await walk(server, new Map([...found.values()].map(({ visit, cursor }) => [visit.folder.key, cursor])));
      expect(inboxOf(next)).toEqual({ keys: ['0'], vanished: ['b'], completeness: 'changes' });
    });

    it('fewer than there are, while somebody is at work: it is unreadable', async () => {
      const mail = three();
      const server = await start({
        mail,
        method: method('Email/query', (usual) => {
          mail.put('a', ['inbox'], [mail.state]);
          return { ...usual, ids: (usual['ids'] as string[]).filter((id) => id !== 'b') };
        }),
      });
      await expect(walk(server)).rejects.toMatchObject({ code: 'folder.unreadable' });
    });
  });

  describe('tells changes', () => {
    const cursorsOf = (found: Walked): Cursors =>
      new Map([...found.values()].map(({ visit, cursor }) => [visit.folder.key, cursor]));
    const later = async (emulation: JmapEmulation, change: (mail: EmulatedMail) => void = () => undefined) => {
      const mail = three();
      const server = await start({ mail, ...emulation });
      const cursors = cursorsOf(await walk(server));
      change(mail);
      return inboxOf(await walk(server, cursors));
    };
    const happen = (mail: EmulatedMail): void => {
      mail.put('a', ['inbox'], ['$seen']);
      mail.put('b', ['other']);
      mail.remove('c');
      mail.put('d', ['inbox']);
    };

    it('as the standard has it: only those are taken', async () => {
      expect(await later({}, happen)).toEqual({ keys: ['a', 'd'], vanished: ['b', 'c'], completeness: 'changes' });
    });

    it('bit by bit: all of them are taken', async () => {
      const changes = method('Email/changes', (_, { sinceState }) => {
        const bits: Record<string, JsonObject> = {
          '8': { created: ['d'], updated: ['a'], destroyed: [], newState: 'x', hasMoreChanges: true },
          x: { created: [], updated: ['b'], destroyed: ['c'], newState: 'y', hasMoreChanges: false },
        };
        return bits[String(sinceState)] ?? { created: ['d'], updated: ['a'], destroyed: [], newState: 'x', hasMoreChanges: true };
      });
      expect(await later({ method: changes }, happen)).toEqual({
        keys: ['a', 'd'],
        vanished: ['b', 'c'],
        completeness: 'changes',
      });
    });

    it.for([
      ['that it cannot calculate', { type: 'cannotCalculateChanges' }],
      ['since a state that it does not know', { type: 'invalidArguments' }],
      ['that it fails at', { type: 'serverFail' }],
      ['of other types', { created: 'd', updated: null, destroyed: 3, newState: 'x', hasMoreChanges: false }],
      ['that are paths', { created: ['../d'], updated: [], destroyed: [], newState: 'x', hasMoreChanges: false }],
      ['without a state', { created: [], updated: [], destroyed: [], hasMoreChanges: false }],
      ['in a circle', { created: [], updated: [], destroyed: [], newState: 'x', hasMoreChanges: true }],
      [
        'of nothing, though the numbers are others',
        { created: [], updated: [], destroyed: [], newState: 'x', hasMoreChanges: false },
      ],
    ] as const)('%s: everything is listed', async ([, answer]) => {
      const found = await later({ method: method('Email/changes', answer) }, happen);
      expect(found).toEqual({ keys: ['a', 'd'], vanished: [], completeness: 'full' });
    });

    it('more than are asked one by one: everything is listed, and they are not asked', async () => {
      let asked = 0;
      const created = Array.from({ length: 30_000 }, (_, n) => `n${n}`);
      const many: JmapEmulation['method'] = (name, { ids }) => {
        if (name === 'Email/get' && !isEmpty(ids)) asked += 1;
        return name === 'Email/changes'
          ? { created, updated: [], destroyed: [], newState: 'x', hasMoreChanges: false }
          : undefined;
      };
      expect((await later({ method: many }, happen)).completeness).toBe('full');
      expect(asked).toBeLessThan(5);
    });

    it('of one that went and is there again under its name: it is there', async () => {
      const changes = { created: ['a'], updated: [], destroyed: ['a'], newState: 'x', hasMoreChanges: false };
      const again = (mail: EmulatedMail): void => mail.put('a', ['inbox']);
      expect(await later({ method: method('Email/changes', changes) }, again)).toEqual({
        ...{ keys: ['a'], vanished: [], completeness: 'changes' },
      });
    });

    it('with ever new states and never an end: it is given up', async () => {
      let n = 0;
      const changes = method('Email/changes', () => ({
        ...{ created: [], updated: [], destroyed: [], newState: `s${(n += 1)}`, hasMoreChanges: true },
      }));
      expect((await later({ method: changes }, happen)).completeness).toBe('full');
      expect(n).toBeLessThanOrEqual(1001);
    });

    it('of another account under the same address: everything is listed', async () => {
      const server = await start();
      const cursors: Cursors = new Map([['inbox', { account: 'bert', state: '6', emails: 3, listedAtMs: fakeStartMs }]]);
      expect(inboxOf(await walk(server, cursors)).completeness).toBe('full');
    });

    it('for a week: then everything is listed once, whatever it says', async () => {
      const server = await start();
      const run = testRun();
      const cursors = cursorsOf(await walk(server, undefined, { run }));
      expect(inboxOf(await walk(server, cursors, { run })).completeness).toBe('changes');
      await (run.clock as FakeClock).advance(8 * 86_400_000);
      expect(inboxOf(await walk(server, cursors, { run })).completeness).toBe('full');
    });
  });
});
