import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { keepFolder, type KeptMessage, type KeptVersion } from '../../../../test/kit/imap-backup/directory.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { sha256Hasher } from '../../crypto/index.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { describeTree } from '../testing/files-world.ts';
import { contentBytes, observe, readAll } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';
import { mboxSource } from './index.ts';

const files = new NodeFileSystem();
const text = (n: number): string =>
  `Received: by x\r\nFrom: ada@nord.example\r\nSubject: message ${n}\r\nContent-Length: 3\r\n\r\nFrom here on\r\n>From there\r\nFromage ${n}\r\n`;
const three: readonly KeptMessage[] = [
  { uid: 7, text: text(1), flags: ['Seen', 'Flagged'] },
  { uid: 9, text: text(2), flags: ['$Forwarded', 'Recent', 'Answered'] },
  { uid: 12, text: text(3) },
];
const asKept = (one: string): string => one.replaceAll('\r\n', '\n');

let root: string;
beforeEach(() => {
  root = temporaryFolder();
});

/** What is there, by folder: text, UID and flags of each message, or why nothing can be said. */
async function look() {
  const run = testRun();
  const session = await mboxSource({ path: root, exclude: [] }, { files, newDigest: sha256Hasher }).open(run);
  const found = new Map<string, unknown>();
  for (const { path: names, visit, sightings } of await observe(session, run)) {
    if (names.length === 0) continue;
    const wanted = sightings.map((sighting) => ({ sighting, need: 'content' as const }));
    const read = await readAll(session, visit.folder.key, wanted, run);
    const messages: unknown[] = [];
    for (const { key } of sightings) {
      const { content, metadata } = read.get(key) ?? {};
      const bytes = content === undefined ? new Uint8Array() : await contentBytes(content, files);
      messages.push([Buffer.from(bytes).toString('utf8'), metadata?.['uid'], metadata?.['flags'], metadata?.['keywords']]);
    }
    found.set(names.join('/'), visit.problem?.facts['reason'] ?? messages);
  }
  await session.close();
  return found;
}

describe('a directory of imap-backup', () => {
  it.each<KeptVersion>([3, 3.1])(
    'of version %d gives its messages as they were, with flags and UIDs, and is not touched',
    async (version) => {
      keepFolder(root, 'INBOX', three, version);
      keepFolder(root, 'INBOX/Work: 50%', [{ uid: 1, text: text(4) }], version);
      keepFolder(root, 'Empty', [], version);
      const before = describeTree(root, { changeTimes: true });
      expect(await look()).toEqual(
        new Map<string, unknown>([
          ['Empty', []],
          [
            'INBOX',
            [
              [asKept(text(1)), 7, ['\\Flagged', '\\Seen'], []],
              [asKept(text(2)), 9, ['\\Answered'], ['$Forwarded']],
              [asKept(text(3)), 12, [], []],
            ],
          ],
          ['INBOX/Work: 50%', [[asKept(text(4)), 1, [], []]]],
        ]),
      );
      expect(describeTree(root, { changeTimes: true })).toEqual(before);
    },
  );

  it.each<KeptVersion>([1, 2])(
    'of version %d, which says in which order messages lie, gives them with their UIDs',
    async (version) => {
      keepFolder(root, 'INBOX', three, version);
      expect((await look()).get('INBOX')).toEqual([
        [asKept(text(1)), 7, [], []],
        [asKept(text(2)), 9, [], []],
        [asKept(text(3)), 12, [], []],
      ]);
    },
  );

  it('whose index does not fit its mbox any more still gives every message, and flags to those that it knows', async () => {
    keepFolder(root, 'INBOX', three);
    const late = path.join(temporaryFolder());
    keepFolder(late, 'INBOX', [{ uid: 20, text: text(9) }]);
    fs.appendFileSync(path.join(root, 'INBOX.mbox'), fs.readFileSync(path.join(late, 'INBOX.mbox')));
    expect((await look()).get('INBOX')).toEqual([
      [asKept(text(1)), 7, ['\\Flagged', '\\Seen'], []],
      [asKept(text(2)), 9, ['\\Answered'], ['$Forwarded']],
      [asKept(text(3)), 12, [], []],
      [asKept(text(9)), undefined, [], []],
    ]);
    const moved = JSON.parse(fs.readFileSync(path.join(root, 'INBOX.imap'), 'utf8')) as { messages: { offset: number }[] };
    for (const message of moved.messages) message.offset += 3;
    fs.writeFileSync(path.join(root, 'INBOX.imap'), JSON.stringify(moved));
    expect((await look()).get('INBOX')).toHaveLength(4);
  });

  it('whose index cannot be understood is unreadable, and not gone', async () => {
    keepFolder(root, 'INBOX', three);
    for (const index of [
      '{',
      '[]',
      '{"version":4,"messages":[]}',
      '{"version":3}',
      '{"version":4,"uids":[7,9,12]}',
      '{"version":3,"messages":[7]}',
      '{"version":3,"messages":[{"uid":0,"offset":0,"length":9}]}',
      '{"version":3,"messages":[{"uid":1,"offset":-1,"length":9}]}',
      '{"version":3,"messages":[{"uid":1,"offset":0}]}',
      '{"version":3,"messages":[{"uid":1,"offset":0,"length":9,"flags":"Seen"}]}',
      '{"version":2,"uids":[7,0]}',
      'null',
    ]) {
      fs.writeFileSync(path.join(root, 'INBOX.imap'), index);
      expect((await look()).get('INBOX'), index).toBe('an index that cannot be understood');
    }
    fs.rmSync(path.join(root, 'INBOX.imap'));
    fs.mkdirSync(path.join(root, 'INBOX.imap'));
    expect((await look()).get('INBOX')).toBe('an index that cannot be read');
  });

  it('whose index is anything at all breaks nothing', { timeout: 60_000 }, async () => {
    keepFolder(root, 'INBOX', three);
    const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 2 ** 53, 1e300));
    const row = fc.record({ uid: number, offset: number, length: number, flags: fc.array(fc.string()) });
    const index = fc.oneof(
      fc.record({ version: fc.constantFrom(2, 3, 3.1), uid_validity: number, messages: fc.array(row), uids: fc.array(number) }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(index, async (value) => {
        fs.writeFileSync(path.join(root, 'INBOX.imap'), JSON.stringify(value));
        const inbox = (await look()).get('INBOX');
        expect(inbox === 'an index that cannot be understood' || Array.isArray(inbox)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('in which a flag changed has the same message with another flag', async () => {
    keepFolder(root, 'INBOX', three);
    const source = mboxSource({ path: root, exclude: [] }, { files, newDigest: sha256Hasher });
    const sightings = async () => {
      const session = await source.open(testRun());
      const seen = (await observe(session, testRun())).flatMap(({ sightings: all }) => all);
      await session.close();
      return seen;
    };
    const before = await sightings();
    keepFolder(root, 'INBOX', [{ uid: 7, text: text(1), flags: ['Seen'] }, ...three.slice(1)]);
    const after = await sightings();
    expect(after.map(({ key, contentRevision }) => [key, contentRevision])).toEqual(
      before.map(({ key, contentRevision }) => [key, contentRevision]),
    );
    expect(after.map(({ metadataRevision }, at) => metadataRevision === before[at]?.metadataRevision)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
