import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { mboxrdPieces } from '../../src/engine/sources/disk/mbox-framing.ts';
import { CaptureWorld } from '../kit/capture-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { MadeProfile } from '../kit/thunderbird/profile.ts';

const startMs = Date.UTC(2026, 2, 1);
const framed = (n: number): Buffer =>
  Buffer.concat(mboxrdPieces(Buffer.from(`From: a@nord.example\nSubject: message ${n}\n\nText of ${n}\n`), startMs + n * 1000));

/** Messages of each mbox by how many there are. */
const counts = async (world: CaptureWorld): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const name of await world.names()) {
    const folder = path.posix.dirname(name);
    found[folder] = (found[folder] ?? 0) + 1;
  }
  return found;
};

it('watched mbox files have what is appended, and what comes new, in the storage soon after', { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, 'mail', name);
  fs.mkdirSync(at('Work'), { recursive: true });
  fs.writeFileSync(at('Inbox.mbox'), framed(1));
  fs.writeFileSync(at('Work/Old.mbox'), framed(2));
  const world = new CaptureWorld(root);
  await world.make({ kind: 'mbox', path: at(''), exclude: [] });
  const before = (await world.names()).length;
  fs.appendFileSync(at('Inbox.mbox'), framed(3));
  await world.until(async () => (await world.names()).length === before + 1);
  fs.writeFileSync(at('Work/New.mbox'), Buffer.concat([framed(4), framed(5)]));
  await world.until(async () =>
    Object.entries(await counts(world)).some(([folder, count]) => /New$/.test(folder) && count === 2),
  );
  const view = await world.idle();
  expect(view).toMatchObject({ scanDue: null, failure: null, sources: [{ state: 'events' }] });
});

it('a watched tree of files has what is saved, renamed and deleted in the storage soon after', { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, 'files', name);
  fs.mkdirSync(at('contacts'), { recursive: true });
  const card = (name: string): string => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEND:VCARD\r\n`;
  fs.writeFileSync(at('contacts/a.vcf'), card('Anna'));
  fs.writeFileSync(at('top.ics'), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
  const world = new CaptureWorld(root);
  await world.make({ kind: 'item-files', path: at(''), exclude: [] });
  const has = (name: string) => async (): Promise<boolean> => (await world.names()).some((one) => one.endsWith(name));
  fs.writeFileSync(at('contacts/b.vcf'), card('Bert'));
  await world.until(has('contacts/b.vcf'));
  fs.mkdirSync(at('deep/down'), { recursive: true });
  fs.writeFileSync(at('deep/down/c.vcf'), card('Clara'));
  await world.until(has('deep/down/c.vcf'));
  fs.writeFileSync(at('second.ics'), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
  await world.until(has('second.ics'));
  fs.rmSync(at('contacts/a.vcf'));
  await world.until(async () => !(await has('contacts/a.vcf')()));
  expect(await has('top.ics')()).toBe(true);
  expect(await world.idle()).toMatchObject({ scanDue: null, failure: null, sources: [{ state: 'events' }] });
});

it('a watched profile of Thunderbird has what comes into its folders of either form in the storage soon after', {
  timeout: 120_000,
}, async () => {
  const root = temporaryFolder();
  const profile = new MadeProfile();
  const inbox = profile.mbox(['Inbox']);
  fs.writeFileSync(inbox, framed(1));
  const pop = profile.maildir('Inbox');
  fs.writeFileSync(path.join(pop, '1'), 'Subject: first\n\nx\n');
  const world = new CaptureWorld(root);
  await world.make({ kind: 'thunderbird', path: profile.root, exclude: [] });
  const before = (await world.names()).length;
  fs.appendFileSync(inbox, framed(2));
  await world.until(async () => (await world.names()).length === before + 1);
  fs.writeFileSync(path.join(pop, '2'), 'Subject: second\n\nx\n');
  await world.until(async () => (await world.names()).length === before + 2);
  fs.writeFileSync(path.join(profile.path, 'places.sqlite-wal'), 'what it writes all the time');
  expect(await world.idle()).toMatchObject({ scanDue: null, failure: null, sources: [{ state: 'events' }] });
});
