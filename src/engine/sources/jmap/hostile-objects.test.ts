import { describe, expect, it } from 'vitest';
import { cardOf, EmulatedObjects } from '../../../../test/kit/emulated/jmap-objects.ts';
import type { EmulatedJmapServer, JmapEmulation } from '../../../../test/kit/emulated/jmap-server.ts';
import type { FakeClock } from '../../../../test/kit/fake-clock.ts';
import { type Cursors, method, useEmulatedJmap, type Walked } from '../../../../test/kit/jmap/emulated-account.ts';
import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import { contentBytes, observe, readAll } from '../testing/observation.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { testRun } from '../testing/test-run.ts';

/** All of this is emulated: it shows what our side does, and nothing about any server. */
describe('contacts of an emulated JMAP server that', () => {
  const { start, open, walk } = useEmulatedJmap();
  const three = (type: 'ContactCard' | 'CalendarEvent' = 'ContactCard'): EmulatedObjects => {
    const cards = new EmulatedObjects(type);
    for (const id of ['a', 'b', 'c']) cards.put(id);
    return cards;
  };
  const serving = (cards: EmulatedObjects, more: JmapEmulation = {}) => start(cards.emulation({}, more));
  const keysIn = (found: Walked, path = 'Contacts/HOME') =>
    found
      .get(path)
      ?.sightings.map(({ key }) => key)
      .sort();
  const cursorsOf = (found: Walked): Cursors =>
    new Map([...found.values()].map(({ visit, cursor }) => [visit.folder.key, cursor]));

  /** What is read of one address book: its bytes, or why not. */
  const read = async (server: EmulatedJmapServer, path = 'Contacts/HOME'): Promise<ReadonlyMap<string, string>> => {
    const run = testRun();
    const session = await open(server, { run, limits: { objectBytes: 200 } });
    try {
      const book = (await observe(session, run)).find((folder) => folder.path.join('/') === path);
      const wanted = (book?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
      const found = new Map<string, string>();
      for (const [key, reading] of await readAll(session, book?.visit.folder.key ?? '', wanted, run))
        found.set(key, reading.problem?.code ?? textOf(await contentBytes(reading.content ?? noContent, new NodeFileSystem())));
      return found;
    } finally {
      await session.close();
    }
  };

  it.for([
    ['ContactCard', 'Contacts'],
    ['CalendarEvent', 'Calendars'],
  ] as const)('speaks the standard (%s): they are kept as they are, each wherever it lies', async ([type, folder]) => {
    const cards = three(type);
    cards.put('b', ['home', 'work']);
    const server = await serving(cards);
    const found = await walk(server);
    expect([...found.keys()].filter((path) => path.startsWith(folder))).toEqual([folder, `${folder}/HOME`, `${folder}/WORK`]);
    expect([keysIn(found, `${folder}/HOME`), keysIn(found, `${folder}/WORK`)]).toEqual([['a', 'b', 'c'], ['b']]);
    expect(await read(server, `${folder}/HOME`)).toEqual(new Map(['a', 'b', 'c'].map((id) => [id, cardOf(id)])));
    expect(server.methods.filter((name) => /\/(?!get|query|changes)/.test(name))).toEqual([]);
  });

  describe('tells changes', () => {
    const changed = async (more: JmapEmulation, change: (cards: EmulatedObjects) => void, later = 0) => {
      const cards = three();
      const server = await serving(cards, more);
      const cursors = cursorsOf(await walk(server));
      change(cards);
      server.heard.length = 0;
      const run = testRun();
      await (run.clock as FakeClock).advance(later);
      const book = (await walk(server, cursors, { run })).get('Contacts/HOME');
      const { methods } = server;
      return {
        keys: book?.sightings.map(({ key }) => key).sort(),
        gone: [...(book?.vanished ?? [])].sort(),
        how: book?.visit.scan?.completeness,
        methods,
      };
    };

    it('rightly: they are believed, also of what moved', async () => {
      const found = await changed({}, (cards) => {
        cards.put('a', ['work']);
        cards.put('b', ['home'], cardOf('another'));
        cards.remove('c');
        cards.put('d');
      });
      expect(found).toMatchObject({ keys: ['b', 'd'], gone: ['a', 'c'], how: 'changes' });
    });

    it('not at all, where nothing happened: nothing is asked', async () => {
      const found = await changed({}, () => undefined);
      expect(found).toMatchObject({ keys: [], gone: [], how: 'changes' });
      expect(found.methods.filter((name) => name === 'ContactCard/changes')).toEqual([]);
      expect(found.methods.filter((name) => name === 'ContactCard/get')).toHaveLength(1);
    });

    it('saying that one is destroyed that is there: it is not gone', async () => {
      const lying = method('ContactCard/changes', (usual) => ({ ...usual, destroyed: ['b'] }));
      expect(await changed({ method: lying }, (cards) => cards.put('d'))).toMatchObject({
        keys: ['b', 'd'],
        gone: [],
        how: 'changes',
      });
    });

    it.for([
      ['cannot', { type: 'cannotCalculateChanges' }],
      ['fails', { type: 'serverFail' }],
      ['knows no such state', { type: 'invalidArguments' }],
      ['says it in other types', { oldState: '1', newState: 2, created: [], updated: [], destroyed: [] }],
      ['names what are no ids', { oldState: '1', newState: '2', created: [7], updated: [], destroyed: [] }],
      [
        'goes round in circles',
        { oldState: 's3', newState: 's3', hasMoreChanges: true, created: [], updated: [], destroyed: [] },
      ],
    ] as const)('or %s: all are listed', async ([, answer]) => {
      const found = await changed({ method: method('ContactCard/changes', answer) }, (cards) => cards.remove('c'));
      expect(found).toMatchObject({ keys: ['a', 'b'], how: 'full' });
    });

    it('and says that nothing changed for a week: all are listed', async () => {
      expect(await changed({}, () => undefined, 8 * 86_400_000)).toMatchObject({ keys: ['a', 'b', 'c'], how: 'full' });
    });
  });

  describe('lists', () => {
    it('less at once than it has: in pieces', async () => {
      const cards = new EmulatedObjects();
      for (let n = 0; n < 30; n++) cards.put(`p${n}`);
      const server = await serving(cards, { limits: { maxObjectsInGet: 7 } });
      expect(keysIn(await walk(server))).toHaveLength(30);
    });

    it.for([
      ['fewer than it counts', method('ContactCard/query', (usual) => ({ ...usual, total: 31 }))],
      ['without counting', method('ContactCard/query', (usual) => ({ ...usual, total: null }))],
      ['what it does not find', method('ContactCard/get', (usual, asked) => without('p3', usual, asked))],
      ['others meanwhile, again and again', method('ContactCard/get', (usual, { ids }) => restless(usual, ids))],
    ] as const)('%s, in pieces: it is unreadable, and nothing of it is gone', async ([, answer]) => {
      const cards = new EmulatedObjects();
      for (let n = 0; n < 30; n++) cards.put(`p${n}`);
      const server = await serving(cards, { limits: { maxObjectsInGet: 7 }, method: answer });
      await expect(walk(server)).rejects.toMatchObject({ code: 'folder.unreadable' });
    });

    const row: JsonObject = { id: 'a', addressBookIds: { home: true }, 'cyrusimap.org:blobId': 'v1', 'cyrusimap.org:size': 5 };
    it.for([
      ['no id', { ...row, id: '' }],
      ['half a character for an id', { ...row, id: '\ud800' }],
      ['a path for its bytes', { ...row, 'cyrusimap.org:blobId': '../session' }],
      ['text for its address books', { ...row, addressBookIds: 7 }],
      ['a size below nothing', { ...row, 'cyrusimap.org:size': -1 }],
    ] as const)('one with %s: it is unreadable, and nothing of it is gone', async ([, bad]) => {
      const lying = method('ContactCard/get', (usual, { ids }) => (Array.isArray(ids) ? usual : { ...usual, list: [bad] }));
      await expect(walk(await serving(three(), { method: lying }))).rejects.toMatchObject({ code: 'folder.unreadable' });
    });

    it.for([
      ['no address books', { type: 'serverFail' }],
      ['address books of another type', { state: '1', list: 7 }],
      ['an address book twice', { state: '1', list: [{ id: 'x' }, { id: 'x' }] }],
    ] as const)('%s: contacts are unreadable, and mail is read', async ([, answer]) => {
      const found = await walk(await serving(three(), { method: method('AddressBook/get', answer) }));
      expect(found.get('Contacts')?.visit).toMatchObject({ scan: undefined, problem: { code: 'folder.unreadable' } });
      expect(found.get('inbox')?.sightings).toHaveLength(3);
    });

    it('two of one id: each is kept, and all are listed every time', async () => {
      const twice = method('ContactCard/get', (usual) => ({
        ...usual,
        list: [...((usual['list'] ?? []) as JsonValue[]), ...twins(usual)],
      }));
      const server = await serving(three(), { method: twice });
      const first = await walk(server);
      expect(keysIn(first)).toEqual(['a (v1)', 'a (v77)', 'b', 'c']);
      expect(first.get('Contacts/HOME')?.cursor).toBeUndefined();
    });
  });

  it('hands out no bytes of an event of which it says no size: it is a problem', async () => {
    const server = await serving(three('CalendarEvent'), {
      answer: ({ path }) => (path.includes('/v2/') ? { status: 200, body: '' } : undefined),
    });
    expect((await read(server, 'Calendars/HOME')).get('b')).toBe('item.unreadable');
  });

  describe('hands out one that is', () => {
    it.for([
      ['gone', { status: 404 }, 'item.unreadable'],
      ['shorter than it says', { status: 200, body: cardOf('b').slice(1) }, 'item.unreadable'],
      ['nothing', { status: 200, body: '' }, 'item.unreadable'],
      ['packed though nobody asked', { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' }, 'item.unreadable'],
      ['far longer than it says', { status: 200, body: 'x'.repeat(5000) }, 'item.too-large'],
    ] as const)('%s: it is a problem, and the others are read', async ([, answer, code]) => {
      const server = await serving(three(), { answer: ({ path }) => (path.includes('/v2/') ? answer : undefined) });
      expect([...(await read(server))]).toEqual([
        ['a', cardOf('a')],
        ['b', code],
        ['c', cardOf('c')],
      ]);
    });
  });
});

const noContent = { kind: 'bytes', bytes: new Uint8Array() } as const;
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const without = (id: string, usual: JsonObject, { ids }: JsonObject): JsonObject | undefined =>
  Array.isArray(ids) && ids.length > 0
    ? { ...usual, list: (usual['list'] as JsonObject[]).filter((row) => row['id'] !== id) }
    : undefined;

let ticks = 0;
const restless = (usual: JsonObject, ids: unknown): JsonObject | undefined =>
  Array.isArray(ids) && ids.length === 0 ? { ...usual, state: `t${(ticks += 1)}` } : undefined;

const twins = (usual: JsonObject): JsonValue[] =>
  ((usual['list'] ?? []) as JsonObject[])
    .filter(({ id }) => id === 'a')
    .map((row) => ({ ...row, 'cyrusimap.org:blobId': 'v77' }));
