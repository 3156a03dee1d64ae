import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { RestoreItem } from '../destination.ts';
import { capture, madeItem } from '../testing/capture.ts';
import { destinationSuite } from '../testing/destination-suite.ts';
import { describeTree, isRoot } from '../testing/files-world.ts';
import { testRun } from '../testing/test-run.ts';
import { maildirDestination } from './destination-maildir.ts';
import type { MaildirPlace } from './destination-mailboxes.ts';
import { maildirSource } from './index.ts';
import { decodeModifiedUtf7, encodeModifiedUtf7 } from './modified-utf7.ts';

const files = new NodeFileSystem();
const settings = (root: string) => ({ kind: 'maildir' as const, path: root, exclude: [] });
const asItWas: MaildirPlace = { folder: null, restoreRoot: null };
const mail = (
  n: number,
  folderPath: readonly string[],
  bytes: Uint8Array = Buffer.from(`Subject: ${n}\r\n\r\nbody ${n}\r\n`),
): RestoreItem =>
  madeItem({
    n,
    kind: 'message',
    name: `1:${n}`,
    folderPath,
    metadata: { flags: ['\\Seen'], keywords: [], internalDate: '2026-03-01T10:00:00.000Z' },
    bytes,
  });

function messageFiles(root: string): string[] {
  if (!fs.existsSync(root)) return [];
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'maildirfolder')
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

destinationSuite('maildir', async () => {
  const root = path.join(temporaryFolder(), 'Maildir');
  return {
    destination: maildirDestination(settings(root), files, asItWas),
    item: mail,
    contents: async () => messageFiles(root).map((file) => fs.readFileSync(path.join(root, file))),
    namesCollide: true,
    close: async () => undefined,
  };
});

describe('a Maildir that is restored to', () => {
  let root: string;
  beforeEach(() => {
    root = path.join(temporaryFolder(), 'Maildir');
  });
  const makeMailbox = (directory: string): void => {
    for (const name of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(root, directory, name), { recursive: true });
  };
  const restore = async (items: readonly RestoreItem[], how: 'create' | 'replace' = 'create', place = asItWas): Promise<void> => {
    const run = testRun();
    const session = await maildirDestination(settings(root), files, place).open(run);
    for (const item of items) if ((await session.probe(item, run)) !== 'identical') await session.write(item, how, run);
    await session.finish(run);
    await session.close();
  };

  it('is the same again: names, flags, dates, bytes', async () => {
    makeMailbox('');
    makeMailbox('.Work');
    makeMailbox('.Work.Entw&APw-rfe');
    fs.writeFileSync(path.join(root, '.Work/dovecot-keywords'), '0 $Junk\n');
    const names = ['cur/1.a.host,S=9:2,FS', 'new/2.b.host', '.Work/cur/3.c.host:2,RSa', '.Work.Entw&APw-rfe/cur/4.d.host:2,'];
    for (const name of names) {
      fs.writeFileSync(path.join(root, name), `Subject: ${name}\r\n\r\n`);
      files.setTimes(path.join(root, name), 1n, 1_700_000_000_123_000_000n);
    }
    const before = describeTree(root).filter((line) => line.includes('host'));
    const items = await capture(maildirSource(settings(root), files), files, testRun());
    for (const name of names) fs.rmSync(path.join(root, name));
    await restore(items);
    expect(
      describeTree(root)
        .filter((line) => line.includes('host'))
        .map(withoutMode),
    ).toEqual(before.map(withoutMode));
    expect(messageFiles(root).filter((name) => name.includes('.part'))).toEqual([]);
    // The next cycle finds nothing new.
    const marks = (all: readonly RestoreItem[]) =>
      all.map(({ manifest }) => [manifest.key, manifest.contentRevision, manifest.metadataRevision]);
    expect(marks(await capture(maildirSource(settings(root), files), files, testRun()))).toEqual(marks(items));
  });

  it('gets folders in the layout that it has', async () => {
    const items = [mail(1, ['INBOX']), mail(2, ['Work', 'Größe/a.b'])];
    await restore(items);
    expect(fs.readdirSync(root).sort()).toEqual(['.Work.Gr&APYA3w-e_a_b', 'cur', 'new', 'tmp']);
    expect(fs.existsSync(path.join(root, '.Work.Gr&APYA3w-e_a_b/maildirfolder'))).toBe(true);
    fs.rmSync(root, { recursive: true });
    makeMailbox('');
    makeMailbox('Old/Deep');
    await restore(items);
    expect(fs.readdirSync(path.join(root, 'Work'))).toEqual(['Gr&APYA3w-e_a_b']);
  });

  it('takes mail into a folder that was asked for', async () => {
    makeMailbox('');
    await restore([mail(1, ['Work'])], 'create', { folder: 'Back', restoreRoot: null });
    await restore([mail(2, ['Work'])], 'create', { folder: null, restoreRoot: 'From/before' });
    const folders = new Set(messageFiles(root).map((file) => file.split('/')[0]));
    expect([...folders]).toEqual(['.Back', '.From.before.Work']);
  });

  it('does not make a level that only led to others', async () => {
    makeMailbox('');
    makeMailbox('.Work.Deep');
    const items = await capture(maildirSource(settings(root), files), files, testRun());
    fs.rmSync(path.join(root, '.Work.Deep'), { recursive: true });
    await restore(items);
    expect(fs.readdirSync(root).sort()).toEqual(['.Work.Deep', 'cur', 'new', 'tmp']);
  });

  it('never has a message twice, whatever became of its flags', async () => {
    await restore([mail(1, ['INBOX'])]);
    const [file = ''] = messageFiles(root);
    fs.renameSync(path.join(root, file), path.join(root, `${file}F`));
    await expect(restore([mail(1, ['INBOX'])])).rejects.toMatchObject({ code: 'restore.write-failed' });
    await restore([mail(1, ['INBOX'])], 'replace');
    expect(messageFiles(root)).toEqual([file]);
  });

  it.skipIf(!isRoot)('belongs to its owner when the administrator restores to it', async () => {
    makeMailbox('');
    fs.chownSync(root, 4321, 1234);
    await restore([mail(1, ['Work'])]);
    const [file = ''] = messageFiles(root);
    for (const one of [file, '.Work', '.Work/cur', '.Work/maildirfolder']) {
      const { uid, gid } = fs.statSync(path.join(root, one));
      expect([one, uid, gid]).toEqual([one, 4321, 1234]);
    }
  });

  it('is left through no link', async () => {
    const outside = temporaryFolder();
    makeMailbox('');
    fs.symlinkSync(outside, path.join(root, '.Work'));
    await expect(restore([mail(1, ['Work'])])).rejects.toMatchObject({
      code: 'restore.write-failed',
      facts: { reason: 'ELOOP' },
    });
    for (const name of ['..', '../..', '.', '/', 'a/../../b']) await restore([mail(2, [name]), mail(3, [name, name])]);
    expect(fs.readdirSync(outside)).toEqual([]);
    expect(fs.readdirSync(path.dirname(root))).toEqual(['Maildir']);
  });
});

describe('modified UTF-7', () => {
  it('gives back any name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((name) => !/[\0/]/.test(name)),
        (name) => {
          expect(decodeModifiedUtf7(encodeModifiedUtf7(name))).toBe(name);
        },
      ),
    );
  });
});

/** Mail is for its owner only, whatever rights the file had. */
const withoutMode = (line: string): string =>
  line
    .split('\t')
    .filter((_, at) => at !== 2)
    .join('\t');
