import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

withDovecot('a whole account that comes back', (dovecot) => {
  const accountOf = (user: string): string[] => [
    ...['--host', '127.0.0.1', '--port', String(dovecot().imapPort)],
    ...['--tls', 'none', '--user', user],
  ];
  const recent = 10;
  const old = 600;

  /** Two folders with old and recent letters among each other, saved; and another account. */
  const saved = async () => {
    const root = temporaryFolder();
    const [user, other] = [dovecot().newUser(), dovecot().newUser()];
    const mailbox = await dovecot().mailbox(user);
    await mailbox.create('Letters');
    for (const folder of ['INBOX', 'Letters'])
      for (let index = 0; index < recent + old; index += 1) {
        const isRecent = index % 61 === 60;
        const date = isRecent ? new Date(Date.now() - index * 1000) : new Date(Date.UTC(2019, 1, 1 + index));
        const text = `Subject: ${index}\r\nMessage-ID: <${folder}-${index}@example.org>\r\nDate: ${date.toUTCString()}\r\n\r\nletter ${index}\r\n`;
        await mailbox.append(folder, Buffer.from(text), [], date);
      }
    await mailbox.close();
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    await strata.ok('source', 'add', 'imap', 'Mail', ...accountOf(user));
    await strata.ok('source', 'add', 'imap', 'Other', ...accountOf(other));
    await strata.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    return { strata, other };
  };

  it('has all that is recent, in every folder, before it gets what is older, also where it is broken off then, and each letter once', {
    timeout: 180_000,
  }, async () => {
    const { strata, other } = await saved();
    const words = ['restore', 'S', '--source', 'Mail', '--to', 'source:Other', '--progress', 'json'];
    const begun = strata.start(words);
    await begun.told(/writing-older/);
    begun.kill('SIGKILL');
    await begun.answer;

    const mailbox = await dovecot().mailbox(other);
    const counts = async (folder: string): Promise<{ recent: number; old: number }> => {
      const messages = await mailbox.messages(folder);
      const ofRecent = messages.filter(({ date }) => new Date(date).getUTCFullYear() > 2023).length;
      return { recent: ofRecent, old: messages.length - ofRecent };
    };
    const broken = [await counts('INBOX'), await counts('Letters')];
    expect(broken.map((one) => one.recent)).toEqual([recent, recent]);
    expect(broken.reduce((sum, one) => sum + one.old, 0)).toBeLessThan(2 * old);

    expect((await strata.ok(...words, '--json')).json()).toMatchObject({ created: expect.any(Number), failed: [] });
    for (const folder of ['INBOX', 'Letters']) expect(await counts(folder)).toEqual({ recent, old });
    await mailbox.close();
  });
});
