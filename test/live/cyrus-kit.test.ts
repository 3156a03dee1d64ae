import { expect, it } from 'vitest';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';

withCyrus('The Cyrus of the test kit', (cyrus) => {
  it('keeps a message, and writes down what the client said', async () => {
    const user = await cyrus().newUser();
    const mailbox = await cyrus().mailbox(user);
    await mailbox.append('INBOX', Buffer.from('Subject: one\r\n\r\nbody\r\n'));
    expect((await mailbox.messages('INBOX')).map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'Subject: one\r\n\r\nbody\r\n',
    ]);
    expect(await mailbox.folders()).toEqual([
      'Drafts|\\Drafts|subscribed',
      'INBOX|\\Inbox|subscribed',
      'Sent|\\Sent|subscribed',
      'Trash|\\Trash|subscribed',
    ]);
    await mailbox.close();
    const said = cyrus().takeSaid();
    expect(said.filter((line) => / APPEND /.test(line))).toHaveLength(1);
    expect(said.some((line) => line.startsWith('* '))).toBe(false);
  });

  it('has calendars and address books', async () => {
    const user = await cyrus().newUser();
    const headers = { authorization: `Basic ${Buffer.from(`${user}:${cyrus().password}`).toString('base64')}`, depth: '1' };
    for (const [home, name] of [
      ['calendars', 'Default'],
      ['addressbooks', 'Default'],
    ]) {
      const answer = await fetch(`${cyrus().url}/dav/${home}/user/${user}/`, { method: 'PROPFIND', headers });
      expect(answer.status).toBe(207);
      expect(await answer.text()).toContain(`/dav/${home}/user/${user}/${name}/`);
    }
  });
});
