import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/shared/domain/json.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { type Reading, type Sighting, type SourceSession, type Wanted } from '../../src/engine/sources/source.ts';
import { contentBytes, observe, type ObservedFolder, readAll } from '../../src/engine/sources/testing/observation.ts';
import { type PlantedItem, sourceSuite } from '../../src/engine/sources/testing/source-suite.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { notLooking } from '../kit/looking-commands.ts';
import { withMailServers } from '../kit/use-mail-servers.ts';
import { largeMessage, oddMessages, plainMessage } from '../kit/test-messages.ts';

withMailServers('an IMAP account', (server) => {
  sourceSuite('IMAP', async () => {
    const user = await server().newUser();
    const mailbox = await server().mailbox(user);
    const pathOf = (folder: readonly string[]): string => folder.join('/');
    return {
      source: imapSource(server().settings(user, 'none'), server().credential),
      addFolder: async (folder) => {
        for (let depth = 1; depth <= folder.length; depth++) await mailbox.create(pathOf(folder.slice(0, depth)));
      },
      addItem: async (folder, n): Promise<PlantedItem> => {
        const bytes = plainMessage(n);
        const uid = String(await mailbox.append(pathOf(folder), bytes));
        return {
          bytes,
          changeMetadata: () => mailbox.flag(pathOf(folder), uid, ['\\Flagged', '$Work']),
          remove: () => mailbox.expunge(pathOf(folder), uid),
        };
      },
      givesWhatWent: server().name === 'Cyrus',
      fingerprint: () => mailbox.fingerprint(),
      close: () => mailbox.close(),
    };
  });

  describe('backing up', () => {
    const files = new NodeFileSystem();
    const run = { ...testRun(), clock: systemClock };
    let user: string;
    let mailbox: TestMailbox;

    beforeEach(async () => {
      user = await server().newUser();
      mailbox = await server().mailbox(user);
      return () => mailbox.close();
    });

    const withSession = async <T>(
      action: (session: SourceSession) => Promise<T>,
      exclude: readonly string[] = [],
    ): Promise<T> => {
      const session = await imapSource(server().settings(user, 'none', { exclude }), server().credential).open(run);
      try {
        return await action(session);
      } finally {
        await session.close();
      }
    };
    const walk = (cursors: ReadonlyMap<string, JsonValue> = new Map()): Promise<Map<string, ObservedFolder>> =>
      withSession(async (session) => byPath(await observe(session, run, { cursor: (key) => cursors.get(key) })));
    const readFolder = (folder: string): Promise<Reading[]> =>
      withSession(async (session) => {
        const found = byPath(await observe(session, run)).get(folder);
        return [...(await readAll(session, folder, content(found?.sightings ?? []), run)).values()];
      });
    const bytesOf = async (reading: Reading): Promise<Uint8Array> =>
      reading.content === undefined ? new Uint8Array() : contentBytes(reading.content, files);

    it.for(Object.entries(oddMessages))('keeps a message with %s exactly as it is', async ([, bytes]) => {
      await mailbox.append('INBOX', bytes);
      const [reading] = await readFolder('INBOX');
      expect(reading?.problem).toBeUndefined();
      expect(Buffer.from(await bytesOf(reading as Reading)).equals(bytes)).toBe(true);
    });

    it('keeps messages of every size exactly as they are, whole or in steps', async () => {
      const mib = 1024 * 1024;
      const sizes = [4 * mib, 4 * mib + 1, 5 * mib, 8 * mib, 10 * mib];
      const messages = sizes.map((size, n) => largeMessage(n, size));
      for (const bytes of messages) await mailbox.append('INBOX', bytes);
      await withSession(async (session) => {
        const inbox = byPath(await observe(session, run)).get('INBOX');
        let at = 0;
        for await (const reading of session.read('INBOX', content(inbox?.sightings ?? []), run)) {
          const bytes = Buffer.from(await bytesOf(reading));
          expect([reading.content?.kind, bytes.length]).toEqual([sizes[at] === 4 * mib ? 'bytes' : 'stream', sizes[at]]);
          expect(bytes.equals(messages[at] as Uint8Array)).toBe(true);
          at += 1;
        }
        expect(at).toBe(sizes.length);
      });
    });

    it('keeps flags, keywords, the date on which a message came, and its Message-ID', async () => {
      const date = new Date('2019-05-06T07:08:09Z');
      await mailbox.append('INBOX', plainMessage(1), ['\\Seen', '\\Answered', '$Forwarded', 'zebra', 'Apple'], date);
      const [reading] = await readFolder('INBOX');
      expect(reading?.metadata).toMatchObject({
        flags: ['\\Answered', '\\Seen'],
        keywords: ['$Forwarded', 'Apple', 'zebra'],
        internalDate: date.toISOString(),
        messageId: '<message-1@example.org>',
        uid: 1,
        size: plainMessage(1).length,
      });
      expect(reading?.summary).toMatchObject({ title: 'Message 1', from: 'Ada <ada@example.org>' });
    });

    it('shows folders with any name, however deep, with what they are for', async () => {
      // Cyrus takes no such names.
      const oddest = server().name === 'Cyrus' ? [] : ['with "quotes" and \\', '100%*'];
      for (const name of ['Tést', '日本語/ümlaut & (x)', 'a/b/c/d', ...oddest]) await mailbox.create(name);
      await mailbox.append('日本語/ümlaut & (x)', plainMessage(1));
      await mailbox.unsubscribe('Tést');
      const folders = await walk();
      expect([...folders.keys()]).toEqual(
        expect.arrayContaining(['Tést', '日本語/ümlaut & (x)', 'a', 'a/b', 'a/b/c/d', ...oddest, 'Sent']),
      );
      expect(folders.get('日本語/ümlaut & (x)')?.sightings).toHaveLength(1);
      const revision = (path: string): unknown => JSON.parse(folders.get(path)?.visit.folder.metadataRevision ?? '{}');
      expect(revision('Sent')).toMatchObject({ path: 'Sent', delimiter: '/', specialUse: '\\Sent', subscribed: true });
      expect(revision('Tést')).toMatchObject({ subscribed: false, specialUse: null });
    });

    it('leaves out what was excluded, with all that is below', async () => {
      for (const name of ['Keep', 'Archive/2019/May', 'Archive-2']) await mailbox.create(name);
      const { seen, shown } = await withSession(
        async (session) => ({
          seen: [...byPath(await observe(session, run)).keys()],
          shown: await session.folders(undefined, run),
        }),
        ['Archive', 'Tr*'],
      );
      expect(seen).toEqual(['', 'INBOX', 'Archive-2', 'Drafts', 'Keep', 'Sent']);
      expect(shown.filter(({ excluded }) => excluded).map(({ key }) => key)).toEqual([
        'Archive',
        'Archive/2019',
        'Archive/2019/May',
        'Trash',
      ]);
    });

    it('says nothing to the server that could change anything', async () => {
      for (const n of [1, 2, 3]) await mailbox.append('INBOX', plainMessage(n), n === 1 ? ['\\Seen'] : []);
      await mailbox.append('Sent', largeMessage(9, 5 * 1024 * 1024));
      const before = await mailbox.fingerprint();
      server().takeSaid();
      await withSession(async (session) => {
        for (const [path, { sightings }] of byPath(await observe(session, run))) {
          for (const need of ['content', 'metadata'] as const) {
            for await (const reading of session.read(
              path,
              sightings.map((sighting) => ({ sighting, need })),
              run,
            ))
              await bytesOf(reading);
          }
        }
        await session.folders(undefined, run);
      });
      const said = server().takeSaid();
      expect(said.length).toBeGreaterThan(5);
      expect(notLooking(said)).toEqual([]);
      expect(await mailbox.fingerprint()).toBe(before);
    });

    it('asks for nothing but the list of folders when nothing changed', async () => {
      for (const n of [1, 2]) await mailbox.append('INBOX', plainMessage(n));
      const cursors = cursorsOf(await walk());
      server().takeSaid();
      const inbox = (await walk(cursors)).get('INBOX');
      expect(inbox).toMatchObject({ visit: { scan: { completeness: 'changes' } }, sightings: [], vanished: [] });
      expect(
        server()
          .takeSaid()
          .filter((line) => /EXAMINE|FETCH|STATUS "/.test(line)),
      ).toEqual([]);
    });

    it('finds what arrived, what changed and what went since the last walk, and nothing else', async () => {
      const uids: number[] = [];
      for (const n of [1, 2, 3, 4, 5]) uids.push(await mailbox.append('INBOX', plainMessage(n)));
      const before = await walk();
      const cursors = cursorsOf(before);
      await mailbox.flag('INBOX', '2', ['\\Seen']);
      await mailbox.expunge('INBOX', '4');
      await mailbox.append('INBOX', plainMessage(6));
      await mailbox.append('INBOX', plainMessage(7));
      await mailbox.expunge('INBOX', '7');
      const inbox = (await walk(cursors)).get('INBOX');
      expect(inbox?.visit.scan?.completeness).toBe('changes');
      expect(inbox?.sightings.map(({ name }) => name)).toEqual(['2', '6']);
      expect(inbox?.vanished).toEqual([before.get('INBOX')?.sightings[3]?.key]);
      const rest = (await walk(cursorsOf(new Map([['INBOX', inbox as ObservedFolder]])))).get('INBOX');
      expect(rest).toMatchObject({ visit: { scan: { completeness: 'changes' } }, sightings: [], vanished: [] });
    });

    it.for([
      ['set', ['\\Flagged'], []],
      ['taken away', [], ['\\Seen']],
    ] as const)('finds a flag that was %s and nothing else', async ([, add, remove]) => {
      for (const n of [1, 2]) await mailbox.append('INBOX', plainMessage(n), ['\\Seen']);
      const cursors = cursorsOf(await walk());
      await mailbox.flag('INBOX', '2', add, remove);
      expect((await walk(cursors)).get('INBOX')?.sightings.map(({ name }) => name)).toEqual(['2']);
    });

    it('lists everything when the cursor does not add up', async () => {
      for (const n of [1, 2, 3]) await mailbox.append('INBOX', plainMessage(n));
      const cursors = cursorsOf(await walk());
      const cursor = cursors.get('INBOX') as { messages: number };
      await mailbox.append('INBOX', plainMessage(4));
      cursors.set('INBOX', { ...cursor, messages: cursor.messages + 1 });
      const inbox = (await walk(cursors)).get('INBOX');
      expect(inbox?.visit.scan?.completeness).toBe('full');
      expect(inbox?.sightings).toHaveLength(4);
    });

    it('takes a folder that was made anew under its old name for another one', async () => {
      await mailbox.create('Work');
      await mailbox.append('Work', plainMessage(1));
      const before = await walk();
      await mailbox.remove('Work');
      await mailbox.create('Work');
      await mailbox.append('Work', plainMessage(2));
      const work = (await walk(cursorsOf(before))).get('Work');
      expect(work?.visit.scan?.completeness).toBe('full');
      expect(work?.sightings).toHaveLength(1);
      expect(work?.sightings[0]?.key).not.toBe(before.get('Work')?.sightings[0]?.key);
    });

    it('answers for all messages of a folder that went while it was read', async () => {
      await mailbox.create('Work');
      for (const n of [1, 2, 3]) await mailbox.append('Work', plainMessage(n));
      await withSession(async (session) => {
        const sightings = byPath(await observe(session, run)).get('Work')?.sightings ?? [];
        await mailbox.remove('Work');
        const other = await observe(session, run);
        expect(other.some(({ path }) => path[0] === 'Work')).toBe(false);
        const answers = await readAll(session, 'Work', content(sightings), run);
        expect([...answers.values()].map(({ problem }) => problem?.code)).toEqual(Array(3).fill('item.unreadable'));
      });
    });

    it('shows a person how many messages there are, without opening a folder', async () => {
      for (const n of [1, 2]) await mailbox.append('Sent', plainMessage(n));
      await mailbox.create('a/b');
      server().takeSaid();
      const folders = await withSession((session) => session.folders(undefined, run));
      expect(folders.find(({ key }) => key === 'Sent')).toMatchObject({
        items: 2,
        specialUse: '\\Sent',
        parentKey: null,
        name: 'Sent',
      });
      expect(folders.find(({ key }) => key === 'a/b')).toMatchObject({ items: 0, parentKey: 'a', name: 'b' });
      expect(
        server()
          .takeSaid()
          .filter((line) => /EXAMINE|SELECT/.test(line)),
      ).toEqual([]);
    });
  });
});

const byPath = (folders: readonly ObservedFolder[]): Map<string, ObservedFolder> =>
  new Map(folders.map((folder) => [folder.path.join('/'), folder]));

const cursorsOf = (folders: ReadonlyMap<string, ObservedFolder>): Map<string, JsonValue> =>
  new Map([...folders].flatMap(([path, { cursor }]) => (cursor === undefined ? [] : [[path, cursor] as const])));

const content = (sightings: readonly Sighting[]): Wanted[] => sightings.map((sighting) => ({ sighting, need: 'content' }));
