import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { newest, savedBy, type SourceWords } from '../kit/command-line/saved-source.ts';
import type { Strata } from '../kit/command-line/strata.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { event } from '../kit/dav/objects.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { withRadicale } from '../kit/radicale/use-radicale.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface Restored {
  readonly run: string;
  readonly unkept: number;
  readonly readBack: Readonly<Record<string, number>> | null;
}
interface Undone {
  readonly undo: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly code: string }[];
}
const restore = async (strata: Strata, ...words: string[]): Promise<Restored> =>
  (await strata.ok('restore', 'S', '--to', 'original', '--json', ...words)).json();
const undo = async (strata: Strata, run: string, ...words: string[]): Promise<Undone> =>
  (await strata.run(['restore', 'undo', run, '--yes', '--json', ...words])).json();

withDovecot('undoing a restore', (dovecot) => {
  const server = (user: string): SourceWords => [
    ...(['imap', '--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none'] as const),
    ...['--user', user],
  ];
  const state = async (mailbox: TestMailbox, ...folders: string[]) => ({
    folders: await mailbox.folders(),
    messages: await Promise.all(
      folders.map(async (folder) =>
        (await mailbox.messages(folder))
          .map(({ bytes, date, flags }) => `${date} ${flags.join(' ')} ${Buffer.from(bytes).toString()}`)
          .sort(),
      ),
    ),
  });

  it('leaves the account as it was before: messages, flags, dates, folders', { timeout: 180_000 }, async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (let n = 1; n <= 4; n++) await mailbox.append('INBOX', plainMessage(n), ['\\Seen', 'todo'], new Date(2020, n, 1));
    await mailbox.create('Work');
    await mailbox.create('Work/Old');
    await mailbox.append('Work/Old', plainMessage(9), ['\\Flagged']);
    const strata = await savedBy(dovecot().password, ...server(user));
    const first = await newest(strata, 'backup');
    // One message is another by now, one vanished, and so did a folder.
    await mailbox.expunge('INBOX', '2:3');
    await mailbox.append('INBOX', plainMessage(3, 'changed\r\n'), ['\\Answered'], new Date(2021, 1, 1));
    await mailbox.unsubscribe('Work/Old');
    await mailbox.remove('Work/Old');
    await strata.ok('job', 'run', 'J');
    // Its flags are newer than what is saved.
    await mailbox.flag('INBOX', '5', ['\\Flagged', 'later']);
    const before = await state(mailbox, 'INBOX');

    const { run, unkept, readBack } = await restore(strata, '--run', first, '--conflict', 'replace', '--verify');
    expect([unkept, readBack]).toEqual([0, { equal: 3, rewritten: 0, changed: 0, missing: 0 }]);
    expect((await strata.ok('run', 'show', run, '--csv')).out.split('\n')).toHaveLength(1 + 4 + 1 + 1);
    expect(await mailbox.messages('Work/Old')).toHaveLength(1);
    const plan = await undo(strata, run, '--dry-run');
    expect(plan.undo).toMatchObject({ removed: 2, putBack: 1, stayed: 0, folders: 1 });
    expect(await undo(strata, run)).toMatchObject({ undo: { removed: 2, putBack: 1, stayed: 0, folders: 1 }, problems: [] });
    expect(await state(mailbox, 'INBOX')).toEqual(before);
    expect((await strata.run(['restore', 'undo', run, '--yes'])).err).toMatch(/undo\.nothing-left/);
    await mailbox.close();
  });

  it('leaves what somebody has read since, and says so; what is not kept is said beforehand', { timeout: 180_000 }, async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (let n = 1; n <= 3; n++) await mailbox.append('INBOX', plainMessage(n));
    const strata = await savedBy(dovecot().password, ...server(user));
    await mailbox.expunge('INBOX', '1:3');
    await mailbox.append('INBOX', plainMessage(3, 'not saved\r\n'));
    expect(await restore(strata, '--conflict', 'replace', '--dry-run')).toMatchObject({ unkept: 1 });
    const { run } = await restore(strata, '--conflict', 'replace');
    const [read] = await mailbox.messages('INBOX');
    await mailbox.flag('INBOX', String(read?.uid), ['\\Seen']);
    const undone = await undo(strata, run);
    expect(undone.undo).toMatchObject({ removed: 1, stayed: 2 });
    expect(undone.problems.map(({ code }) => code).sort()).toEqual(['undo.changed', 'undo.not-kept']);
    expect(await mailbox.messages('INBOX')).toHaveLength(2);
    await mailbox.close();
  });

  it('goes on where it was killed, also with what a killed restore left', { timeout: 300_000 }, async () => {
    const messages = Array.from({ length: 400 }, (_, n) => Buffer.from(`Subject: ${n}\r\n\r\nbody ${n}\r\n`));
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (const bytes of messages) await mailbox.append('INBOX', bytes, ['\\Seen']);
    const strata = await savedBy(dovecot().password, ...server(user));
    await mailbox.expunge('INBOX', '1:400');
    await mailbox.append('INBOX', Buffer.from('Subject: mine\r\n\r\nmine\r\n'));
    const count = async (): Promise<number> => (await mailbox.messages('INBOX')).length;
    const killedAfter = async (delayMs: number, ...words: string[]): Promise<number> => {
      const before = await count();
      const going = strata.start(words);
      const answered = going.answer.then(() => true);
      while ((await count()) === before && !(await Promise.race([answered, wait(2, false)])));
      await wait(delayMs);
      going.kill('SIGKILL');
      return (await going.answer).code === null ? 1 : 0;
    };
    let killed = await killedAfter(150, 'restore', 'S', '--to', 'original');
    const run = await newest(strata, 'restore');
    expect(await count()).toBeGreaterThan(1);
    for (const delayMs of [0, 15, 40]) killed += await killedAfter(delayMs, 'restore', 'undo', run, '--yes');
    expect(killed).toBeGreaterThanOrEqual(3);
    await strata.run(['restore', 'undo', run, '--yes']);
    expect((await mailbox.messages('INBOX')).map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'Subject: mine\r\n\r\nmine\r\n',
    ]);
    await mailbox.close();
  });
});

withRadicale('undoing a restore of a calendar', (radicale) => {
  it('leaves the account as it was before, and what somebody changed since', { timeout: 180_000 }, async () => {
    const user = radicale().newUser();
    const account = new TestAccount(radicale(), 'caldav', user, `/${user}/`);
    await account.make('work', 'Work');
    await account.make('trips', 'Trips');
    for (let n = 1; n <= 5; n++) await account.put('work', `${n}.ics`, event(n));
    await account.put('trips', '9.ics', event(9));
    const strata = await savedBy(radicale().password, 'caldav', '--url', radicale().url, '--user', user);
    const first = await newest(strata, 'backup');
    await account.put('work', '1.ics', event(1, 'another title'));
    for (const n of [2, 3]) await account.remove('work', `${n}.ics`);
    await account.removeCollection('trips');
    await strata.ok('job', 'run', 'J');
    await account.put('work', '4.ics', event(4, 'not saved'));
    const before = await account.everything();

    const { run, unkept, readBack } = await restore(strata, '--run', first, '--conflict', 'replace', '--verify');
    expect([unkept, readBack]).toEqual([1, { equal: 5, rewritten: 0, changed: 0, missing: 0 }]);
    expect(await account.collections()).toContain('trips');
    await account.put('work', '3.ics', event(3, 'edited'));
    const undone = await undo(strata, run);
    expect(undone.undo).toMatchObject({ removed: 2, putBack: 1, stayed: 2, folders: 1 });
    expect(undone.problems.map(({ code }) => code).sort()).toEqual(['undo.changed', 'undo.not-kept']);
    const after = await account.everything();
    expect(Buffer.from(after.get('work/3.ics') ?? '').toString()).toContain('edited');
    after.delete('work/3.ics');
    expect(after.get('work/4.ics')).toBe(Buffer.from(event(4)).toString());
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect(after.get('work/1.ics')).toBe(before.get('work/1.ics'));
    expect(await account.collections()).not.toContain('trips');
  });
});

it('undoing a killed restore to a directory leaves nothing of it, however often the undo is killed, too', {
  timeout: 300_000,
}, async () => {
  const root = temporaryFolder();
  const [from, to] = [path.join(root, 'from'), path.join(root, 'to')];
  for (let n = 0; n < 4000; n++) {
    const folder = path.join(from, `d${n % 40}`);
    if (n < 40) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `f${n}`), `content ${n}`);
  }
  const strata = await savedBy('', 'files', '--path', from);
  const places = Array.from({ length: 4000 }, (_, n) => path.join(to, from, `d${n % 40}`, `f${n}`));
  const files = (): number => places.filter((place) => fs.existsSync(place)).length;
  const killedWhen = async (isSoFar: () => boolean, ...words: string[]): Promise<boolean> => {
    const going = strata.start(words);
    const answered = going.answer.then(() => true);
    while (!isSoFar() && !(await Promise.race([answered, wait(1, false)])));
    going.kill('SIGKILL');
    return (await going.answer).code === null;
  };
  expect(await killedWhen(() => files() > 500, 'restore', 'S', '--to', `dir:${to}`)).toBe(true);
  const run = await newest(strata, 'restore');
  const made = files();
  expect(made).toBeGreaterThan(500);
  expect(await killedWhen(() => files() < made - 100, 'restore', 'undo', run, '--yes')).toBe(true);
  expect(files()).toBeGreaterThan(0);
  expect(await undo(strata, run)).toMatchObject({ undo: { stayed: 0 }, problems: [] });
  expect(fs.existsSync(to)).toBe(false);
});
