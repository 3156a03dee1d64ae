import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { Destination, RestoreItem } from '../destination.ts';
import { madeItem } from '../testing/capture.ts';
import { destinationSuite } from '../testing/destination-suite.ts';
import { isInstalled } from '../testing/files-world.ts';
import { testRun } from '../testing/test-run.ts';
import { emlDestination } from './destination-eml.ts';
import { mboxDestination } from './destination-mbox.ts';
import { mboxrdPieces, separatorLine } from './mbox-framing.ts';
import { messageFileName } from './message-file-name.ts';

const files = new NodeFileSystem();
const messageBytes = (n: number): Buffer => Buffer.from(`Subject: message ${n}\r\n\r\nFrom here\n>From there\r\n`);
const mail = (n: number, folderPath: readonly string[], bytes: Uint8Array = messageBytes(n)): RestoreItem =>
  madeItem({
    n,
    kind: 'message',
    name: `1:${n}`,
    folderPath,
    metadata: { internalDate: '2026-03-01T10:00:00.000Z' },
    summary: { title: `Message ${n}: "quoted"/slashed`, timeMs: Date.UTC(2026, 1, 28) },
    bytes,
  });

function allFiles(root: string): string[] {
  if (!fs.existsSync(root)) return [];
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Written from the description of mboxrd, apart from what writes it. */
function parseMbox(text: string): string[] {
  return text
    .split(/^From - .{24}\n/m)
    .slice(1)
    .map((message) => message.replace(/\n$/, '').replace(/^>(>*From )/gm, '$1'));
}

destinationSuite('eml', async () => {
  const root = path.join(temporaryFolder(), 'mail');
  return {
    destination: emlDestination({ files, path: root }),
    item: mail,
    contents: async () => allFiles(root).map((file) => fs.readFileSync(file)),
    namesCollide: true,
    close: async () => undefined,
  };
});

destinationSuite('mbox', async () => {
  const root = path.join(temporaryFolder(), 'mail');
  return {
    destination: mboxDestination({ files, path: root }),
    item: mail,
    contents: async () =>
      allFiles(root).flatMap((file) =>
        parseMbox(fs.readFileSync(file, 'latin1')).map((message) => Buffer.from(message, 'latin1')),
      ),
    namesCollide: true,
    // It would have to read the whole file for each message.
    knowsItsOwn: false,
    close: async () => undefined,
  };
});

describe('mail on a disk', () => {
  let root: string;
  beforeEach(() => {
    root = path.join(temporaryFolder(), 'mail');
  });
  const restore = async (destination: Destination, items: readonly RestoreItem[]): Promise<void> => {
    const run = testRun();
    const session = await destination.open(run);
    for (const item of items) await session.write(item, 'create', run);
    await session.finish(run);
    await session.close();
  };
  const names = (): string[] =>
    allFiles(root)
      .map((file) => path.relative(root, file))
      .sort();

  it('is called by its day, its subject and its id, and is as old as the server says', async () => {
    await restore(emlDestination({ files, path: root }), [mail(1, ['Work', 'Projects'])]);
    const [name = ''] = names();
    expect(name).toBe('Work/Projects/2026-02-28 message-1-quoted-slashed 00000001.eml');
    const stat = fs.statSync(path.join(root, name));
    expect([stat.mtimeMs, stat.mode & 0o777]).toEqual([Date.UTC(2026, 2, 1, 10), 0o600]);
  });

  it('has a name from a fixed form, whatever its subject is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.option(fc.integer()), (title, timeMs) => {
        const { manifest } = madeItem({ name: 'x', summary: { title, ...(timeMs === null ? {} : { timeMs }) } });
        expect(messageFileName(manifest)).toMatch(/^(?:\d{4}-\d\d-\d\d|undated)(?: [a-z0-9-]{1,40})? [0-9a-z]{8}\.eml$/);
      }),
    );
  });

  it('has a folder for every mail folder, also for one that is empty or has a strange name', async () => {
    const folders = ['INBOX', '../up', 'a/b', 'A_B', 'con'].map((name) => madeItem({ kind: 'folder', name }));
    await restore(emlDestination({ files, path: root }), folders);
    expect(fs.readdirSync(root).sort()).toEqual(['.._up', 'A_B (2)', 'INBOX', '_con', 'a_b']);
  });

  it('is one mbox per folder, beside the folder of its sub-folders', async () => {
    await restore(mboxDestination({ files, path: root }), [
      mail(1, ['Work']),
      mail(2, ['Work']),
      mail(3, ['Work', 'Projects']),
      mail(4, []),
    ]);
    expect(names()).toEqual(['Messages.mbox', 'Work.mbox', 'Work/Projects.mbox']);
  });

  it('goes on in a folder that it comes back to', async () => {
    await restore(mboxDestination({ files, path: root }), [mail(1, ['A']), mail(2, ['B']), mail(3, ['A'])]);
    expect(parseMbox(fs.readFileSync(path.join(root, 'A.mbox'), 'latin1'))).toHaveLength(2);
  });

  it('refuses what is no message', async () => {
    const session = await emlDestination({ files, path: root }).open(testRun());
    await expect(session.write(madeItem({ name: 'x', bytes: Buffer.from('x') }), 'create', testRun())).rejects.toMatchObject({
      code: 'not.supported',
    });
    await session.close();
  });

  it('gets no mbox with half a message in it', async () => {
    const broken = new Proxy(files, {
      get(target, name: keyof NodeFileSystem) {
        const real = target[name] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          const result = real.apply(target, args);
          if (name === 'open' && args[1] === 'create') failingSecondWrite(result as { write(bytes: Uint8Array): void });
          return result;
        };
      },
    });
    const run = testRun();
    const session = await mboxDestination({ files: broken, path: root }).open(run);
    for (const n of [1, 2])
      await expect(session.write(mail(n, ['A']), 'create', run)).rejects.toMatchObject({ code: 'restore.write-failed' });
    await session.write(mail(3, ['B']), 'create', run).catch(() => undefined);
    await expect(session.finish(run)).rejects.toMatchObject({ code: 'restore.write-failed' });
    await session.close();
    expect(allFiles(root)).toEqual([]);
  });

  it('comes back from an mbox byte for byte, but for a line end at the end', () => {
    const line = fc.constantFrom('From ', '>From ', '>>From x', 'From', ' From ', 'text', '', '>', 'x From y');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (lines, endless) => {
          const text = lines.flat().join('');
          const message = endless ? text.replace(/\n$/, '') : text;
          const pieces = mboxrdPieces(Buffer.from(message), 0);
          const [back] = parseMbox(Buffer.concat(pieces).toString());
          expect(back).toBe(message === '' || message.endsWith('\n') ? message : `${message}\n`);
        },
      ),
    );
  });

  it.skipIf(!isInstalled('python3'))('can be read by a program that was written by others', () => {
    const file = path.join(temporaryFolder(), 'x.mbox');
    const messages = ['Subject: one\n\nFrom the start\n', 'Subject: two\n\n>From quoted\n\nend\n'];
    fs.writeFileSync(file, Buffer.concat(messages.flatMap((text) => mboxrdPieces(Buffer.from(text), Date.UTC(2026, 2, 1, 10)))));
    const script = 'import mailbox,sys\nm=mailbox.mbox(sys.argv[1])\nprint(len(m), [k["subject"] for k in m], m[0].get_from())';
    const answer = execFileSync('python3', ['-c', script, file]).toString().trim();
    expect(answer).toBe("2 ['one', 'two'] - Sun Mar  1 10:00:00 2026");
  });

  it('has separators as others write them', () => {
    expect(separatorLine(Date.UTC(2026, 2, 1, 10))).toBe('From - Sun Mar  1 10:00:00 2026\n');
  });
});

function failingSecondWrite(handle: { write(bytes: Uint8Array): void }): void {
  const real = handle.write.bind(handle);
  let count = 0;
  handle.write = (bytes) => {
    count += 1;
    if (count === 2) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    real(bytes);
  };
}
