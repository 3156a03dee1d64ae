import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mboxrdPieces } from '../../src/engine/sources/disk/mbox-framing.ts';
import { Strata } from '../kit/command-line/strata.ts';
import { keepFolder } from '../kit/imap-backup/directory.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const startMs = Date.UTC(2026, 2, 1);
const message = (n: number): string =>
  `From: a@nord.example\nSubject: message ${n}\nMessage-ID: <${n}@nord.example>\n\n${`From line ${n}\n`.repeat(1 + (n % 50))}`;

/** An mbox of the messages from `first` on. */
const mbox = (first: number, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      mboxrdPieces(Buffer.from(message(first + index)), startMs + (first + index) * 1000),
    ).flat(),
  );

async function begin(): Promise<{ readonly root: string; readonly mail: string; readonly strata: Strata }> {
  const root = temporaryFolder();
  const mail = path.join(root, 'mail');
  fs.mkdirSync(path.join(mail, 'Work'), { recursive: true });
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  return { root, mail, strata };
}

interface Run {
  readonly counts: Readonly<Record<string, number>>;
}

it('an import says what is there before it takes anything, takes all of it, and later only what is new', {
  timeout: 240_000,
}, async () => {
  const { root, mail, strata } = await begin();
  fs.writeFileSync(path.join(mail, 'Work.mbox'), mbox(0, 3));
  fs.writeFileSync(path.join(mail, 'Work/Old.mbox'), mbox(100, 2));
  const words = ['import', 'mbox', mail, '--storage', 'S', '--name', 'Old mail'];

  expect((await strata.ok(...words, '--dry-run')).err).toContain('2 folders, 5 items');
  expect((await strata.ok('source', 'list', '--json')).json<unknown[]>()).toEqual([]);
  expect((await strata.ok(...words, '--json')).json<Run>().counts['new']).toBeGreaterThanOrEqual(5);
  expect((await strata.ok(...words, '--json')).json<Run>().counts).toMatchObject({ new: 0, changed: 0, vanished: 0 });
  fs.appendFileSync(path.join(mail, 'Work/Old.mbox'), mbox(102, 1));
  expect((await strata.ok(...words, '--json')).json<Run>().counts).toMatchObject({ new: 1, changed: 0, vanished: 0 });
  expect((await strata.ok('source', 'list', '--json')).json<unknown[]>()).toHaveLength(1);
  expect((await strata.ok('job', 'list', '--json')).json<unknown[]>()).toHaveLength(1);

  await strata.ok('restore', 'S', '--to', `mbox:${path.join(root, 'out')}`);
  expect(fs.readFileSync(path.join(root, 'out/Work.mbox'))).toEqual(mbox(0, 3));
  expect(fs.readFileSync(path.join(root, 'out/Work/Old.mbox'))).toEqual(mbox(100, 3));

  const refused = await strata.run(['import', 'mbox', path.join(root, 'gone'), '--storage', 'S', '--name', 'Gone']);
  expect([refused.code === 0, refused.err.includes('source.missing')]).toEqual([false, true]);
  const taken = await strata.run(['import', 'eml', mail, '--storage', 'S', '--name', 'Old mail']);
  expect(taken.code).not.toBe(0);
  expect((await strata.run(['import', 'pst', mail, '--storage', 'S', '--name', 'X'])).code).toBe(2);
});

it('a directory of imap-backup is moved in with its folders and flags, and later what came and what was read', {
  timeout: 240_000,
}, async () => {
  const { root, strata } = await begin();
  const kept = path.join(root, 'ada@nord.example');
  const server = (n: number): string => message(n).replaceAll('\n', '\r\n');
  const inbox = [1, 2, 3].map((uid) => ({ uid, text: server(uid), flags: uid === 2 ? ['Seen'] : [] }));
  keepFolder(kept, 'INBOX', inbox);
  keepFolder(kept, 'INBOX/Old', [{ uid: 4, text: server(40), flags: ['Flagged', '$Forwarded'] }], 3.1);
  keepFolder(kept, 'Older', [{ uid: 5, text: server(50) }], 2);
  const words = ['import', 'imap-backup', kept, '--storage', 'S', '--name', 'Moved in'];
  expect((await strata.ok(...words, '--dry-run')).err).toContain('3 folders, 5 items');
  expect((await strata.ok(...words, '--json')).json<Run>().counts).toMatchObject({ new: 5, failed: 0 });
  keepFolder(kept, 'INBOX', [...inbox.map((one) => ({ ...one, flags: ['Seen'] })), { uid: 6, text: server(6) }]);
  expect((await strata.ok(...words, '--json')).json<Run>().counts).toMatchObject({
    new: 1,
    metadataOnly: 2,
    changed: 0,
    vanished: 0,
  });

  const out = path.join(root, 'out');
  await strata.ok('restore', 'S', '--to', `eml:${out}`);
  const messages = fs
    .readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eml'))
    .map((name) => `${path.dirname(name)}: ${fs.readFileSync(path.join(out, name), 'utf8').replaceAll('\r\n', '\n')}`);
  const expected = [1, 2, 3, 6].map((n) => `INBOX: ${message(n)}`);
  expect(messages.sort()).toEqual([...expected, `${path.join('INBOX', 'Old')}: ${message(40)}`, `Older: ${message(50)}`].sort());
});

it('an import that is killed half-way loses nothing, and the next one takes the rest once', { timeout: 240_000 }, async () => {
  const { root, mail, strata } = await begin();
  for (let box = 0; box < 6; box += 1) fs.writeFileSync(path.join(mail, `box ${box}.mbox`), mbox(box * 1000, 400));
  const words = ['import', 'mbox', mail, '--storage', 'S', '--name', 'Old mail'];
  const locks = path.join(root, 'storage/locks');
  const isWriting = (): boolean => fs.existsSync(locks) && fs.readdirSync(locks).length > 0;
  let killed = 0;
  for (const delayMs of [0, 60, 200]) {
    const going = strata.start(words);
    const answered = going.answer.then(() => true);
    while (!isWriting() && !(await Promise.race([answered, wait(3, false)])));
    await wait(delayMs);
    going.kill('SIGKILL');
    if ((await going.answer).code === null) killed += 1;
  }
  expect(killed).toBeGreaterThan(0);
  await strata.ok(...words);
  await strata.ok('storage', 'check', 'S', '--data', 'all');
  await strata.ok('restore', 'S', '--to', `mbox:${path.join(root, 'out')}`);
  expect(fs.readdirSync(path.join(root, 'out')).sort()).toEqual(fs.readdirSync(mail).filter((name) => name.endsWith('.mbox')));
  // What was taken before a kill may come back before what was taken after it: the order of a folder is nobody's promise.
  const messagesIn = (bytes: Buffer): string[] =>
    bytes
      .toString('latin1')
      .split(/^(?=From - )/m)
      .sort();
  for (let box = 0; box < 6; box += 1) {
    const back = messagesIn(fs.readFileSync(path.join(root, `out/box ${box}.mbox`)));
    expect(back, `box ${box}`).toEqual(messagesIn(mbox(box * 1000, 400)));
  }
});
