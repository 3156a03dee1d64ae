import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { password, Strata } from '../kit/command-line/strata.ts';
import { describeTree } from '../kit/command-line/trees.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

const archivePassword = 'thistle lantern harbour nine';

interface ArchiveJson {
  readonly id: string;
  readonly name: string;
  readonly lacks: { readonly moments: number } | null;
  readonly archive: { readonly sources: readonly string[] | null; readonly kinds: readonly string[] | null };
}

const sizeOf = (folder: string): number =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);

const namesIn = async (strata: Strata, storage: string, source: string): Promise<string[]> =>
  (await strata.ok('ls', storage, source, '--recursive', '--json'))
    .json<{ name: string; kind: string }[]>()
    .map(({ name }) => name);

withDovecot('an archive', (dovecot) => {
  /** A computer that saves a mailbox and a folder, with one moment of them. */
  const computer = async () => {
    const root = temporaryFolder();
    const at = (name: string): string => path.join(root, name);
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (const number of [1, 2]) await mailbox.append('INBOX', plainMessage(number), ['\\Seen']);
    fs.mkdirSync(at('files'));
    fs.writeFileSync(at('files/large.bin'), seededRandom(3).bytes(6_000_000));
    fs.writeFileSync(at('files/letter.txt'), 'first');
    const secret = { STRATA_SECRET: dovecot().password };
    const strata = new Strata(at('profile'), { ...secret, STRATA_MIRROR_PASSWORD: archivePassword });
    await strata.ok('storage', 'create', at('storage'), '--name', 'S');
    const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
    await strata.ok('source', 'add', 'imap', 'Mail', ...server);
    await strata.ok('source', 'add', 'files', 'Files', '--path', at('files'));
    await strata.ok('job', 'create', 'J', '--source', 'Mail', '--source', 'Files', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    const elsewhere = new Strata(at('other profile'), { ...secret, STRATA_PASSWORD: archivePassword });
    return { root, at, mailbox, strata, elsewhere };
  };
  const archive = (strata: Strata, ...words: string[]) => strata.ok('storage', 'archive', ...words);
  const listed = async (strata: Strata): Promise<ArchiveJson | undefined> =>
    (await archive(strata, 'list', '--json')).json<ArchiveJson[]>()[0];

  it('receives only what is new, keeps what the storage lets go, and is taken in elsewhere with its own password', {
    timeout: 300_000,
  }, async () => {
    const { at, mailbox, strata, elsewhere } = await computer();
    await archive(strata, 'create', 'S', at('archive'), '--recovery-key', at('sheet'));
    expect(fs.readFileSync(at('sheet'), 'utf8').trim().split(' ')).toHaveLength(24);
    expect(await listed(strata)).toMatchObject({ name: "Archive of 'S'", lacks: { moments: 1 } });
    // It follows no cycle: it is filled when somebody says so.
    await strata.ok('job', 'run', 'J');
    const empty = sizeOf(at('archive'));
    expect(await listed(strata)).toMatchObject({ lacks: { moments: 2 } });
    await archive(strata, 'run', "Archive of 'S'");
    const first = sizeOf(at('archive')) - empty;
    expect(await listed(strata)).toMatchObject({ lacks: { moments: 0 } });

    await mailbox.append('INBOX', plainMessage(3), []);
    fs.writeFileSync(at('files/letter.txt'), 'second');
    await strata.ok('job', 'edit', 'J', '--keep', 'last=1');
    await strata.ok('job', 'run', 'J');
    await archive(strata, 'run', "Archive of 'S'");
    const second = sizeOf(at('archive')) - empty - first;
    console.log(`written by the first run: ${first} bytes, by the second: ${second} bytes`);
    expect(first).toBeGreaterThan(6_000_000);
    expect(second).toBeLessThan(first / 20);
    const moments = async (who: Strata, name: string): Promise<number> =>
      (await who.ok('storage', 'show', name, '--json')).json<{ moments: number }>().moments;
    expect(await moments(strata, 'S')).toBe(1);

    // The computer is lost, and so is its storage.
    await strata.ok('restore', 'S', 'Files', '--to', `dir:${at('from S')}`);
    const before = await mailbox.messages('INBOX');
    await mailbox.expunge('INBOX', '1:*');
    fs.rmSync(at('profile'), { recursive: true });
    fs.rmSync(at('storage'), { recursive: true });
    fs.renameSync(at('archive'), at('on another disk'));
    const wrong = await elsewhere.run(['storage', 'attach', at('on another disk'), '--adopt'], { STRATA_PASSWORD: password });
    expect(wrong.err).toContain('[storage.wrong-password]');
    await elsewhere.ok('storage', 'attach', at('on another disk'), '--name', 'A', '--adopt');
    expect(await moments(elsewhere, 'A')).toBe(3);
    await elsewhere.ok('storage', 'check', 'A', '--data', 'all');
    await elsewhere.ok('restore', 'A', 'Files', '--to', `dir:${at('from A')}`);
    const tree = (name: string): string[] => describeTree(path.join(at(name), at('files')));
    expect(tree('from A')).toEqual(tree('from S'));

    // Its sources are set up from it, what they lost goes back to them, and their history goes on in it.
    await elsewhere.ok('source', 'set-up', 'A', 'Mail');
    await elsewhere.ok('restore', 'A', 'Mail', '--to', 'original', '--verify');
    const facts = (messages: typeof before): string[] =>
      messages.map(({ bytes, flags }) => `${flags.join(' ')} ${Buffer.from(bytes).toString('base64')}`).sort();
    expect(facts(await mailbox.messages('INBOX'))).toEqual(facts(before));
    await elsewhere.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'A');
    const { counts } = (await elsewhere.ok('job', 'run', 'J', '--json')).json<{ counts: object }>();
    expect(counts).toMatchObject({ seen: 3, vanished: 0, new: 0 });
    await mailbox.close();
  });

  it('that is killed in the middle goes on, and ends with everything', { timeout: 300_000 }, async () => {
    const { at, mailbox, strata } = await computer();
    for (let round = 0; round < 4; round += 1) {
      fs.writeFileSync(at(`files/more ${round}.bin`), seededRandom(10 + round).bytes(20_000_000));
      await strata.ok('job', 'run', 'J');
    }
    await archive(strata, 'create', 'S', at('archive'), '--name', 'A');
    const going = strata.start(['storage', 'archive', 'run', 'A']);
    const answered = going.answer.then(() => true);
    const commits = (): number => (fs.existsSync(at('archive/commits')) ? fs.readdirSync(at('archive/commits')).length : 0);
    while (commits() < 2 && !(await Promise.race([answered, wait(3, false)])));
    going.kill('SIGKILL');
    expect((await going.answer).code).toBeNull();
    const done = commits();
    const lacking = (await listed(strata))?.lacks?.moments ?? 0;
    expect(lacking).toBeGreaterThan(0);
    expect(lacking).toBeLessThan(5);
    const { counts } = (await archive(strata, 'run', 'A', '--json')).json<[{ counts: { new: number } }]>()[0];
    console.log(`killed after ${done} commits; the second run copied ${counts.new} versions`);
    expect(await listed(strata)).toMatchObject({ lacks: { moments: 0 } });
    const own = { STRATA_PASSWORD: archivePassword };
    expect((await strata.run(['storage', 'check', 'A', '--data', 'all'], own)).code).toBe(0);
    expect((await strata.run(['restore', 'A', 'Files', '--to', `dir:${at('out')}`], own)).code).toBe(0);
    expect(describeTree(path.join(at('out'), at('files')))).toEqual(describeTree(at('files')));
    await mailbox.close();
  });

  it('of one source, or of one kind, knows nothing of the rest', { timeout: 300_000 }, async () => {
    const { at, mailbox, strata, elsewhere } = await computer();
    const made = (
      await archive(strata, 'create', 'S', at('mail only'), '--source', 'Mail', '--at', 'Sun 03:00', '--json')
    ).json<ArchiveJson>();
    expect(made.archive.sources).toHaveLength(1);
    expect((await strata.ok('storage', 'schedule', "Archive of 'S'")).out).toContain('mirror');
    await archive(strata, 'create', 'S', at('files only'), '--kind', 'file');
    expect((await strata.run(['storage', 'archive', 'create', 'S', at('none'), '--source', 'Nobody'])).err).toContain(
      '[name.unknown]',
    );
    expect((await strata.run(['storage', 'archive', 'create', 'S', at('none'), '--kind', 'letters'])).err).toContain(
      '[usage.invalid]',
    );
    expect((await strata.run(['storage', 'archive', 'create', 'S', at('storage/inside')])).err).toContain('[mirror.inside]');
    expect([fs.existsSync(at('none')), fs.existsSync(at('storage/inside'))]).toEqual([false, false]);
    for (const name of ["Archive of 'S'", "Archive of 'S' 2"]) await archive(strata, 'run', name);

    await elsewhere.ok('storage', 'attach', at('mail only'), '--name', 'Mail only', '--read-only');
    await elsewhere.ok('storage', 'attach', at('files only'), '--name', 'Files only', '--read-only');
    const sources = async (name: string): Promise<string[]> =>
      (await elsewhere.ok('source', 'saved', name, '--json')).json<{ name: string }[]>().map((one) => one.name);
    expect(await sources('Mail only')).toEqual(['Mail']);
    const all = await namesIn(strata, 'S', 'Mail');
    expect(await namesIn(elsewhere, 'Mail only', 'Mail')).toEqual(all);
    // The folders of the mailbox are there, and no message.
    expect(await namesIn(elsewhere, 'Files only', 'Files')).toEqual(await namesIn(strata, 'S', 'Files'));
    expect((await namesIn(elsewhere, 'Files only', 'Mail')).length).toBe(all.length - 2);
    for (const name of ['Mail only', 'Files only']) await elsewhere.ok('storage', 'check', name, '--data', 'all');

    await archive(strata, 'remove', "Archive of 'S'");
    expect((await strata.run(['storage', 'archive', 'run', "Archive of 'S'"])).err).toContain('[name.unknown]');
    await mailbox.close();
  });
});
