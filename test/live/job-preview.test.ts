import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { event, task } from '../kit/dav/objects.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { withRadicale } from '../kit/radicale/use-radicale.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface PreviewJson {
  readonly status: string;
  readonly sources: readonly {
    readonly source: string;
    readonly status: string;
    readonly taken: Amount;
    readonly skipped: Amount;
    readonly rules: readonly (Amount & { readonly rule: string; readonly text: string | null })[];
    readonly unmatched: readonly string[];
    readonly folders: readonly { readonly folder: string; readonly taken: Amount; readonly skipped: Amount }[];
  }[];
}
interface Amount {
  readonly items: number;
  readonly bytes: number;
}
interface RunJson {
  readonly status: string;
  readonly counts: { readonly seen: number; readonly new: number };
}
interface RowJson {
  readonly size: number;
  readonly kind: string;
}

async function savedBytes(strata: Strata): Promise<number> {
  const rows = (await strata.ok('find', 'Disk', '', '--json', '--limit', '10000')).json<RowJson[]>();
  return rows.filter(({ kind }) => kind !== 'folder' && kind !== 'account').reduce((sum, { size }) => sum + size, 0);
}

withDovecot('the preview of a job with a mail account and a folder of files', (dovecot) => {
  it('says in numbers and bytes what the run then takes, and reads no message', { timeout: 120_000 }, async () => {
    const root = temporaryFolder();
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (const folder of ['Work', 'Work/Old', 'Work/New', 'Private']) await mailbox.create(folder);
    let number = 0;
    for (const folder of ['INBOX', 'Work', 'Work/Old', 'Work/New', 'Private', 'Trash', 'Drafts'])
      for (let n = 0; n < 5; n += 1) {
        number += 1;
        const bytes = Buffer.concat([plainMessage(number), Buffer.alloc(n * 400, 'x')]);
        await mailbox.append(folder, bytes, [], new Date(Date.UTC(2026, n, 1)));
      }
    for (const name of ['a.txt', 'b.log', 'node_modules/x/y.js', 'deep/c.txt']) {
      fs.mkdirSync(path.dirname(path.join(root, 'files', name)), { recursive: true });
      fs.writeFileSync(path.join(root, 'files', name), name.repeat(10));
    }
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'Disk', '--recovery-key', path.join(root, 'key'));
    const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
    await strata.ok('source', 'add', 'imap', 'Mail', ...server, '--exclude', 'Private');
    await strata.ok('source', 'add', 'files', 'Files', '--path', path.join(root, 'files'));
    const choosing = [
      '--skip-trash',
      '--skip-folder',
      'Work/Old',
      '--max-size',
      '1500',
      '--preset',
      'dependencies',
      '--exclude',
      '*.log',
    ];
    await strata.ok('job', 'create', 'Daily', '--source', 'Mail', 'Files', '--storage', 'Disk', '--mode', 'manual', ...choosing);

    dovecot().takeSaid();
    const preview = await strata.ok('job', 'preview', 'Daily', '--json');
    const said = dovecot().takeSaid();
    expect(said.filter((line) => line.includes('BODY') || /^\S+ UID (?!FETCH )/.test(line))).toEqual([]);
    const looking = ['ENABLE', 'EXAMINE', 'GETMETADATA', 'ID', 'LIST', 'LOGOUT', 'NAMESPACE', 'UID'];
    expect([...new Set(said.map((line) => line.split(' ')[1] ?? ''))].sort()).toEqual(looking);
    const { status, sources } = preview.json<PreviewJson>();
    expect([status, sources.map(({ status: one }) => one)]).toEqual(['done', ['done', 'done']]);
    const [mail, files] = sources;
    expect(mail?.rules.map(({ rule, text }) => [rule, text]).sort()).toEqual([
      ['folder', 'Work/Old'],
      ['larger', null],
      ['source', null],
      ['trash', null],
    ]);
    expect(mail?.taken.items).toBeGreaterThan(0);
    expect((mail?.taken.items ?? 0) + (mail?.skipped.items ?? 0)).toBe(number);
    expect(files?.rules.map(({ rule, text }) => [rule, text])).toEqual(
      expect.arrayContaining([
        ['pattern', '*.log'],
        ['pattern', 'node_modules/'],
      ]),
    );
    // Nothing was saved, and no run was noted.
    expect((await strata.ok('run', 'list', '--json')).json<unknown[]>()).toEqual([]);

    const run = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    const taken = { items: sum(sources, 'items'), bytes: sum(sources, 'bytes') };
    expect({ items: run.counts.new, bytes: await savedBytes(strata) }).toEqual(taken);

    const table = await strata.ok('job', 'preview', 'Daily', '--for', 'Mail', '--everything', '--skip-folder', 'Wrok');
    expect(table.out).toMatch(/Nothing fits: Wrok/);
    expect(table.out).toMatch(/Never taken: /);
    const wrong = await strata.run(['job', 'preview', 'Daily'], { STRATA_SECRET: 'wrong' });
    expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('source.sign-in-refused')]);
    const alone = await strata.run(['job', 'preview', '--source', 'Mail'], { STRATA_SECRET: 'wrong' });
    expect(alone.code).toBe(1);
    expect((await strata.run(['job', 'preview'])).code).toBe(2);
    await mailbox.close();
  });
});

withRadicale('the preview of a job with calendars', (radicale) => {
  it('says what the run then takes, also of kinds and of a calendar that the source leaves out', {
    timeout: 60_000,
  }, async () => {
    const root = temporaryFolder();
    const user = radicale().newUser();
    const account = new TestAccount(radicale(), 'caldav', user, `/${user}/`);
    for (const [segment, name] of [
      ['work', 'Work'],
      ['home', 'Home'],
      ['old', 'Old'],
    ] as const)
      await account.make(segment, name);
    for (let n = 1; n <= 4; n += 1) {
      await account.put('work', `${n}.ics`, event(n));
      await account.put('home', `${n + 10}.ics`, task(n + 10));
      await account.put('old', `${n + 20}.ics`, event(n + 20));
    }
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: radicale().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'Disk', '--recovery-key', path.join(root, 'key'));
    await strata.ok('source', 'add', 'caldav', 'Cal', '--url', radicale().url, '--user', user, '--exclude', 'Old');
    await strata.ok('job', 'create', 'Daily', '--source', 'Cal', '--storage', 'Disk', '--mode', 'manual', '--kind', 'event');
    const { sources } = (await strata.ok('job', 'preview', 'Daily', '--json')).json<PreviewJson>();
    expect(sources[0]).toMatchObject({ taken: { items: 4 }, skipped: { items: 8 } });
    expect(sources[0]?.rules.map(({ rule, items }) => [rule, items]).sort()).toEqual([
      ['kind', 4],
      ['source', 4],
    ]);
    const run = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    expect(run.counts.new).toBe(4);
  });
});

const sum = (sources: PreviewJson['sources'], of: keyof Amount): number => sources.reduce((all, { taken }) => all + taken[of], 0);
