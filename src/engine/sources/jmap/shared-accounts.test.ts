import { describe, expect, it } from 'vitest';
import { EmulatedMail, messageOf } from '../../../../test/kit/emulated/jmap-mail.ts';
import type { JmapEmulation } from '../../../../test/kit/emulated/jmap-server.ts';
import { type Cursors, useEmulatedJmap } from '../../../../test/kit/jmap/emulated-account.ts';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { observe, readAll } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';

/** All of this is emulated: it shows what our side does, and nothing about any server. */
describe('an emulated JMAP server on which others share accounts', () => {
  const { start, open, walk } = useEmulatedJmap();
  const mail = 'urn:ietf:params:jmap:mail';
  const bert: JsonObject = { name: 'Bert', isPersonal: false, accountCapabilities: { [mail]: {} } };

  /** Anna's own mail, and what others share with her. */
  const sharing = (
    accounts: JsonObject,
    mails: Readonly<Record<string, EmulatedMail>>,
    more: JmapEmulation = {},
  ): JmapEmulation => ({
    session: { accounts: { anna: { name: 'anna', isPersonal: true }, ...accounts } },
    method: (method, asked, usual) => {
      const theirs = mails[String(asked['accountId'])];
      const answer = theirs === undefined ? usual : theirs.answer(method, asked);
      return more.method?.(method, asked, answer) ?? answer;
    },
    answer: ({ path }) => {
      const [, account = '', blob = ''] = /^\/blob\/([^/]+)\/([^/?]+)\//.exec(path) ?? [];
      const text = mails[decodeURIComponent(account)]?.blob(blob);
      return text === undefined ? undefined : { status: 200, body: text };
    },
  });
  const mailOf = (...ids: readonly string[]): EmulatedMail => {
    const theirs = new EmulatedMail(['inbox', 'plans']);
    for (const id of ids) theirs.put(id, ['plans'], [], textOf(id));
    return theirs;
  };
  const cursorsOf = (found: Awaited<ReturnType<typeof walk>>): Cursors =>
    new Map([...found.values()].map(({ visit, cursor }) => [visit.folder.key, cursor]));

  it('shows each as a folder of its own, said to be shared, with what is in it', async () => {
    const found = await walk(await start(sharing({ bert }, { bert: mailOf('x') })));
    expect([...found.keys()].sort()).toEqual(['', 'Bert', 'Bert/inbox', 'Bert/plans', 'inbox', 'other']);
    expect(found.get('Bert/plans')).toMatchObject({ visit: { isShared: true, specialUse: null }, sightings: [{ key: 'x' }] });
    expect(found.get('inbox')?.visit.isShared).toBeUndefined();
  });

  it('uses one id in two accounts: they are not taken for one', async () => {
    const server = await start(sharing({ bert }, { bert: mailOf('a') }));
    const run = testRun();
    const session = await open(server, { run });
    const found = await observe(session, run);
    const of = (path: string) => found.find((folder) => folder.path.join('/') === path);
    const [own, theirs] = [of('inbox')?.sightings.find(({ key }) => key === 'a'), of('Bert/plans')?.sightings[0]];
    expect(theirs?.key).toBe(own?.key);
    expect(theirs?.identity).not.toBe(own?.identity);
    expect(theirs?.contentRevision).not.toBe(own?.contentRevision);
    const wanted = [{ sighting: theirs ?? failed('a sighting'), need: 'content' as const }];
    const [reading] = [...(await readAll(session, of('Bert/plans')?.visit.folder.key ?? '', wanted, run)).values()];
    expect(reading?.content).toMatchObject({ kind: 'bytes', bytes: Buffer.from(textOf('a')) });
    await session.close();
  });

  it('tells what changed in one of them', async () => {
    const theirs = mailOf('x', 'y');
    const server = await start(sharing({ bert }, { bert: theirs }));
    const cursors = cursorsOf(await walk(server));
    theirs.remove('x');
    theirs.put('z', ['plans']);
    const found = await walk(server, cursors);
    expect(found.get('Bert/plans')).toMatchObject({
      visit: { scan: { completeness: 'changes' } },
      vanished: ['x'],
      sightings: [{ key: 'z' }],
    });
    expect(found.get('inbox')).toMatchObject({ visit: { scan: { completeness: 'changes' } }, vanished: [], sightings: [] });
  });

  it.for([
    ['is forbidden now', { type: 'forbidden' }],
    ['is not found', { type: 'accountNotFound' }],
    ['lists nonsense', { state: '1', list: 7 }],
  ] as const)('of which one %s: it is unreadable, nothing of it is gone, and the others are read', async ([, answer]) => {
    const refusing: JmapEmulation = {
      method: (method, { accountId }) => (accountId === 'bert' && method === 'Mailbox/get' ? answer : undefined),
    };
    const carl = { ...bert, name: 'Carl' };
    const found = await walk(await start(sharing({ bert, carl }, { bert: mailOf('x'), carl: mailOf('y') }, refusing)));
    expect(found.get('Bert')?.visit).toMatchObject({ scan: undefined, problem: { code: 'folder.unreadable' } });
    expect([found.get('Carl/plans')?.sightings.length, found.get('inbox')?.sightings.length]).toEqual([1, 3]);
  });

  it('with the names of mailboxes, of each other, and none: each is one of its own', async () => {
    const accounts = {
      b1: { ...bert, name: 'inbox' },
      b2: { ...bert, name: 'Twin' },
      b3: { ...bert, name: 'Twin' },
      'b/../4': { ...bert, name: '' },
    };
    const mails = Object.fromEntries(Object.keys(accounts).map((id) => [id, mailOf(id.replaceAll(/\W/g, ''))]));
    const found = await walk(await start(sharing(accounts, mails)));
    const tops = [...found.values()].filter(({ visit }) => visit.parentKey === '').map(({ path }) => path.join('/'));
    expect(tops.sort()).toEqual(['Twin', 'Twin (b3)', 'b/../4', 'inbox', 'inbox (b1)', 'other']);
    const keys = [...found.values()].map(({ visit }) => visit.folder.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.for([
    ['is text', { bert: 'Bert' }],
    ['has half a character for an id', { '\ud800': bert }],
    ['can do things that are no list', { bert: { ...bert, accountCapabilities: 7 } }],
  ] as const)('of which one %s: it is said that there is no JMAP', async ([, accounts]) => {
    await expect(open(await start(sharing(accounts as JsonObject, {})))).rejects.toMatchObject({ code: 'source.not-offered' });
  });

  it('that are left out: nothing is asked of them', async () => {
    const server = await start(sharing({ bert }, { bert: mailOf('x') }));
    const found = await walk(server, undefined, { more: { exclude: ['Bert'] } });
    expect([...found.keys()].sort()).toEqual(['', 'inbox', 'other']);
    expect(server.heard.filter(({ body }) => body.includes('"bert"'))).toEqual([]);
  });
});

/** As long as the other account's message of the same id, so that nothing but the account tells them apart. */
const textOf = (id: string): string => messageOf(id).replace('Text', 'Note');

function failed(what: string): never {
  throw new Error(`no ${what}`);
}
