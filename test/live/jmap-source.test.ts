import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/shared/domain/json.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { jmapSource } from '../../src/engine/sources/jmap/index.ts';
import type { Reading, Sighting, SourceSession, Wanted } from '../../src/engine/sources/source.ts';
import { contentBytes, observe, type ObservedFolder, readAll } from '../../src/engine/sources/testing/observation.ts';
import { type PlantedItem, sourceSuite } from '../../src/engine/sources/testing/source-suite.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import { TestJmapAccount } from '../kit/jmap/account.ts';
import { jmapCalls } from '../kit/jmap/said.ts';
import { jmapSettings } from '../kit/jmap/settings.ts';
import { largeMessage, oddMessages, plainMessage } from '../kit/test-messages.ts';

withCyrus('a JMAP account on Cyrus', (cyrus) => {
  sourceSuite('JMAP', async () => {
    const user = await cyrus().newUser();
    const mailbox = await cyrus().mailbox(user);
    const pathOf = (folder: readonly string[]): string => folder.join('/');
    return {
      source: jmapSource(jmapSettings(cyrus(), user), cyrus().credential),
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
          move: async (target) => void (await mailbox.move(pathOf(folder), uid, pathOf(target))),
        };
      },
      // What is expunged stays on the disk of this Cyrus for a while, and its bytes are given out under their name.
      givesWhatWent: true,
      fingerprint: () => mailbox.fingerprint(),
      close: () => mailbox.close(),
    };
  });

  describe('backing up', () => {
    const files = new NodeFileSystem();
    const run = testRun();
    const newAccount = async () => {
      const user = await cyrus().newUser();
      const mailbox = await cyrus().mailbox(user);
      const account = new TestJmapAccount(cyrus(), user);
      const withSession = async <T>(
        action: (session: SourceSession) => Promise<T>,
        exclude: readonly string[] = [],
      ): Promise<T> => {
        const session = await jmapSource(jmapSettings(cyrus(), user, { exclude }), cyrus().credential).open(run);
        try {
          return await action(session);
        } finally {
          await session.close();
        }
      };
      const walk = (cursors: ReadonlyMap<string, JsonValue> = new Map()): Promise<Map<string, ObservedFolder>> =>
        withSession(async (session) => byPath(await observe(session, run, { cursor: (key) => cursors.get(key) })));
      return { user, mailbox, account, withSession, walk };
    };
    const bytesOf = async (reading: Reading | undefined): Promise<Buffer> =>
      Buffer.from(reading?.content === undefined ? new Uint8Array() : await contentBytes(reading.content, files));

    it.for(Object.entries(oddMessages))(
      'keeps a message with %s exactly as it is, and describes it the same without its body',
      async ([, bytes]) => {
        const { mailbox, withSession } = await newAccount();
        await mailbox.append('INBOX', bytes);
        await withSession(async (session) => {
          const inbox = byPath(await observe(session, run)).get('Inbox');
          const sightings = inbox?.sightings ?? [];
          const key = inbox?.visit.folder.key ?? '';
          const [read] = [...(await readAll(session, key, wantedOf(sightings, 'content'), run)).values()];
          const [described] = [...(await readAll(session, key, wantedOf(sightings, 'metadata'), run)).values()];
          expect(read?.problem).toBeUndefined();
          expect((await bytesOf(read)).equals(bytes)).toBe(true);
          expect(described).toMatchObject({ metadata: read?.metadata, summary: read?.summary });
        });
        await mailbox.close();
      },
    );

    it('keeps messages of every size exactly as they are, whole or as a stream', async () => {
      const { mailbox, withSession } = await newAccount();
      const mib = 1024 * 1024;
      const messages = [mib - 1, mib, mib + 1, 5 * mib].map((size, n) => largeMessage(n, size));
      for (const bytes of messages) await mailbox.append('INBOX', bytes);
      await withSession(async (session) => {
        const inbox = byPath(await observe(session, run)).get('Inbox');
        const kinds = new Map<number, string | undefined>();
        for await (const reading of session.read(inbox?.visit.folder.key ?? '', wantedOf(inbox?.sightings ?? []), run)) {
          const bytes = await bytesOf(reading);
          kinds.set(bytes.length, reading.content?.kind);
          expect(messages.some((message) => bytes.equals(message))).toBe(true);
        }
        expect([...kinds].sort(([one], [other]) => one - other)).toEqual([
          [mib - 1, 'bytes'],
          [mib, 'bytes'],
          [mib + 1, 'stream'],
          [5 * mib, 'stream'],
        ]);
      });
      await mailbox.close();
    });

    it('keeps flags, keywords, the time at which a message came, its Message-ID, and what the server calls it', async () => {
      const { mailbox, account, walk, withSession } = await newAccount();
      const date = new Date('2019-05-06T07:08:09Z');
      await mailbox.append('INBOX', plainMessage(1), ['\\Seen', '\\Answered', '$forwarded', 'zebra'], date);
      const inbox = (await walk()).get('Inbox');
      const [email] = await account.emails();
      const [reading] = await withSession(async (session) => {
        const folder = byPath(await observe(session, run)).get('Inbox');
        return [...(await readAll(session, folder?.visit.folder.key ?? '', wantedOf(folder?.sightings ?? []), run)).values()];
      });
      expect(reading?.metadata).toMatchObject({
        flags: ['\\Answered', '\\Seen'],
        keywords: ['$forwarded', 'zebra'],
        internalDate: date.toISOString(),
        messageId: '<message-1@example.org>',
        emailId: email?.id,
        size: plainMessage(1).length,
      });
      expect(reading?.summary).toMatchObject({ title: 'Message 1', from: 'Ada <ada@example.org>' });
      expect(inbox?.sightings[0]).toMatchObject({ identity: email?.id, timeMs: date.getTime() });
      await mailbox.close();
    });

    it('shows an email that lies in two mailboxes in both, as one that has one name', async () => {
      const { mailbox, walk } = await newAccount();
      const uid = await mailbox.append('INBOX', plainMessage(1));
      await mailbox.create('Label');
      await mailbox.copy('INBOX', String(uid), 'Label');
      const folders = await walk();
      const [here, there] = [folders.get('Inbox')?.sightings, folders.get('Label')?.sightings];
      expect(here).toHaveLength(1);
      expect(there).toEqual(here);
      await mailbox.close();
    });

    it('shows mailboxes with any name, however deep, with what they are for', async () => {
      const { mailbox, walk } = await newAccount();
      for (const name of ['Tést', '日本語/ümlaut & (x)', 'a/b/c/d']) await mailbox.create(name);
      await mailbox.unsubscribe('Tést');
      const folders = await walk();
      expect([...folders.keys()]).toEqual(expect.arrayContaining(['Tést', '日本語/ümlaut & (x)', 'a/b/c/d', 'Sent', 'Inbox']));
      const revision = (path: string): unknown => JSON.parse(folders.get(path)?.visit.folder.metadataRevision ?? '{}');
      expect(revision('Sent')).toMatchObject({ path: 'Sent', role: 'sent', specialUse: '\\Sent', subscribed: true });
      expect(revision('Sent')).toMatchObject({ rights: expect.arrayContaining(['mayReadItems', 'mayRename']) as unknown });
      expect(revision('Tést')).toMatchObject({ subscribed: false, specialUse: null, role: null });
      expect(folders.get('Sent')?.visit.specialUse).toBe('\\Sent');
      await mailbox.close();
    });

    it('leaves out what was excluded, with all that is below, and shows a person how much is in each', async () => {
      const { mailbox, withSession } = await newAccount();
      for (const name of ['Keep', 'Old', 'Old/2019']) await mailbox.create(name);
      await mailbox.append('Keep', plainMessage(1));
      const { seen, shown } = await withSession(
        async (session) => ({
          seen: [...byPath(await observe(session, run)).keys()],
          shown: await session.folders(undefined, run),
        }),
        ['Old', 'Tr*'],
      );
      expect(seen.filter((path) => !/^(Calendars|Contacts)\b/.test(path)).sort()).toEqual([
        '',
        'Drafts',
        'Inbox',
        'Keep',
        'Sent',
      ]);
      expect(
        shown
          .filter(({ excluded }) => excluded)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['2019', 'Old', 'Trash']);
      expect(shown.find(({ name }) => name === 'Keep')).toMatchObject({ items: 1, parentKey: null });
      await mailbox.close();
    });

    it('asks for no more than five things when nothing changed', async () => {
      const { mailbox, walk } = await newAccount();
      for (const n of [1, 2]) await mailbox.append('INBOX', plainMessage(n));
      const cursors = cursorsOf(await walk());
      cyrus().takeSaid();
      const inbox = (await walk(cursors)).get('Inbox');
      expect(inbox).toMatchObject({ visit: { scan: { completeness: 'changes' } }, sightings: [], vanished: [] });
      const requests = cyrus()
        .takeSaid()
        .filter((line) => /^(GET|POST|PUT|DELETE) /.test(line));
      expect(requests.length).toBeLessThanOrEqual(5);
      await mailbox.close();
    });

    it('finds what arrived, what changed and what went since the last walk, and nothing else', async () => {
      const { mailbox, account, walk } = await newAccount();
      await mailbox.create('Work');
      const date = (n: number): Date => new Date(1_600_000_000_000 + n * 1000);
      for (const n of [1, 2, 3, 4]) await mailbox.append('INBOX', plainMessage(n), [], date(n));
      const cursors = cursorsOf(await walk());
      const idOf = async (n: number): Promise<string | undefined> =>
        (await account.emails()).find(({ receivedAt }) => Date.parse(receivedAt) === date(n).getTime())?.id;
      const [second, third, fourth] = [await idOf(2), await idOf(3), await idOf(4)];
      await mailbox.flag('INBOX', '2', ['\\Seen']);
      await mailbox.expunge('INBOX', '3');
      await mailbox.move('INBOX', '4', 'Work');
      await mailbox.append('INBOX', plainMessage(5), [], date(5));
      const after = await walk(cursors);
      const [inbox, work] = [after.get('Inbox'), after.get('Work')];
      expect([inbox?.visit.scan?.completeness, work?.visit.scan?.completeness]).toEqual(['changes', 'changes']);
      expect(inbox?.sightings.map(({ key }) => key).sort()).toEqual([second, await idOf(5)].sort());
      expect([...(inbox?.vanished ?? [])].sort()).toEqual([third, fourth].sort());
      expect(work?.sightings.map(({ key }) => key)).toEqual([fourth]);
      await mailbox.close();
    });

    it('lists everything when the count does not agree', async () => {
      const { mailbox, walk } = await newAccount();
      for (const n of [1, 2, 3]) await mailbox.append('INBOX', plainMessage(n));
      const folders = await walk();
      const cursors = cursorsOf(folders);
      const key = folders.get('Inbox')?.visit.folder.key ?? '';
      cursors.set(key, { ...(cursors.get(key) as object), emails: 4 });
      const inbox = (await walk(cursors)).get('Inbox');
      expect(inbox?.visit.scan?.completeness).toBe('full');
      expect(inbox?.sightings).toHaveLength(3);
      await mailbox.close();
    });

    it('says nothing to the server that could change anything', async () => {
      const { mailbox, withSession } = await newAccount();
      for (const n of [1, 2, 3]) await mailbox.append('INBOX', plainMessage(n), n === 1 ? ['\\Seen'] : []);
      await mailbox.append('Sent', largeMessage(9, 3 * 1024 * 1024));
      const before = await mailbox.fingerprint();
      cyrus().takeSaid();
      await withSession(async (session) => {
        for (const { visit, sightings } of await observe(session, run))
          for (const need of ['content', 'metadata'] as const)
            for await (const reading of session.read(visit.folder.key, wantedOf(sightings, need), run)) await bytesOf(reading);
        await session.folders(undefined, run);
      });
      const said = jmapCalls(cyrus().takeSaid());
      expect(said.methods.length).toBeGreaterThan(5);
      expect([...new Set(said.methods)].sort()).toEqual([
        ...['Calendar/get', 'CalendarEvent/get', 'Contact/get', 'ContactGroup/get', 'Email/get', 'Email/query', 'Mailbox/get'],
      ]);
      // It writes down what is said once somebody has signed in; the first question is how.
      expect([...new Set(said.requests)].sort()).toEqual(['GET /jmap', 'GET /jmap/download', 'POST /jmap/']);
      expect(await mailbox.fingerprint()).toBe(before);
      await mailbox.close();
    });
  });
});

const byPath = (folders: readonly ObservedFolder[]): Map<string, ObservedFolder> =>
  new Map(folders.map((folder) => [folder.path.join('/'), folder]));

const cursorsOf = (folders: ReadonlyMap<string, ObservedFolder>): Map<string, JsonValue> =>
  new Map(
    [...folders.values()].flatMap(({ visit, cursor }) => (cursor === undefined ? [] : [[visit.folder.key, cursor] as const])),
  );

const wantedOf = (sightings: readonly Sighting[], need: Wanted['need'] = 'content'): Wanted[] =>
  sightings.map((sighting) => ({ sighting, need }));
