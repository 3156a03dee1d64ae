import { expect, it } from 'vitest';
import { jmapSource } from '../../src/engine/sources/jmap/index.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import { type CycleWorld, openCycleWorld } from '../kit/cycle-world.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { contact, event } from '../kit/dav/objects.ts';
import { jmapCalls } from '../kit/jmap/said.ts';
import { jmapSettings } from '../kit/jmap/settings.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

withCyrus('what somebody shares with a user on Cyrus, read over JMAP', (cyrus) => {
  it('is kept in a folder of its own byte for byte, without a method that writes, and stays kept when it is shared no more', async () => {
    const [bert, anna] = [await cyrus().newUser(), await cyrus().newUser()];
    const theirs = await cyrus().mailbox(bert);
    await theirs.create('Plans');
    await theirs.append('Plans', plainMessage(1));
    const calendars = new TestAccount(cyrus(), 'caldav', bert, `/dav/calendars/user/${bert}/`);
    const contacts = new TestAccount(cyrus(), 'carddav', bert, `/dav/addressbooks/user/${bert}/`);
    await calendars.collections();
    await calendars.make('team', 'Team');
    await calendars.put('team', 'e.ics', event(1));
    await contacts.collections();
    await contacts.put('Default', 'c.vcf', contact(1));
    const shares = ['Plans', '#calendars/team', '#addressbooks/Default'].map((name) => `user/${bert}/${name}`);
    await cyrus().administer(...shares.map((name) => `SETACL ${name} ${anna} lr`));
    const own = await cyrus().mailbox(anna);
    await own.append('INBOX', plainMessage(2));
    const before = [await theirs.fingerprint(), await calendars.fingerprint(), await contacts.fingerprint()];

    const settings = jmapSettings(cyrus(), anna);
    const world = await openCycleWorld(temporaryFolder(), settings, jmapSource(settings, cyrus().credential));
    cyrus().takeSaid();
    expect(await world.cycle()).toMatchObject({ outcome: { kind: 'complete' }, counts: { new: 4, failed: 0 } });
    const said = jmapCalls(cyrus().takeSaid());
    expect(said.methods.filter((method) => !/\/(get|query|changes)$/.test(method))).toEqual([]);
    expect([await theirs.fingerprint(), await calendars.fingerprint(), await contacts.fingerprint()]).toEqual(before);
    const all = new Map([
      [`${bert}/Plans`, plainMessage(1)],
      [`${bert}/Calendars/Team`, event(1)],
      [`${bert}/Contacts/Default`, contact(1)],
      ['Inbox', plainMessage(2)],
    ]);
    expect(await stored(world)).toEqual(linesOf(all));

    await theirs.append('Plans', plainMessage(3));
    await calendars.put('team', 'e.ics', event(1, 'moved to Monday'));
    expect(await world.cycle()).toMatchObject({ counts: { new: 1, changed: 1, vanished: 0, failed: 0 } });
    const { atMs } = await world.cycle();

    await cyrus().administer(...shares.map((name) => `DELETEACL ${name} ${anna}`));
    expect(await world.cycle()).toMatchObject({ counts: { new: 0, vanished: 4, failed: 0 } });
    expect((await stored(world)).map((line) => line.split(' ')[0])).toEqual(['Inbox']);
    expect(await stored(world, atMs)).toHaveLength(5);
    world.close();
    await theirs.close();
    await own.close();
  });
});

const linesOf = (all: ReadonlyMap<string, Uint8Array>): string[] =>
  [...all].map(([folder, bytes]) => `${folder} ${Buffer.from(bytes).toString('latin1')}`).sort();

async function stored(world: CycleWorld, atMs: number | null = null): Promise<string[]> {
  const found: string[] = [];
  const collect = collectingDestination(({ manifest, folderPath }, bytes) => {
    if (manifest.kind !== 'folder') found.push(`${folderPath.join('/')} ${(bytes ?? Buffer.alloc(0)).toString('latin1')}`);
  });
  expect((await world.restore(collect, atMs)).failed).toEqual([]);
  return found.sort();
}
