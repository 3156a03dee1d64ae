import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/shared/domain/json.ts';
import type { ImapSettings, TlsMode } from '../../src/shared/domain/source-settings.ts';
import type { RestoreItem } from '../../src/engine/sources/destination.ts';
import { imapDestination } from '../../src/engine/sources/imap/destination-imap.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import { Cyrus, cyrusIsMissing } from '../kit/cyrus/cyrus.ts';
import { type CycleWorld, openCycleWorld } from '../kit/cycle-world.ts';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { freePort } from '../kit/daemon.ts';
import { notLooking } from '../kit/looking-commands.ts';
import type { MailServer } from '../kit/mail-server.ts';
import { putScript, writeScripts } from '../kit/script-writer.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

const quarterOfAnHour = 15 * 60_000;

interface Offer {
  readonly missing: string | undefined;
  start(): Promise<MailServer>;
  /** The folder of another account as the one that it is shown to sees it. */
  readonly others: (owner: string, folder: string) => string;
  /** Gives the account a quota of 100 MiB. */
  limit(server: MailServer, user: string): Promise<void>;
  readonly quota: (user: string) => JsonObject;
}

const servers: Readonly<Record<string, Offer>> = {
  Dovecot: {
    missing: dovecotIsMissing(),
    start: () => Dovecot.start({ shares: true, filters: true }),
    others: (owner, folder) => `shared/${owner}/${folder}`,
    limit: () => Promise.resolve(), // it stands in the configuration
    quota: () => ({ 'User quota STORAGE': 102_400 }),
  },
  Cyrus: {
    missing: cyrusIsMissing(),
    start: () => Cyrus.start(),
    others: (owner, folder) => `Other Users/${owner}/${folder}`,
    limit: (server, user) => (server as Cyrus).administer(`SETQUOTA user/${user} (STORAGE 102400)`),
    quota: () => ({ 'INBOX STORAGE': 102_400 }),
  },
};

describe.each(Object.entries(servers))('what an account on %s has beside its messages', (_name, offer) => {
  const tests = offer.missing === undefined ? describe : describe.skip;
  tests('is kept', () => {
    let server: MailServer;
    beforeAll(async () => {
      server = await offer.start();
    });
    afterAll(() => server?.stop());

    const open = async (
      more: Partial<ImapSettings> = {},
      tls: TlsMode = 'none',
    ): Promise<{ user: string; mailbox: TestMailbox; world: CycleWorld }> => {
      const user = await server.newUser();
      const settings = server.settings(user, tls, more);
      const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, server.credential));
      return { user, mailbox: await server.mailbox(user), world };
    };

    it('annotations and rights of folders are their properties, and a change of them is a version of the folder', async () => {
      const { user, mailbox, world } = await open();
      const guest = await server.newUser();
      await mailbox.create('Work');
      await mailbox.append('Work', plainMessage(1));
      await mailbox.annotate('Work', '/shared/comment', 'for all');
      await mailbox.annotate('Work', '/private/comment', 'for me: 日本');
      const first = await world.cycle();
      expect((await folders(world)).get('Work')).toMatchObject({
        annotations: { '/shared/comment': 'for all', '/private/comment': 'for me: 日本' },
        rights: expect.stringMatching(/l.*r.*a/) as string,
        accessList: expect.objectContaining({ [user]: expect.any(String) as string }) as JsonObject,
      });
      await mailbox.say('SETACL', 'Work', guest, 'lr');
      await mailbox.annotate('Work', '/shared/comment', 'for few');
      const soon = await world.cycle();
      expect(soon.counts).toMatchObject({ new: 0, changed: 0, vanished: 0, failed: 0 });
      await world.cycle({ later: quarterOfAnHour });
      expect((await folders(world)).get('Work')).toMatchObject({
        annotations: { '/shared/comment': 'for few' },
        accessList: { [guest]: 'lr' },
      });
      expect((await folders(world, first.atMs)).get('Work')).toMatchObject({ annotations: { '/shared/comment': 'for all' } });
      world.close();
      await mailbox.close();
    });

    it('quotas are in the account’s own item, which no mailbox gets back and a folder does', async () => {
      const { user, mailbox, world } = await open();
      await offer.limit(server, user);
      await mailbox.append('INBOX', plainMessage(1));
      expect((await world.cycle()).counts).toMatchObject({ failed: 0 });
      const [account] = await items(world, 'account');
      expect(account?.item.manifest).toMatchObject({ name: 'account.json', summary: { title: user } });
      expect(JSON.parse(account?.bytes.toString() ?? '')).toMatchObject({ user, quota: offer.quota(user) });
      const target = await server.newUser();
      const place = { folder: null, restoreRoot: null };
      const report = await world.restore(imapDestination(server.settings(target, 'none'), server.credential, place));
      expect(report).toMatchObject({ created: 1, skipped: 1, failed: [] });
      world.close();
      await mailbox.close();
    });

    it('an emptied mailbox is not believed because the account still has a quota', async () => {
      const { user, mailbox, world } = await open();
      await offer.limit(server, user);
      for (const n of [1, 2, 3]) await mailbox.append('INBOX', plainMessage(n));
      await world.cycle();
      await mailbox.expunge('INBOX', '1:3');
      const { outcome } = await world.cycle();
      expect(outcome.failures.map(({ code }) => code)).toEqual(['source.empty']);
      expect(await items(world, 'message')).toHaveLength(3);
      world.close();
      await mailbox.close();
    });

    it('filter scripts are items of the account, each with its versions and byte for byte, and which one is in use', async () => {
      const { certificateSha256, sievePort } = server;
      const { user, mailbox, world } = await open({ sievePort, certificateSha256 }, 'starttls');
      const [first, second] = ['# Grüße\r\nkeep;\r\n', 'discard;\r\n'];
      await writeScripts(server, user, putScript('work', first), putScript('old one', second), 'SETACTIVE "work"');
      const before = await world.cycle();
      expect(before.counts).toMatchObject({ new: expect.any(Number) as number, failed: 0 });
      await writeScripts(server, user, putScript('work', second), 'SETACTIVE "old one"');
      await world.cycle({ later: quarterOfAnHour });
      await writeScripts(server, user, 'SETACTIVE ""', 'DELETESCRIPT "old one"');
      const after = await world.cycle({ later: quarterOfAnHour });
      expect(after.counts).toMatchObject({ vanished: 1, failed: 0 });
      expect(await scripts(world, before.atMs)).toEqual({ 'old one.sieve': [second, false], 'work.sieve': [first, true] });
      expect(await scripts(world, after.atMs - 60_000)).toEqual({
        'old one.sieve': [second, true],
        'work.sieve': [second, false],
      });
      expect(await scripts(world)).toEqual({ 'work.sieve': [second, false] });
      world.close();
      await mailbox.close();
    });

    it('scripts that cannot be asked for are a problem of their own: the mail is kept, and so are the scripts', async () => {
      const { user, mailbox, world } = await open({ sievePort: server.sievePort });
      await writeScripts(server, user, putScript('work', 'keep;\r\n'));
      await mailbox.append('INBOX', plainMessage(1));
      await world.cycle();
      const settings = server.settings(user, 'none', { sievePort: await freePort() });
      const without = await world.cycle({ from: imapSource(settings, server.credential) });
      expect(without.counts).toMatchObject({ failed: 1, vanished: 0 });
      expect(Object.keys(await scripts(world))).toEqual(['work.sieve']);
      world.close();
      await mailbox.close();
    });

    it('folders that others share are captured, each with a word on whose they are', async () => {
      const { user, mailbox, world } = await open();
      const owner = await server.newUser();
      const theirs = await server.mailbox(owner);
      await theirs.create('Plans');
      await theirs.append('Plans', plainMessage(7));
      await theirs.say('SETACL', 'Plans', user, 'lrs');
      server.takeSaid();
      expect((await world.cycle()).counts).toMatchObject({ failed: 0 });
      expect(notLooking(server.takeSaid())).toEqual([]);
      const shared = (await folders(world)).get(offer.others(owner, 'Plans'));
      expect(shared).toMatchObject({ namespace: 'other-users', rights: expect.stringContaining('lrs') as string });
      expect(shared).not.toHaveProperty('accessList'); // it is not his to see
      const [message] = await items(world, 'message');
      expect(message?.item.folderPath.join('/')).toBe(offer.others(owner, 'Plans'));
      expect(message?.bytes.equals(plainMessage(7))).toBe(true);
      world.close();
      await mailbox.close();
      await theirs.close();
    });
  });
});

async function collected(world: CycleWorld, atMs: number | null): Promise<{ item: RestoreItem; bytes: Buffer }[]> {
  const all: { item: RestoreItem; bytes: Buffer }[] = [];
  await world.restore(
    collectingDestination((item, bytes) => void all.push({ item, bytes: bytes ?? Buffer.alloc(0) })),
    atMs,
  );
  return all;
}

const items = async (world: CycleWorld, kind: string): Promise<{ item: RestoreItem; bytes: Buffer }[]> =>
  (await collected(world, null)).filter(({ item }) => item.manifest.kind === kind);

/** Metadata of folders by path. */
async function folders(world: CycleWorld, atMs: number | null = null): Promise<Map<string, JsonObject>> {
  const all = (await collected(world, atMs)).filter(({ item }) => item.manifest.kind === 'folder');
  return new Map(all.map(({ item }) => [[...item.folderPath, item.manifest.name].join('/'), item.manifest.metadata]));
}

/** Content of filter scripts, and whether each is in use. */
async function scripts(world: CycleWorld, atMs: number | null = null): Promise<Record<string, [string, unknown]>> {
  const found = (await collected(world, atMs)).filter(({ item }) => item.manifest.metadata['of'] === 'sieve');
  const rows = found.map(
    ({ item, bytes }) => [item.manifest.name, [bytes.toString(), item.manifest.metadata['isActive']]] as const,
  );
  return Object.fromEntries(rows.map(([name, [text, isActive]]) => [name, [text, isActive]]));
}
