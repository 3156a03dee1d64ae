import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { MadeProfile } from '../../../../test/kit/thunderbird/profile.ts';
import { openForeignDatabase } from '../../catalog/index.ts';
import { sha256Hasher } from '../../crypto/index.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { mboxrdPieces } from '../disk/mbox-framing.ts';
import type { Reading, Source } from '../source.ts';
import { describeTree } from '../testing/files-world.ts';
import { contentBytes, observe, type ObservedFolder, readAll } from '../testing/observation.ts';
import { type PlantedItem, sourceSuite } from '../testing/source-suite.ts';
import { testRun } from '../testing/test-run.ts';
import { itemFilesSource, mboxSource, thunderbirdSource } from './index.ts';

const files = new NodeFileSystem();
const place = {
  files,
  newDigest: sha256Hasher,
  openDatabase: (copy: Parameters<typeof openForeignDatabase>[0]) => openForeignDatabase(copy, undefined),
};
const messageText = (n: number, status = '0000'): string =>
  `X-Mozilla-Status: ${status}\nFrom: a@example.org\nSubject: message ${n}\n\nBody of ${n}\nFrom here on\n`;
const at = (file: string) => ({ path: file, exclude: [] as readonly string[] });

/** An mbox that another program writes: it appends, rewrites flags in their place, and takes out by writing anew. */
function plantIn(fileOf: (folder: readonly string[]) => string): (folder: readonly string[], n: number) => PlantedItem {
  const framed = (text: string): Buffer => Buffer.concat(mboxrdPieces(Buffer.from(text), 1_772_359_200_000));
  return (folder, n) => {
    let file = fileOf(folder);
    let text = messageText(n);
    fs.appendFileSync(file, framed(text));
    const takeOut = (): void => {
      const all = fs.readFileSync(file);
      const start = all.indexOf(framed(text));
      fs.writeFileSync(file, Buffer.concat([all.subarray(0, start), all.subarray(start + framed(text).length)]));
    };
    return {
      get bytes() {
        return Buffer.from(text);
      },
      changeMetadata: async () => {
        const all = fs.readFileSync(file);
        const start = all.indexOf(framed(text));
        text = messageText(n, '0001');
        framed(text).copy(all, start);
        fs.writeFileSync(file, all);
      },
      remove: async () => takeOut(),
      move: async (target) => {
        takeOut();
        file = fileOf(target);
        fs.appendFileSync(file, framed(text));
      },
    };
  };
}

sourceSuite('mbox', async () => {
  const root = temporaryFolder();
  const fileOf = (folder: readonly string[]): string => `${path.join(root, ...folder)}.mbox`;
  const plant = plantIn(fileOf);
  return {
    source: mboxSource(at(root), place),
    knowsContentApart: false,
    addFolder: async (folder) =>
      folder.forEach((_, depth) => {
        const file = fileOf(folder.slice(0, depth + 1));
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.appendFileSync(file, '');
      }),
    addItem: async (folder, n) => plant(folder, n),
    fingerprint: async () => describeTree(root, { changeTimes: true }).join('\n'),
    close: async () => undefined,
  };
});

sourceSuite('item files', async () => {
  const root = temporaryFolder();
  return {
    source: itemFilesSource(at(root), place),
    addFolder: async (folder) => void fs.mkdirSync(path.join(root, ...folder), { recursive: true }),
    addItem: async (folder, n) => {
      let file = path.join(root, ...folder, `${n}.eml`);
      const bytes = Buffer.from(messageText(n));
      fs.writeFileSync(file, bytes);
      return {
        bytes,
        remove: async () => fs.unlinkSync(file),
        changeContent: async () => {
          fs.writeFileSync(file, messageText(n * 100));
          return Buffer.from(messageText(n * 100));
        },
        move: async (target) => {
          const next = path.join(root, ...target, path.basename(file));
          fs.renameSync(file, next);
          file = next;
        },
      };
    },
    fingerprint: async () => describeTree(root, { changeTimes: true }).join('\n'),
    close: async () => undefined,
  };
});

sourceSuite('Thunderbird, a made profile', async () => {
  const profile = new MadeProfile();
  const inLocal = (folder: readonly string[]): string => profile.mbox(folder);
  const plant = plantIn(inLocal);
  const { exclude } = at('');
  const source = thunderbirdSource({ path: profile.root, exclude }, place);
  return {
    source: withoutTop(source, 'Mail/Local Folders', 'Profiles/x1.default/'),
    knowsContentApart: false,
    addFolder: async (folder) => void inLocal(folder),
    addItem: async (folder, n) => plant(folder, n),
    fingerprint: async () => describeTree(profile.root, { changeTimes: true }).join('\n'),
    close: async () => undefined,
  };
});

/** The account's folders as if they were at the top, where the suite looks for them. */
function withoutTop(source: Source, account: string, prefix: string): Source {
  const key = `${prefix}${account}`;
  return {
    open: async (run) => {
      const session = await source.open(run);
      return {
        capabilities: session.capabilities,
        folders: (parentKey, context) => session.folders(parentKey, context),
        read: (folderKey, wanted, context) => session.read(folderKey, wanted, context),
        close: () => session.close(),
        async *walk(known, context) {
          for await (const visit of session.walk(known, context)) {
            if (visit.folder.key === key || visit.folder.key.includes('pop.')) continue;
            yield visit.parentKey === key ? { ...visit, parentKey: '' } : visit;
          }
        },
      };
    },
  };
}

describe('the sources of what other programs keep', () => {
  const walk = async (source: Source): Promise<ObservedFolder[]> => observe(await source.open(testRun()), testRun());
  const paths = async (source: Source): Promise<string[]> =>
    (await walk(source)).slice(1).map(({ path: names }) => names.join('/'));
  const readings = async (source: Source): Promise<Reading[]> => {
    const session = await source.open(testRun());
    const found: Reading[] = [];
    for (const { visit, sightings } of await observe(session, testRun())) {
      const wanted = sightings.map((sighting) => ({ sighting, need: 'content' as const }));
      found.push(...(await readAll(session, visit.folder.key, wanted, testRun())).values());
    }
    return found;
  };

  it('find mbox files by how they begin and by how they are called, and keep a file and the directory beside it together', async () => {
    const root = temporaryFolder();
    const mbox = Buffer.concat(mboxrdPieces(Buffer.from(messageText(1)), 0));
    fs.mkdirSync(path.join(root, 'Work'));
    fs.mkdirSync(path.join(root, 'pictures'));
    fs.mkdirSync(path.join(root, 'Inbox.sbd'));
    for (const name of ['Work.mbox', 'Work/Old', 'Inbox', 'Inbox.sbd/Deep', 'broken.mbox'])
      fs.writeFileSync(path.join(root, name), mbox);
    fs.writeFileSync(path.join(root, 'broken.mbox'), 'nothing of the kind');
    fs.writeFileSync(path.join(root, 'pictures/a.jpg'), 'jpeg');
    fs.writeFileSync(path.join(root, 'notes.txt'), 'text');
    expect(await paths(mboxSource(at(root), place)).catch((error: unknown) => error)).toMatchObject({
      code: 'folder.unreadable',
    });
    fs.rmSync(path.join(root, 'broken.mbox'));
    expect(await paths(mboxSource(at(root), place))).toEqual(['Inbox', 'Inbox/Deep', 'Work', 'Work/Old']);
    expect(await paths(mboxSource(at(path.join(root, 'Inbox')), place))).toEqual(['Inbox']);
  });

  it('fail as missing where nothing of the kind is, and do not take it for an empty account', async () => {
    const empty = temporaryFolder();
    for (const source of [mboxSource, itemFilesSource, thunderbirdSource])
      for (const where of [empty, path.join(empty, 'gone')])
        await expect(source(at(where), place).open(testRun())).rejects.toMatchObject({ code: 'source.missing' });
  });

  it('leave out messages that Thunderbird has deleted and not yet taken out, and keep two equal ones apart', async () => {
    const file = path.join(temporaryFolder(), 'Inbox');
    const all = [messageText(1), messageText(2, '0009'), messageText(1, '0001')];
    fs.writeFileSync(file, Buffer.concat(all.flatMap((text) => mboxrdPieces(Buffer.from(text), 1_772_359_200_000))));
    const [, inbox] = await walk(mboxSource(at(file), place));
    const [first = '', second = ''] = (inbox?.sightings ?? []).map(({ key }) => key);
    expect(inbox?.sightings).toHaveLength(2);
    expect(second).toBe(`${first}.2`);
    const [one, other] = await readings(mboxSource(at(file), place));
    expect(one?.metadata).toMatchObject({ flags: [], internalDate: '2026-03-01T10:00:00.000Z' });
    expect(other?.metadata).toMatchObject({ flags: ['\\Seen'] });
    expect(one?.summary.title).toBe('message 1');
  });

  it('do not read an mbox again that did not change, and read it again when anything may have', async () => {
    const file = path.join(temporaryFolder(), 'Inbox');
    fs.writeFileSync(file, Buffer.concat(mboxrdPieces(Buffer.from(messageText(1)), 0)));
    fs.utimesSync(file, 1_600_000_000, 1_600_000_000);
    const source = mboxSource(at(file), place);
    const [, before] = await walk(source);
    const known = { cursor: (key: string) => (key === 'Inbox' ? before?.cursor : undefined) };
    const again = async (): Promise<ObservedFolder | undefined> =>
      (await observe(await source.open(testRun()), testRun(), known))[1];
    expect(await again()).toMatchObject({ sightings: [], vanished: [], cursor: before?.cursor });
    expect((await again())?.visit.scan?.completeness).toBe('changes');
    fs.appendFileSync(file, Buffer.concat(mboxrdPieces(Buffer.from(messageText(2)), 0)));
    expect((await again())?.sightings).toHaveLength(2);
    // It was written a moment ago, by the clock of the run: no promise is given for the next time.
    expect((await again())?.cursor).toBeUndefined();
  });

  it('find a message that lies elsewhere since the mbox was listed, and say so of one that has gone', async () => {
    const file = path.join(temporaryFolder(), 'Inbox');
    const framed = (n: number): Buffer => Buffer.concat(mboxrdPieces(Buffer.from(messageText(n)), 0));
    fs.writeFileSync(file, Buffer.concat([framed(1), framed(2)]));
    const session = await mboxSource(at(file), place).open(testRun());
    const folder = (await observe(session, testRun()))[1];
    fs.writeFileSync(file, Buffer.concat([framed(3), framed(2)]));
    const wanted = (folder?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    const [gone, moved] = [...(await readAll(session, 'Inbox', wanted, testRun())).values()];
    expect(gone?.problem).toMatchObject({ code: 'item.changed-while-reading' });
    expect(moved?.content && Buffer.from(await contentBytes(moved.content, files)).toString()).toBe(messageText(2));
  });

  it('give up on an mbox that changes each time it is read, and take nothing of it for gone', async () => {
    const file = path.join(temporaryFolder(), 'Inbox');
    fs.writeFileSync(file, Buffer.concat(mboxrdPieces(Buffer.from(messageText(1)), 0)));
    const restless = new Proxy(files, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          if (name === 'open') fs.appendFileSync(file, '\n');
          return Reflect.apply(method, target, args) as unknown;
        };
      },
    }) as FileSystem;
    await expect(walk(mboxSource(at(file), { ...place, files: restless }))).rejects.toMatchObject({ code: 'folder.unreadable' });
  });

  it('stream a message that is too long for the memory, exactly', async () => {
    const file = path.join(temporaryFolder(), 'Inbox');
    const long = `Subject: long\n\n${'From here 0123456789\n'.repeat(80_000)}`;
    fs.writeFileSync(file, Buffer.concat(mboxrdPieces(Buffer.from(long), 0)));
    const [reading] = await readings(mboxSource(at(file), place));
    expect(reading?.content?.kind).toBe('stream');
    expect(reading?.content && Buffer.from(await contentBytes(reading.content, files)).equals(Buffer.from(long))).toBe(true);
  });

  it('know what an EML, ICS or VCF file is, and take each file for one item, however much is in it', async () => {
    const root = temporaryFolder();
    const event = (kind: string, uid: string): string => `BEGIN:${kind}\r\nUID:${uid}\r\nSUMMARY:${uid}\r\nEND:${kind}\r\n`;
    const calendar = (...parts: string[]): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${parts.join('')}END:VCALENDAR\r\n`;
    fs.writeFileSync(path.join(root, 'mail.EML'), messageText(1));
    fs.writeFileSync(path.join(root, 'two.ics'), calendar(event('VEVENT', 'a'), event('VEVENT', 'b')));
    fs.writeFileSync(path.join(root, 'task.ics'), calendar(event('VTODO', 'c')));
    fs.writeFileSync(
      path.join(root, 'people.vcf'),
      'BEGIN:VCARD\r\nFN:Anna\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Bob\r\nEND:VCARD\r\n',
    );
    fs.writeFileSync(path.join(root, 'other.txt'), 'no item');
    const [, top] = await walk(itemFilesSource(at(root), place));
    expect(top?.path).toEqual([path.basename(root)]);
    expect(top?.sightings.map(({ name, kind }) => [name, kind])).toEqual([
      ['mail.EML', 'message'],
      ['people.vcf', 'contact'],
      ['task.ics', 'task'],
      ['two.ics', 'event'],
    ]);
    const titles = (await readings(itemFilesSource(at(root), place))).map(({ summary }) => summary.title);
    expect(titles).toEqual(['message 1', 'Anna (+1)', 'c', 'a (+1)']);
  });

  it('never wait for a pipe, and never follow a link', async () => {
    const root = temporaryFolder();
    files.makeFifo(path.join(root, '1.eml'), 0o600);
    fs.symlinkSync('/etc/passwd', path.join(root, '2.eml'));
    files.makeFifo(path.join(root, 'pipe'), 0o600);
    const problems = (await readings(itemFilesSource(at(root), place))).map(({ problem }) => problem?.code);
    expect(problems).toEqual(['item.unreadable', 'item.unreadable']);
    await expect(mboxSource(at(root), place).open(testRun())).rejects.toMatchObject({ code: 'source.missing' });
  });

  it('find the accounts and local folders of a Thunderbird profile, whichever way it keeps mail', async () => {
    const profile = new MadeProfile();
    fs.writeFileSync(profile.mbox(['Inbox', 'Old']), Buffer.concat(mboxrdPieces(Buffer.from(messageText(1)), 0)));
    fs.writeFileSync(path.join(profile.maildir('Inbox'), '1700000000.eml'), messageText(2));
    const expected = [
      'anna "A" <anna@nord.example>',
      'anna "A" <anna@nord.example>/Inbox',
      'Local Folders',
      'Local Folders/Inbox',
      'Local Folders/Inbox/Old',
    ];
    for (const where of [profile.root, profile.path]) {
      const source = thunderbirdSource(at(where), place);
      expect(await paths(source)).toEqual(expected);
      expect((await readings(source)).map(({ summary }) => summary.title)).toEqual(['message 2', 'message 1']);
    }
    const folders = await (await thunderbirdSource(at(profile.path), place).open(testRun())).folders(undefined, testRun());
    expect(folders.map(({ specialUse, items }) => [specialUse, items])).toEqual([
      [null, 0],
      ['\\Inbox', 1],
      [null, 0],
      ['\\Inbox', 0],
      [null, 1],
    ]);
  });

  it('say of an account whose directory is not there that it cannot be read, and not that it is empty', async () => {
    const profile = new MadeProfile();
    fs.rmSync(profile.pop, { recursive: true });
    const [, account] = await walk(thunderbirdSource(at(profile.path), place));
    expect(account?.visit).toMatchObject({
      scan: undefined,
      problem: { code: 'folder.unreadable', facts: { reason: 'ENOENT' } },
    });
  });
});
