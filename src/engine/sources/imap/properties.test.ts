import { describe, expect, it } from 'vitest';
import { type Ask, askQuota, folderProperties } from './properties.ts';
import type { Token } from './questions.ts';

const word = (value: unknown): Token => ({ type: 'STRING', value });
const words = (...values: readonly unknown[]): Token[] => values.map((value) => (value === null ? null : word(value)));
const answers =
  (byCommand: Readonly<Record<string, readonly (readonly Token[])[]>>): Ask =>
  ({ command }) =>
    Promise.resolve(byCommand[command]);
const all = new Set(['METADATA', 'ACL']);

describe('what a folder has beside its messages', () => {
  it('is asked only where the server knows the question', async () => {
    const asked: string[] = [];
    const ask: Ask = ({ command }) => Promise.resolve(void asked.push(command));
    expect(await folderProperties(new Set(), ask)).toEqual({});
    expect(asked).toEqual([]);
  });

  it('is not known to be gone when the server refuses to tell', async () => {
    expect(await folderProperties(all, answers({}))).toEqual({ refused: ['annotations', 'rights'] });
  });

  it('has no access list for who may not administer it, who is not made to ask in vain', async () => {
    const asked: string[] = [];
    const ask: Ask = ({ command }) => {
      asked.push(command);
      return Promise.resolve(command === 'MYRIGHTS' ? [words('Work', 'lrs')] : []);
    };
    expect(await folderProperties(all, ask)).toEqual({ rights: 'lrs' });
    expect(asked).toEqual(['GETMETADATA', 'MYRIGHTS']);
  });

  it('leaves out what Cyrus counts for itself, and keeps what somebody chose', async () => {
    const own = '/shared/vendor/cmu/cyrus-imapd';
    const entries = words(`${own}/lastupdate`, 'now', `${own}/size`, '12', `${own}/expire`, '30', '/private/comment', null);
    const { annotations } = await folderProperties(all, answers({ GETMETADATA: [[word('Work'), entries]] }));
    expect(annotations).toEqual({ [`${own}/expire`]: '30' });
  });

  it('takes literals for text, and marks what is not UTF-8', async () => {
    const entries = words('/shared/a', Buffer.from('für'), '/shared/b', Buffer.from([0xff, 0x41]));
    const { annotations } = await folderProperties(all, answers({ GETMETADATA: [[word('Work'), entries]] }));
    expect(annotations).toEqual({ '/shared/a': 'für', '/shared/b': '\ufffdA' });
  });

  it.for([
    ['nothing', []],
    ['a row without words', [[]]],
    ['a list where a name belongs', [[word('Work'), [words('a'), word('b')]]]],
    ['an odd number of entries', [[word('Work'), words('/shared/a')]]],
    ['numbers', [[word('Work'), words(7, 8)]]],
    ['a name that objects have', [[word('Work'), words('__proto__', 'x')]]],
  ] as const)('bears an answer of %s', async ([, rows]) => {
    const ask = answers({ GETMETADATA: rows, MYRIGHTS: rows, GETACL: rows, GETQUOTAROOT: rows });
    const properties = await folderProperties(all, ask);
    expect(Object.keys(properties.annotations ?? {})).toEqual([]);
    await expect(askQuota(ask, [])).resolves.toEqual({});
  });

  it('counts limits of a quota, and not what is used', async () => {
    const rows = [[word('User'), words('STORAGE', '17', '1000', 'MESSAGE', '3', '50')]];
    expect(await askQuota(answers({ GETQUOTAROOT: rows }), [])).toEqual({ 'User STORAGE': 1000, 'User MESSAGE': 50 });
  });
});
