import { expect, it } from 'vitest';
import { imapDestination } from '../../src/engine/sources/imap/destination-imap.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { openCycleWorld } from '../kit/cycle-world.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { largeMessage, oddMessages, plainMessage } from '../kit/test-messages.ts';

const original = { folder: null, restoreRoot: null };

withDovecot('a mailbox, from one server account through a storage to another', (dovecot) => {
  it('comes back as it was at each moment, with folders, bytes, flags and dates', async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    const settings = dovecot().settings(user, 'starttls', { certificateSha256: dovecot().certificateSha256 });
    const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, dovecot().credential));
    const account = (name: string) => imapDestination(dovecot().settings(name, 'none'), dovecot().credential, original);
    await fill(mailbox);
    const atFirst = await state(mailbox);
    const foldersAtFirst = await mailbox.folders();

    const first = await world.cycle();
    expect(first.outcome.kind).toBe('complete');
    expect(first.counts).toMatchObject({ seen: atFirst.length, new: atFirst.length, failed: 0 });
    expect((await world.cycle()).counts).toMatchObject({ seen: atFirst.length, unchanged: atFirst.length, new: 0, failed: 0 });

    await mailbox.flag('INBOX', '1', ['\\Flagged'], ['\\Seen']);
    await mailbox.expunge('INBOX', '2');
    await mailbox.append('INBOX', plainMessage(500));
    await mailbox.move('Wörk/Projects', '1', 'Archive');
    await mailbox.rename('Odd', 'Odder');
    dovecot().takeSaid();
    const later = await world.cycle();
    expect(later.counts).toMatchObject({ new: 1, metadataOnly: 1, vanished: 1, moved: 1, changed: 0, failed: 0 });
    const read = dovecot()
      .takeSaid()
      .filter((line) => line.includes('BODY.PEEK[]'));
    // The new message and the one that moved; nothing of the renamed folder.
    expect(read.map((line) => line.split(' ')[3]).sort()).toEqual(['121', '2']);
    const moments = [
      [first.atMs, atFirst, foldersAtFirst],
      [null, await state(mailbox), await mailbox.folders()],
    ] as const;

    for (const [atMs, expected, folders] of moments) {
      const target = dovecot().newUser();
      const report = await world.restore(account(target), atMs);
      expect(report).toMatchObject({ created: expected.length, skipped: 0, failed: [] });
      const restored = await dovecot().mailbox(target);
      expect(await state(restored)).toEqual(expected);
      expect(await restored.folders()).toEqual(folders);
      expect(await world.restore(account(target), atMs)).toMatchObject({ created: 0, skipped: expected.length, failed: [] });
      expect(await state(restored)).toEqual(expected);
      await restored.close();
    }
    world.close();
    await mailbox.close();
  });
});

async function fill(mailbox: TestMailbox): Promise<void> {
  for (const folder of ['Archive', 'Wörk', 'Wörk/Projects', 'Odd', 'Empty']) await mailbox.create(folder);
  for (let n = 1; n <= 120; n++)
    await mailbox.append('INBOX', plainMessage(n), n % 2 === 1 ? ['\\Seen', '$Label1'] : [], new Date(1e12 + n * 1e9));
  for (let n = 200; n < 205; n++) await mailbox.append('Wörk/Projects', plainMessage(n), ['\\Answered']);
  for (const bytes of Object.values(oddMessages)) await mailbox.append('Odd', bytes);
  await mailbox.append('Archive', largeMessage(300, 5 * 1024 * 1024), ['\\Draft']);
}

/** Every message with its folder, flags, date and bytes. */
async function state(mailbox: TestMailbox): Promise<string[]> {
  const lines: string[] = [];
  for (const folder of (await mailbox.folders()).map((line) => line.slice(0, line.indexOf('|')))) {
    for (const { flags, date, bytes } of await mailbox.messages(folder)) {
      lines.push(`${folder} ${flags.join(' ')} ${date} ${Buffer.from(bytes).toString('base64')}`);
    }
  }
  return lines.sort();
}
