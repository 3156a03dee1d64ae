import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { Reading, SourceSession } from '../source.ts';
import { describeTree } from '../testing/files-world.ts';
import { asStored, contentBytes, observe, type ObservedFolder, readAll } from '../testing/observation.ts';
import { type PlantedItem, sourceSuite } from '../testing/source-suite.ts';
import { testRun } from '../testing/test-run.ts';
import { maildirSource } from './index.ts';
import { flagsOf, parseKeywords, parseMessageName } from './message-name.ts';
import { decodeModifiedUtf7 } from './modified-utf7.ts';

const files = new NodeFileSystem();
const settings = (root: string, exclude: readonly string[] = []) => ({ kind: 'maildir' as const, path: root, exclude });
const makeMailbox = (directory: string): void => {
  for (const name of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(directory, name), { recursive: true });
};
const messageText = (n: number): string => `From: a@example.org\r\nSubject: message ${n}\r\n\r\nBody of ${n}\r\n`;

const layouts: Readonly<Record<string, (root: string, folder: readonly string[]) => string>> = {
  'Maildir++': (root, folder) => path.join(root, `.${folder.join('.')}`),
  'nested directories': (root, folder) => path.join(root, ...folder),
};

for (const [layout, directoryOf] of Object.entries(layouts)) {
  sourceSuite(`maildir, ${layout}`, async () => {
    const root = temporaryFolder();
    makeMailbox(root);
    const plant = (folder: readonly string[], n: number): PlantedItem => {
      let now = path.join(directoryOf(root, folder), 'cur', `17000000${n}.M1P${n}.host,S=60:2,`);
      const bytes = Buffer.from(messageText(n));
      fs.writeFileSync(now, bytes);
      const rename = (next: string): void => {
        fs.renameSync(now, next);
        now = next;
      };
      return {
        bytes,
        changeMetadata: async () => rename(`${now}S`),
        remove: async () => fs.unlinkSync(now),
        move: async (target) => rename(path.join(directoryOf(root, target), 'cur', path.basename(now))),
      };
    };
    return {
      source: maildirSource(settings(root), files),
      addFolder: async (folder) => folder.forEach((_, depth) => makeMailbox(directoryOf(root, folder.slice(0, depth + 1)))),
      addItem: async (folder, n) => plant(folder, n),
      fingerprint: async () => describeTree(root, { changeTimes: true }).join('\n'),
      close: async () => undefined,
    };
  });
}

describe('the source of a Maildir', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
    makeMailbox(root);
  });
  const deliver = (name: string, text = messageText(1), directory = root): string => {
    const file = path.join(directory, name);
    fs.writeFileSync(file, text);
    return file;
  };
  const open = (on: FileSystem = files, exclude: readonly string[] = []): Promise<SourceSession> =>
    maildirSource(settings(root, exclude), on).open(testRun());
  const walk = async (on?: FileSystem, exclude?: readonly string[]): Promise<ObservedFolder[]> =>
    observe(await open(on, exclude), testRun());
  const inbox = async (on?: FileSystem): Promise<ObservedFolder> => {
    const found = (await walk(on)).find(({ visit }) => visit.folder.key === '.');
    if (found === undefined) throw new Error('no INBOX');
    return found;
  };
  const readInbox = async (on: FileSystem = files, between: () => void = () => undefined): Promise<Reading[]> => {
    const session = await open(on);
    const folder = (await observe(session, testRun())).find(({ visit }) => visit.folder.key === '.');
    between();
    const wanted = (folder?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    return [...(await readAll(session, '.', wanted, testRun())).values()].map((reading) => asStored(reading, on));
  };
  const paths = async (exclude?: readonly string[]): Promise<string[]> =>
    (await walk(files, exclude)).slice(1).map(({ path: names }) => names.join('/'));

  it('shows the root as INBOX, and levels that have no directory of their own', async () => {
    makeMailbox(path.join(root, '.Work.Projects.Old'));
    makeMailbox(path.join(root, 'Nested/Deep'));
    fs.mkdirSync(path.join(root, 'no mail in it'));
    fs.mkdirSync(path.join(root, '.git'));
    expect(await paths()).toEqual(['INBOX', 'Work', 'Work/Projects', 'Work/Projects/Old', 'Nested', 'Nested/Deep']);
  });

  it('calls folders as people do, and keeps two names apart that look the same', async () => {
    for (const name of ['.Entw&APw-rfe', '.Tom &- Jerry', '.AT&T', '.Entwürfe', 'INBOX']) makeMailbox(path.join(root, name));
    expect((await paths()).slice(1).sort()).toEqual(['AT&T', 'Entwürfe', 'Entwürfe (.Entwürfe)', 'INBOX (INBOX)', 'Tom & Jerry']);
  });

  it('leaves out what the patterns name, with everything below', async () => {
    for (const name of ['.Junk', '.Work.Old', '.Work.Old.Deep', '.Work.New']) makeMailbox(path.join(root, name));
    expect(await paths(['Junk', 'Work/O*'])).toEqual(['INBOX', 'Work', 'Work/New']);
  });

  it('reads flags, keywords and the date of a message', async () => {
    fs.writeFileSync(path.join(root, 'dovecot-keywords'), '0 $Junk\n1 Important\n');
    const file = deliver('cur/1.a.host,S=1:2,FRSabPx');
    files.setTimes(file, 1n, 1_700_000_000_123_456_789n);
    const [reading] = await readInbox();
    expect(reading?.metadata).toEqual({
      flags: ['\\Answered', '\\Flagged', '\\Seen'],
      keywords: ['$Forwarded', '$Junk', 'Important'],
      internalDate: '2023-11-14T22:13:20.123Z',
      place: 'cur',
      unknownFlags: 'x',
    });
    expect(reading?.summary).toMatchObject({ title: 'message 1', from: 'a@example.org', timeMs: 1_700_000_000_123 });
  });

  it('takes a new name of a keyword for a change, and a new order of letters for none', async () => {
    const list = path.join(root, 'dovecot-keywords');
    fs.writeFileSync(list, '0 Old\n');
    const file = deliver('cur/1.a.host:2,SaF');
    const before = (await inbox()).sightings[0];
    fs.renameSync(file, path.join(root, 'cur/1.a.host:2,FSa'));
    expect((await inbox()).sightings[0]?.metadataRevision).toBe(before?.metadataRevision);
    fs.writeFileSync(list, '0 New\n');
    expect((await inbox()).sightings[0]?.metadataRevision).not.toBe(before?.metadataRevision);
  });

  it('keeps a message the same on its way from new to cur', async () => {
    deliver('new/1.a.host');
    const [before] = (await inbox()).sightings;
    fs.renameSync(path.join(root, 'new/1.a.host'), path.join(root, 'cur/1.a.host:2,S'));
    const [after] = (await inbox()).sightings;
    expect([after?.key, after?.contentRevision]).toEqual([before?.key, before?.contentRevision]);
    expect(after?.metadataRevision).not.toBe(before?.metadataRevision);
  });

  it('recognises a message that a server moved under a new name', async () => {
    const file = deliver('cur/1.a.host:2,S');
    makeMailbox(path.join(root, '.Work'));
    const [before] = (await inbox()).sightings;
    fs.linkSync(file, path.join(root, '.Work/cur/2.b.host:2,S'));
    fs.unlinkSync(file);
    const after = (await walk()).find(({ path: names }) => names[0] === 'Work')?.sightings[0];
    expect(after?.identity).toBe(before?.identity);
    expect(after?.contentRevision).toBe(before?.contentRevision);
    expect(after?.key).not.toBe(before?.key);
  });

  it('leaves the opening of messages to whoever stores them, and opens them by itself where they are not what was seen', async () => {
    const paths = [deliver('cur/1.small:2,'), deliver('cur/2.large:2,', messageText(2).padEnd(300_000, 'x'))];
    const session = await open(intercepted('open', () => expect.fail('opened')));
    const { sightings } = await inbox();
    const wanted = sightings.map((sighting) => ({ sighting, need: 'content' as const }));
    const read = [...(await readAll(session, '.', wanted, testRun())).values()];
    expect(read.map(({ content }) => content?.kind === 'file' && content.path).sort()).toEqual(paths.sort());
    expect(read.map((reading) => asStored(reading, files).summary.title).sort()).toEqual(['message 1', 'message 2']);
    const again = (await readInbox(files, () => fs.utimesSync(paths[0] ?? '', 5, 5))).find(({ key }) => key.startsWith('1.'));
    expect(again).toMatchObject({ content: { kind: 'bytes' }, summary: { title: 'message 1' } });
  });

  it('lists again for a message that was renamed after others were looked for', async () => {
    for (const n of [1, 2]) deliver(`cur/${n}.a:2,`);
    const session = await open();
    const wanted = (await inbox()).sightings.map((sighting) => ({ sighting, need: 'content' as const }));
    const read = [...(await readAll(session, '.', wanted, testRun())).values()];
    for (const n of [1, 2]) {
      fs.renameSync(path.join(root, `cur/${n}.a:2,`), path.join(root, `cur/${n}.a:2,S`));
      const reading = read.find(({ key }) => key === `${n}.a`);
      expect(reading?.again?.()).toMatchObject({ metadata: { flags: ['\\Seen'] } });
    }
  });

  it('finds a message that is renamed between listing and looking', async () => {
    deliver('cur/1.a:2,');
    // The rename comes with the first look, after the listing.
    const on = once('lstat', () => fs.renameSync(path.join(root, 'cur/1.a:2,'), path.join(root, 'cur/1.a:2,S')));
    const { sightings } = await inbox(on);
    expect(sightings).toMatchObject([{ key: '1.a', metadataRevision: 'cur \\Seen ' }]);
  });

  it('lists again when something was renamed while it listed', async () => {
    deliver('cur/1.a:2,');
    let listings = 0;
    const on = intercepted('list', (args) => {
      if (!String(args[0]).endsWith('/cur') || ++listings > 1) return undefined;
      // As the system may do it: the message is seen under neither of its names.
      fs.renameSync(path.join(root, 'cur/1.a:2,'), path.join(root, 'cur/1.a:2,S'));
      fs.utimesSync(path.join(root, 'cur'), 1, 1);
      return [];
    });
    expect((await inbox(on)).sightings.map(({ key }) => key)).toEqual(['1.a']);
    expect(listings).toBe(2);
  });

  it('reads a message that is renamed between looking and reading', async () => {
    deliver('cur/1.a:2,');
    const [reading] = await readInbox(files, () => fs.renameSync(path.join(root, 'cur/1.a:2,'), path.join(root, 'cur/1.a:2,S')));
    expect(reading).toMatchObject({ key: '1.a', metadata: { flags: ['\\Seen'] } });
    expect(reading?.problem).toBeUndefined();
  });

  it('keeps two files with one unique name apart', async () => {
    deliver('new/1.a', messageText(1));
    deliver('cur/1.a:2,S', messageText(2));
    const readings = await readInbox();
    const texts = await Promise.all(
      readings.map(async ({ content }) => content && Buffer.from(await contentBytes(content, files)).toString()),
    );
    expect(texts.sort()).toEqual([messageText(1), messageText(2)]);
    expect((await inbox()).sightings.map(({ key }) => key).sort()).toEqual(['1.a', 'new/1.a']);
  });

  it('tells who is subscribed to, in the forms of two servers', async () => {
    makeMailbox(path.join(root, '.Work.Old'));
    const subscribed = async (): Promise<unknown[]> => {
      const session = await open();
      const visits = await observe(session, testRun());
      const answers = await Promise.all(
        visits
          .slice(1)
          .map(({ visit }) => readAll(session, visit.folder.key, [{ sighting: visit.folder, need: 'metadata' }], testRun())),
      );
      return answers.flatMap((answer) => [...answer.values()].map(({ metadata }) => metadata['subscribed']));
    };
    expect(await subscribed()).toEqual([null, null, null]);
    fs.writeFileSync(path.join(root, 'subscriptions'), 'V\t2\n\nWork\tOld\nINBOX\n');
    expect(await subscribed()).toEqual([true, false, true]);
    fs.writeFileSync(path.join(root, 'subscriptions'), 'Work\n');
    expect(await subscribed()).toEqual([false, true, false]);
    fs.rmSync(path.join(root, 'subscriptions'));
    fs.writeFileSync(path.join(root, 'courierimapsubscribed'), 'INBOX\nINBOX.Work.Old\n');
    expect(await subscribed()).toEqual([true, false, true]);
  });

  it('fails as missing where there is no Maildir, and does not take it for an empty account', async () => {
    const empty = temporaryFolder();
    await expect(maildirSource(settings(empty), files).open(testRun())).rejects.toMatchObject({ code: 'source.missing' });
    await expect(maildirSource(settings(path.join(empty, 'gone')), files).open(testRun())).rejects.toMatchObject({
      code: 'source.missing',
    });
  });

  it('says which folder it cannot read, and reads the others', async () => {
    makeMailbox(path.join(root, '.Closed'));
    makeMailbox(path.join(root, '.Half'));
    deliver('cur/1.a:2,');
    const on = intercepted('list', ([directory]) => {
      if (directory === path.join(root, '.Closed') || directory === path.join(root, '.Half/cur')) throw refused('EACCES');
      return undefined;
    });
    const visits = await walk(on);
    for (const name of ['Closed', 'Half']) {
      expect(visits.find(({ visit }) => visit.folder.name === name)?.visit).toMatchObject({
        scan: undefined,
        problem: { code: 'folder.unreadable', facts: { folder: name, reason: 'EACCES' } },
      });
    }
    expect((await inbox(on)).sightings).toHaveLength(1);
  });

  it('keeps a message in sight that says nothing of itself', async () => {
    const bad = deliver('cur/1.a:2,');
    const on = intercepted('lstat', ([file]) => {
      if (file === bad) throw refused('EIO');
      return undefined;
    });
    expect((await inbox(on)).sightings.map(({ key }) => key)).toEqual(['1.a']);
  });

  it('never waits for a pipe, and never follows a link', async () => {
    files.makeFifo(path.join(root, 'cur/1.pipe:2,'), 0o600);
    fs.symlinkSync('/etc/passwd', path.join(root, 'cur/2.link:2,'));
    const problems = (await readInbox()).map(({ problem }) => problem?.code);
    expect(problems).toEqual(['item.unreadable', 'item.unreadable']);
  });

  it('counts for a person', async () => {
    deliver('cur/1.a:2,');
    deliver('new/2.b');
    expect(await (await open()).folders(null, testRun())).toMatchObject([
      { key: '.', name: 'INBOX', specialUse: '\\Inbox', items: 2, excluded: false },
    ]);
  });
});

describe('the name of a message', () => {
  it.each([
    ['1.a.host', { unique: '1.a.host', letters: '' }],
    ['1.a.host:2,', { unique: '1.a.host', letters: '' }],
    ['1.a.host,S=1,W=2:2,SRF', { unique: '1.a.host,S=1,W=2', letters: 'FRS' }],
    ['1.a.host:2,SS', { unique: '1.a.host', letters: 'S' }],
    ['1.a.host;2,S', { unique: '1.a.host', letters: 'S' }],
    ['1.a.host!2,S', { unique: '1.a.host', letters: 'S' }],
    ['1.a.host:1,experimental', { unique: '1.a.host:1,experimental', letters: '' }],
    ['.hidden', undefined],
  ])('%s', (name, expected) => {
    expect(parseMessageName(name)).toEqual(expected);
  });

  it('has flags as IMAP names them', () => {
    expect(flagsOf('DFPRSTaz', new Map([['a', '$Junk']]))).toEqual({
      flags: ['\\Answered', '\\Deleted', '\\Draft', '\\Flagged', '\\Seen'],
      keywords: ['$Forwarded', '$Junk'],
      unknown: 'z',
    });
  });

  it('has keywords from a list that may hold anything', () => {
    expect(parseKeywords('0 $Junk\n25 Last\n26 too far\nnonsense\n1\n2 two words\n')).toEqual(
      new Map([
        ['a', '$Junk'],
        ['z', 'Last'],
      ]),
    );
  });
});

describe('modified UTF-7', () => {
  it.each([
    ['~peter/mail/&U,BTFw-/&ZeVnLIqe-', '~peter/mail/台北/日本語'],
    ['Entw&APw-rfe', 'Entwürfe'],
    ['&-', '&'],
    ['&2D3eAA-', '😀'],
    ['AT&T', 'AT&T'],
    ['&AGE', '&AGE'],
    ['&2D0-', '&2D0-'],
    ['Entwürfe & mehr', 'Entwürfe & mehr'],
  ])('%s', (name, expected) => {
    expect(decodeModifiedUtf7(name)).toBe(expected);
  });

  it('never fails', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('&', '-', 'A', ',', '+', 'ü', '2', 'D') }),
        (name) => typeof decodeModifiedUtf7(name) === 'string',
      ),
    );
  });
});

const refused = (code: string): Error => Object.assign(new Error(code), { code });

/** The real file system; what `before` returns stands for the answer of one call. */
function intercepted(call: keyof FileSystem, before: (args: readonly unknown[]) => unknown): FileSystem {
  return new Proxy(files, {
    get(target, name: keyof FileSystem) {
      const real = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => (name === call ? before(args) : undefined) ?? real.apply(target, args);
    },
  });
}

function once(call: keyof FileSystem, action: () => void): FileSystem {
  let done = false;
  return intercepted(call, () => {
    if (!done) action();
    done = true;
    return undefined;
  });
}
