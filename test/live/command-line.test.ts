import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { describeTree, filesThatHold } from '../kit/command-line/trees.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const fileCount = 20_000;
const messageCount = 2_000;
const telltale = 'harbour-telltale-7731';

interface RunJson {
  readonly id: string;
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly counts: Readonly<Record<string, number>>;
}
type Message = { readonly bytes: Uint8Array; readonly flags: readonly string[]; readonly date: string };

/** 20,000 files in 200 directories; every text has the telltale in it. */
function makeFiles(root: string): void {
  const random = seededRandom(1);
  for (let directory = 0; directory < 200; directory += 1) {
    const folder = path.join(root, `area ${directory % 20}`, `part ${directory}`);
    fs.mkdirSync(folder, { recursive: true });
    for (let index = 0; index < fileCount / 200; index += 1) {
      const text = `${telltale} ${directory}/${index}\n${'quay '.repeat(random.below(200))}${Buffer.from(random.bytes(random.below(900))).toString('base64')}`;
      const file = path.join(folder, `${telltale} ${index}.txt`);
      fs.writeFileSync(file, text, { mode: index % 7 === 0 ? 0o600 : 0o644 });
      fs.utimesSync(file, 1_700_000_000, 1_600_000_000 + directory * 1000 + index + 0.5);
    }
  }
}

function changeFiles(root: string): void {
  const at = (directory: number, index: number): string =>
    path.join(root, `area ${directory % 20}`, `part ${directory}`, `${telltale} ${index}.txt`);
  for (let directory = 0; directory < 50; directory += 1) {
    fs.appendFileSync(at(directory, 1), 'edited');
    fs.rmSync(at(directory, 2));
    fs.chmodSync(at(directory, 3), 0o640);
    fs.renameSync(at(directory, 4), path.join(root, `${telltale} moved ${directory}.txt`));
    fs.writeFileSync(path.join(root, `${telltale} new ${directory}.txt`), `new ${directory}`);
  }
  fs.renameSync(path.join(root, 'area 7'), path.join(root, 'area seven'));
}

const message = (number: number): Buffer =>
  Buffer.from(
    `From: Ines <ines@nord.example>\r\nTo: anna@nord.example\r\nSubject: ${telltale} ${number}\r\nMessage-ID: <${number}@scale.example>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\n${`line ${number}\r\n`.repeat(5 + (number % 60))}`,
  );

async function fillMailbox(mailbox: TestMailbox): Promise<void> {
  for (const folder of ['Clients', 'Clients/Quay 7']) await mailbox.create(folder);
  const folders = ['INBOX', 'Clients', 'Clients/Quay 7', 'Sent'];
  for (let number = 0; number < messageCount; number += 1) {
    await mailbox.append(
      folders[number % 4] ?? 'INBOX',
      message(number),
      number % 3 === 0 ? ['\\Seen'] : ['$Later'],
      new Date(Date.UTC(2026, 1, 1, 0, 0, number)),
    );
  }
}

const mailFolders = ['INBOX', 'Clients', 'Clients/Quay 7', 'Sent', 'Trash'];
async function readMailbox(mailbox: TestMailbox, root = ''): Promise<string[]> {
  const all: string[] = [];
  for (const folder of mailFolders) {
    const messages: readonly Message[] = await mailbox.messages(`${root}${folder}`).catch(() => []);
    all.push(
      ...messages.map(
        ({ bytes, flags, date }) => `${folder} ${date} ${[...flags].join(' ')} ${Buffer.from(bytes).toString('base64')}`,
      ),
    );
  }
  return all.sort();
}

withDovecot('through the command line alone', (dovecot) => {
  it('20,000 files and 2,000 messages are saved, changed, saved, listed and given back equal, and nothing of them is readable', {
    timeout: 600_000,
  }, async () => {
    const root = temporaryFolder();
    const files = path.join(root, 'files');
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    makeFiles(files);
    await fillMailbox(mailbox);
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'Scale', '--recovery-key', path.join(root, 'key'));
    await strata.ok('source', 'add', 'files', 'Files', '--path', files);
    await strata.ok(
      'source',
      'add',
      'imap',
      'Mail',
      '--host',
      '127.0.0.1',
      '--port',
      String(dovecot().imapPort),
      '--tls',
      'none',
      '--user',
      user,
    );
    await strata.ok('job', 'create', 'All', '--source', 'Files', 'Mail', '--storage', 'Scale');

    const firstTree = describeTree(files);
    const firstMail = await readMailbox(mailbox);
    const first = (await strata.ok('job', 'run', 'All', '--json')).json<RunJson>();
    expect(first.counts).toMatchObject({ new: fileCount + messageCount, failed: 0 });

    const again = (await strata.ok('job', 'run', 'All', '--json')).json<RunJson>();
    expect(again.counts).toMatchObject({
      unchanged: fileCount + messageCount,
      new: 0,
      changed: 0,
      metadataOnly: 0,
      moved: 0,
      vanished: 0,
    });

    changeFiles(files);
    await mailbox.flag('INBOX', '1:20', ['\\Flagged']);
    await mailbox.move('INBOX', '30:39', 'Clients');
    await mailbox.expunge('Sent', '1:15');
    await mailbox.append('INBOX', message(9001));
    const second = (await strata.ok('job', 'run', 'All', '--json')).json<RunJson>();
    expect(second.counts).toMatchObject({
      new: 50 + 1,
      changed: 50,
      moved: 50 + 10,
      vanished: 50 + 15,
      metadataOnly: 50 + 20,
      failed: 0,
    });

    const count = async (...words: string[]): Promise<number> =>
      (await strata.ok('ls', 'Scale', 'Files', '--recursive', '--json', ...words)).json<unknown[]>().length;
    expect(await count('--run', first.id)).toBe(fileCount);
    expect(await count()).toBe(fileCount);

    for (const [run, tree, where] of [
      [first.id, firstTree, 'first'],
      [second.id, describeTree(files), 'second'],
    ] as const) {
      const target = path.join(root, where);
      await strata.ok('restore', 'Scale', '--source', 'Files', '--run', run, '--to', `dir:${target}`);
      expect(describeTree(path.join(target, files))).toEqual(tree);
    }

    await strata.ok(
      'restore',
      'Scale',
      '--source',
      'Mail',
      '--run',
      first.id,
      '--to',
      'source:Mail',
      '--restore-root',
      'Restored',
    );
    expect(await readMailbox(mailbox, 'Restored/')).toEqual(firstMail);
    const repeated = (
      await strata.ok(
        'restore',
        'Scale',
        '--source',
        'Mail',
        '--run',
        first.id,
        '--to',
        'source:Mail',
        '--restore-root',
        'Restored',
        '--json',
      )
    ).json<{ created: number; skipped: number }>();
    expect(repeated).toMatchObject({ created: 0, skipped: messageCount });

    await strata.ok('storage', 'check', 'Scale', '--data', 'all');
    const listing = (await strata.ok('ls', 'Scale', 'Mail', '--recursive', '--json')).out;
    await strata.ok('storage', 'rebuild-catalog', 'Scale');
    expect((await strata.ok('ls', 'Scale', 'Mail', '--recursive', '--json')).out).toBe(listing);
    expect(filesThatHold([telltale, 'ines@nord'], [path.join(root, 'storage'), path.join(root, 'profile')])).toEqual([]);
    await mailbox.close();
  });
});

describe('an item’s history', () => {
  it('is a JSON array of its transactions, each with validFrom and validTo', async () => {
    const root = temporaryFolder();
    const file = path.join(root, 'files/notes.txt');
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, 'one');
    const strata = new Strata(path.join(root, 'profile'));
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    await strata.ok('source', 'add', 'files', 'Files', '--path', path.dirname(file));
    await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    fs.writeFileSync(file, 'two, longer');
    await strata.ok('job', 'run', 'J');
    fs.chmodSync(file, 0o600);
    await strata.ok('job', 'run', 'J');
    fs.rmSync(file);
    fs.writeFileSync(path.join(root, 'files/other.txt'), 'other');
    await strata.ok('job', 'run', 'J');
    const [found] = (await strata.ok('find', 'S', 'notes', '--deleted', '--json')).json<{ item: string }[]>();
    const rows = (await strata.ok('history', 'S', found?.item ?? '', '--json')).json<
      { change: string; validFrom: string; validTo: string | null; transaction: string }[]
    >();
    expect(rows.map(({ change }) => change)).toEqual(['created', 'content', 'metadata', 'deleted']);
    rows.forEach((row, index) => expect(row.validTo).toBe(rows[index + 1]?.validFrom ?? null));
    await strata.ok('restore', 'S', found?.item ?? '', '--version', '1', '--to', `dir:${path.join(root, 'out')}`);
    expect(fs.readFileSync(path.join(root, 'out', file), 'utf8')).toBe('one');
  });
});
