import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { MadeAddressBook } from '../../../../test/kit/thunderbird/address-book.ts';
import { MadeProfile } from '../../../../test/kit/thunderbird/profile.ts';
import { openForeignDatabase } from '../../catalog/index.ts';
import { sha256Hasher } from '../../crypto/index.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { type FolderScan, noCursors, type Reading } from '../source.ts';
import { describeTree } from '../testing/files-world.ts';
import { contentBytes, observe, readAll } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';
import { thunderbirdSource } from './index.ts';

const files = new NodeFileSystem();
const place = {
  files,
  newDigest: sha256Hasher,
  openDatabase: (copy: Parameters<typeof openForeignDatabase>[0]) => openForeignDatabase(copy, undefined),
};
let profile: MadeProfile;
beforeEach(() => {
  profile = new MadeProfile();
});

const vCard = (uid: string, name: string): string =>
  `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nUID:${uid}\r\nEMAIL:${name}@example.org\r\nEND:VCARD\r\n`;
const book = (name = 'abook.sqlite'): MadeAddressBook => new MadeAddressBook(path.join(profile.path, name));
const open = () => thunderbirdSource({ path: profile.path, exclude: [] }, place).open(testRun());
const look = async () => {
  const session = await open();
  const folders = (await observe(session, testRun())).filter(({ path: names }) => names[0] === 'Address Books');
  return { session, folders };
};
/** Folder → key → what was read. */
async function readAllBooks(): Promise<Map<string, Map<string, Reading>>> {
  const { session, folders } = await look();
  const books = new Map<string, Map<string, Reading>>();
  for (const { path: names, visit, sightings } of folders) {
    const wanted = sightings.map((sighting) => ({ sighting, need: 'content' as const }));
    books.set(names.slice(1).join('/'), await readAll(session, visit.folder.key, wanted, testRun()));
  }
  return books;
}
const textOf = async (reading: Reading | undefined): Promise<string> =>
  reading?.content === undefined ? '' : Buffer.from(await contentBytes(reading.content, files)).toString();

/** Keys, or why there are none. */
async function outcomeOf(scan: FolderScan | undefined): Promise<string> {
  const keys: string[] = [];
  try {
    if (scan !== undefined) for await (const batch of scan.sightings) keys.push(...batch.map(({ key }) => key));
    return keys.join();
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return error.code;
  }
}

describe('address books of a Thunderbird profile (made by the test)', () => {
  it('are those that are always there and those that its settings name, by their names', async () => {
    for (const name of ['abook.sqlite', 'history.sqlite', 'abook-1.sqlite', 'unnamed.sqlite']) book(name).close();
    new MadeAddressBook(path.join(profile.root, 'secrets.sqlite')).close();
    fs.appendFileSync(
      path.join(profile.path, 'prefs.js'),
      [
        'user_pref("ldap_2.servers.Firma.filename", "abook-1.sqlite");',
        'user_pref("ldap_2.servers.Firma.description", "Firma");',
        'user_pref("ldap_2.servers.gone.filename", "gone.sqlite");',
        'user_pref("ldap_2.servers.out.filename", "../../secrets.sqlite");',
        'user_pref("ldap_2.servers.old.filename", "old.mab");',
        'user_pref("ldap_2.servers.far.uri", "ldap://example.org/");',
        '',
      ].join('\n'),
    );
    const { folders } = await look();
    expect(folders.map(({ path: names }) => names.join('/'))).toEqual([
      'Address Books',
      'Address Books/Personal Address Book',
      'Address Books/Collected Addresses',
      'Address Books/Firma',
    ]);
    expect(folders.map(({ visit }) => visit.problem)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('give each card as Thunderbird keeps it, and one from before that as a card made of its values', async () => {
    book()
      .card('u1', { _vCard: vCard('u1', 'Ada'), DisplayName: 'Ada', PopularityIndex: '7', AllowRemoteContent: '1' })
      .card('u2', {
        ...{ FirstName: 'Jörg', LastName: 'O;Neil', DisplayName: 'Jörg, O\\Neil', PrimaryEmail: 'j@example.org' },
        ...{ HomeAddress: 'Weg 1', HomeCity: 'Köln', HomeZipCode: '50667', Company: 'Nord', Department: 'IT' },
        ...{ CellularNumber: '+49 1', Notes: 'line 1\r\nline 2\u0000', BirthMonth: '2', BirthDay: '29', PreferMailFormat: '1' },
      })
      .close();
    const cards = (await readAllBooks()).get('Personal Address Book');
    expect(await textOf(cards?.get('u1'))).toBe(vCard('u1', 'Ada'));
    expect(cards?.get('u1')).toMatchObject({ summary: { title: 'Ada', from: 'Ada@example.org' } });
    expect(cards?.get('u1')?.metadata).toEqual({ properties: { AllowRemoteContent: '1' } });
    expect((await textOf(cards?.get('u2'))).split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:4.0',
      'UID:u2',
      'FN:Jörg\\, O\\\\Neil',
      'N:O\\;Neil;Jörg',
      'EMAIL:j@example.org',
      'TEL;TYPE=cell;VALUE=TEXT:+49 1',
      'NOTE:line 1\\nline 2',
      'ADR;TYPE=home:;;Weg 1;Köln;;50667;',
      'ORG:Nord;IT',
      'BDAY;VALUE=TEXT:--0229',
      'END:VCARD',
      '',
    ]);
    expect(cards?.get('u2')).toMatchObject({ summary: { title: 'Jörg, O\\Neil', from: 'j@example.org', to: '+49 1' } });
  });

  it('give each list as a group of its cards', async () => {
    book()
      .card('u1', { _vCard: vCard('u1', 'Ada') })
      .list('l1', 'Friends', ['u2', 'u1'])
      .close();
    const list = (await readAllBooks()).get('Personal Address Book')?.get('list:l1');
    expect(list?.summary.title).toBe('Friends');
    expect((await textOf(list)).split('\r\n')).toEqual(
      expect.arrayContaining(['KIND:group', 'UID:l1', 'FN:Friends', 'MEMBER:urn:uuid:u1', 'MEMBER:urn:uuid:u2']),
    );
  });

  it('are read while Thunderbird has them open, with what it has not written into the file yet, and nothing is touched', async () => {
    const open = book().card('u1', { _vCard: vCard('u1', 'Ada') });
    expect(open.logBytes).toBeGreaterThan(0);
    const before = describeTree(profile.root, { changeTimes: true });
    expect([...((await readAllBooks()).get('Personal Address Book')?.keys() ?? [])]).toEqual(['u1']);
    expect(describeTree(profile.root, { changeTimes: true })).toEqual(before);
    open.card('u1', { _vCard: vCard('u1', 'Ada Lovelace') });
    expect((await readAllBooks()).get('Personal Address Book')?.get('u1')?.summary.title).toBe('Ada Lovelace');
    open.close();
    expect((await readAllBooks()).get('Personal Address Book')?.get('u1')?.summary.title).toBe('Ada Lovelace');
  });

  it.for<[string, (file: string) => void]>([
    ['is no database', (file) => fs.writeFileSync(file, 'not a database at all'.repeat(500))],
    ['is empty', (file) => fs.writeFileSync(file, '')],
    ['was cut off', (file) => fs.truncateSync(file, 5000)],
    [
      'is overwritten in the middle',
      (file) => {
        const bytes = fs.readFileSync(file);
        bytes.fill(0xee, 4096);
        fs.writeFileSync(file, bytes);
      },
    ],
    ['has no such table', (file) => new MadeAddressBook(`${file}.x`).say('DROP TABLE properties').close()],
  ])('one that %s is unreadable: nothing in it counts as gone, and all else is read', async ([what, spoil]) => {
    const first = book();
    for (let n = 0; n < 200; n += 1) first.card(`u${n}`, { _vCard: vCard(`u${n}`, `Name ${n}`) });
    first.close();
    book('history.sqlite')
      .card('h', { _vCard: vCard('h', 'Other') })
      .close();
    spoil(path.join(profile.path, 'abook.sqlite'));
    if (what === 'has no such table') fs.renameSync(`${first.path}.x`, first.path);
    const session = await open();
    const found = new Map<string, string>();
    for await (const { folder, scan } of session.walk(noCursors, testRun())) {
      if (folder.key.endsWith('.sqlite')) found.set(folder.key, await outcomeOf(scan));
    }
    expect([...found]).toEqual([
      ['abook.sqlite', 'folder.unreadable'],
      ['history.sqlite', 'h'],
    ]);
    expect((await session.folders(undefined, testRun())).find(({ key }) => key === 'abook.sqlite')?.items).toBeNull();
  });

  it('do not read a card with a value that nobody wrote, and read all others', async () => {
    const open = book()
      .card('u1', { _vCard: vCard('u1', 'Ada') })
      .card('huge', { DisplayName: 'Huge' });
    open.say(`INSERT INTO properties VALUES ('huge', 'Notes', printf('%.*c', ${33 * 1024 * 1024}, 'x'))`);
    open.say(`INSERT INTO properties VALUES (NULL, 'DisplayName', 'nobody'), ('odd', NULL, 'x'), ('odd', 'Notes', x'00ff')`);
    open.close();
    const cards = (await readAllBooks()).get('Personal Address Book');
    expect(cards?.get('huge')?.problem?.code).toBe('item.too-large');
    expect([...(cards?.values() ?? [])].filter(({ problem }) => problem === undefined)).toHaveLength(3);
  });
});
