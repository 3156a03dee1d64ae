import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId, RunId, SourceId } from '../../src/shared/domain/ids.ts';
import type { Manifest } from '../../src/shared/domain/item.ts';
import type { JsonObject } from '../../src/shared/domain/json.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import type { DestinationSession, RestoreItem } from '../../src/engine/sources/destination.ts';
import { imapDestination } from '../../src/engine/sources/imap/destination-imap.ts';
import { destinationSuite } from '../../src/engine/sources/testing/destination-suite.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { largeMessage, oddMessages, plainMessage } from '../kit/test-messages.ts';

const original = { folder: null, restoreRoot: null };

withDovecot('restoring to an IMAP account on Dovecot', (dovecot) => {
  destinationSuite('IMAP on Dovecot', async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    return {
      destination: imapDestination(dovecot().settings(user, 'none'), dovecot().credential, original),
      item: (n, folderPath, bytes) => message(bytes ?? plainMessage(n), folderPath, {}, n),
      contents: async () => {
        const folders = (await mailbox.folders()).map((line) => line.slice(0, line.indexOf('|')));
        const all: Uint8Array[] = [];
        for (const folder of folders) all.push(...(await mailbox.messages(folder).catch(() => [])).map(({ bytes }) => bytes));
        return all;
      },
      namesCollide: false,
      close: () => mailbox.close(),
    };
  });

  describe('what is put back', () => {
    const run = { ...testRun(), clock: systemClock };
    let user: string;
    let mailbox: TestMailbox;

    beforeEach(async () => {
      user = dovecot().newUser();
      mailbox = await dovecot().mailbox(user);
      return () => mailbox.close();
    });

    const withSession = async <T>(action: (session: DestinationSession) => Promise<T>, place = original): Promise<T> => {
      const session = await imapDestination(dovecot().settings(user, 'none'), dovecot().credential, place).open(run);
      try {
        return await action(session);
      } finally {
        await session.close();
      }
    };
    const put = (
      items: readonly RestoreItem[],
      place: { folder: string | null; restoreRoot: string | null } = original,
    ): Promise<string[]> =>
      withSession(
        async (session) => {
          const found: string[] = [];
          for (const item of items) {
            const there = await session.probe(item, run);
            found.push(there);
            if (there === 'absent') await session.write(item, 'create', run);
          }
          await session.finish(run);
          return found;
        },
        place as typeof original,
      );

    it.for(Object.entries(oddMessages))('is a message with %s, exactly as it was', async ([, bytes]) => {
      await put([message(bytes, ['INBOX'])]);
      const [there] = await mailbox.messages('INBOX');
      expect(Buffer.from(there?.bytes ?? []).equals(bytes)).toBe(true);
      expect(await put([message(bytes, ['INBOX'])])).toEqual(['identical']);
    });

    it('is a message of 10 MB, exactly as it was', async () => {
      const bytes = largeMessage(1, 10 * 1024 * 1024);
      await put([message(bytes, ['INBOX'])]);
      expect(Buffer.from((await mailbox.messages('INBOX'))[0]?.bytes ?? []).equals(bytes)).toBe(true);
    });

    it('has its flags, its keywords and the date on which it came', async () => {
      const metadata = {
        flags: ['\\Answered', '\\Seen'],
        keywords: ['$Forwarded', 'todo'],
        internalDate: '1999-12-31T23:59:58.000Z',
      };
      await put([message(plainMessage(1), ['INBOX'], metadata)]);
      expect(await mailbox.messages('INBOX')).toMatchObject([
        { flags: ['$Forwarded', '\\Answered', '\\Seen', 'todo'], date: '1999-12-31T23:59:58.000Z' },
      ]);
    });

    it('is in its folders, made where they are missing, subscribed where they were', async () => {
      const path = ['Wörk & (x)', 'Projects', '日本'];
      await put([
        {
          ...message(plainMessage(1), path),
          folders: [folder('Wörk & (x)', true), folder('Projects', false), folder('日本', true)],
        },
      ]);
      expect(await mailbox.folders()).toEqual(
        expect.arrayContaining(['Wörk & (x)||subscribed', 'Wörk & (x)/Projects||', 'Wörk & (x)/Projects/日本||subscribed']),
      );
      expect(await mailbox.messages('Wörk & (x)/Projects/日本')).toHaveLength(1);
    });

    it('is an empty folder, too', async () => {
      const item: RestoreItem = {
        manifest: folder('Empty', false),
        folderPath: ['a'],
        folders: [folder('a', true)],
        content: undefined,
      };
      expect(await put([item])).toEqual(['absent']);
      expect(await mailbox.folders()).toEqual(expect.arrayContaining(['a||subscribed', 'a/Empty||']));
      expect(await put([item])).toEqual(['identical']);
    });

    it('goes below another folder, or into a single one', async () => {
      const items = [message(plainMessage(1), ['INBOX']), message(plainMessage(2), ['Work', 'x'])];
      await put(items, { folder: null, restoreRoot: 'Restored/2024-05' });
      expect(await mailbox.messages('Restored/2024-05/INBOX')).toHaveLength(1);
      expect(await mailbox.messages('Restored/2024-05/Work/x')).toHaveLength(1);
      await put(items, { folder: 'All', restoreRoot: null });
      expect(await mailbox.messages('All')).toHaveLength(2);
      await put(items, { folder: 'Deep/All', restoreRoot: 'Restored' });
      expect(await mailbox.messages('Restored/Deep/All')).toHaveLength(2);
    });

    it('is not put where it still is, with or without a Message-ID', async () => {
      const anonymous = Buffer.from('Subject: no id\r\n\r\nbody\r\n');
      for (const bytes of [plainMessage(1), anonymous]) await mailbox.append('INBOX', bytes);
      expect(await put([message(plainMessage(1), ['INBOX']), message(anonymous, ['INBOX'], {}, 2)])).toEqual([
        'identical',
        'identical',
      ]);
      expect(await mailbox.messages('INBOX')).toHaveLength(2);
    });

    it('gets the ends of lines that mail needs when it comes from a Maildir, and is found again', async () => {
      const item = message(Buffer.from('Subject: x\nMessage-ID: <maildir@example.org>\n\nbody\n'), ['INBOX']);
      await put([item]);
      const [there] = await mailbox.messages('INBOX');
      expect(Buffer.from(there?.bytes ?? []).toString()).toBe('Subject: x\r\nMessage-ID: <maildir@example.org>\r\n\r\nbody\r\n');
      expect(await put([item])).toEqual(['identical']);
    });

    it('is put beside other messages of the same size, and told from others with its Message-ID', async () => {
      const [bytes, sameSize, sameId] = [plainMessage(1, 'aaaa\r\n'), plainMessage(2, 'aaaa\r\n'), plainMessage(1, 'bbbb\r\n')];
      await mailbox.append('INBOX', sameSize);
      expect(await put([message(bytes, ['INBOX'])])).toEqual(['absent']);
      expect(await put([message(sameId, ['INBOX'])])).toEqual(['same-name']);
      expect(await mailbox.messages('INBOX')).toHaveLength(2);
    });

    it('comes as often as it was there, however often the restore is repeated', async () => {
      const twice = [message(plainMessage(1), ['INBOX'], {}, 1), message(plainMessage(1), ['INBOX'], {}, 2)];
      await mailbox.append('INBOX', plainMessage(1));
      expect(await put(twice)).toEqual(['identical', 'absent']);
      expect(await put(twice)).toEqual(['identical', 'identical']);
      expect(await mailbox.messages('INBOX')).toHaveLength(2);
    });

    it('is found again among many, whether the server searches or the folder is listed', async () => {
      const items = Array.from({ length: 60 }, (_, n) => message(plainMessage(n), ['INBOX'], {}, n));
      expect(await put(items)).toEqual(Array(60).fill('absent'));
      dovecot().takeSaid();
      expect(await put(items)).toEqual(Array(60).fill('identical'));
      expect(
        dovecot()
          .takeSaid()
          .filter((line) => line.includes('SEARCH')).length,
      ).toBeLessThan(25);
      expect(await mailbox.messages('INBOX')).toHaveLength(60);
    });

    it('replaces the message with its Message-ID, and no other that is marked as deleted', async () => {
      await mailbox.append('INBOX', plainMessage(1, 'changed\r\n'), ['\\Seen']);
      await mailbox.append('INBOX', plainMessage(2), ['\\Deleted']);
      const item = message(plainMessage(1), ['INBOX'], { flags: ['\\Flagged'] });
      await withSession(async (session) => {
        expect(await session.probe(item, run)).toBe('same-name');
        await session.write(item, 'replace', run);
      });
      const there = await mailbox.messages('INBOX');
      expect(there.map(({ flags }) => flags)).toEqual([['\\Deleted'], ['\\Flagged']]);
      expect(Buffer.from(there[1]?.bytes ?? []).equals(plainMessage(1))).toBe(true);
    });

    it('says nothing to the server that writes while it only looks', async () => {
      await mailbox.append('INBOX', plainMessage(1));
      dovecot().takeSaid();
      await withSession(async (session) => {
        for (const item of [
          message(plainMessage(1), ['INBOX']),
          message(plainMessage(2), ['INBOX'], {}, 2),
          message(plainMessage(3), ['New'], {}, 3),
        ]) {
          await session.probe(item, run);
        }
      });
      expect(
        dovecot()
          .takeSaid()
          .filter((line) => /^\w+ (UID )?(APPEND|STORE|EXPUNGE|CREATE|SUBSCRIBE|SELECT|MOVE|COPY)/.test(line)),
      ).toEqual([]);
    });

    it('is refused one by one when the server refuses it', async () => {
      const item = message(plainMessage(1), ['x'.repeat(300)]);
      await withSession(async (session) => {
        await session.probe(item, run);
        await expect(session.write(item, 'create', run)).rejects.toMatchObject({
          code: 'restore.write-failed',
          facts: { item: '1' },
        });
        await session.write(message(plainMessage(2), ['INBOX'], {}, 2), 'create', run);
      });
      expect(await mailbox.messages('INBOX')).toHaveLength(1);
    });

    it('is mail: anything else is refused', async () => {
      const item = message(plainMessage(1), ['INBOX']);
      const contact: RestoreItem = { ...item, manifest: { ...item.manifest, kind: 'contact' } };
      await withSession((session) => expect(session.probe(contact, run)).rejects.toMatchObject({ code: 'not.supported' }));
    });
  });
});

function message(bytes: Uint8Array, folderPath: readonly string[], metadata: JsonObject = {}, n = 1): RestoreItem {
  return {
    manifest: manifest(n, 'message', metadata, bytes.length),
    folderPath,
    folders: folderPath.map((name) => folder(name, true)),
    content: async function* () {
      // In two pieces, as it may come from a storage.
      yield bytes.subarray(0, bytes.length >> 1);
      yield bytes.subarray(bytes.length >> 1);
    },
  };
}

const folder = (name: string, subscribed: boolean): Manifest => ({
  ...manifest(0, 'folder', { subscribed, specialUse: null, flags: [] }, 0),
  name,
});

const manifest = (n: number, kind: Manifest['kind'], metadata: JsonObject, sizeBytes: number): Manifest => ({
  item: `item-${n}` as ItemId,
  version: 1,
  kind,
  source: 'source' as SourceId,
  folder: null,
  key: `7:${n}`,
  name: String(n),
  change: 'created',
  validFromMs: 0,
  run: 'run' as RunId,
  contentRevision: '',
  metadataRevision: '',
  sizeBytes,
  metadata,
  summary: { title: '' },
  contents: [],
});
