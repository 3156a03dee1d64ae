import { describe, expect, it } from 'vitest';
import { askMailboxIds } from './mailbox-ids.ts';
import type { Token } from './questions.ts';

const text = (value: string): Token => ({ type: 'STRING', value });
const row = (folder: string, ...said: Token[]): readonly Token[] => [text(folder), said];
const named = (folder: string, id: string): readonly Token[] => row(folder, text('MAILBOXID'), [text(id)]);
const abilities = new Set(['OBJECTID', 'LIST-STATUS']);
const asked = async (rows: readonly (readonly Token[])[] | undefined, can = abilities): Promise<[string, string][]> => [
  ...(await askMailboxIds(can, () => Promise.resolve(rows))),
];

describe('ids of mailboxes', () => {
  it('are those that the server tells with its list', async () => {
    expect(await asked([named('INBOX', 'P1'), row('Work', text('mailboxid'), text('P2'))])).toEqual([
      ['INBOX', 'P1'],
      ['Work', 'P2'],
    ]);
  });

  it('are not believed of two folders that have the same', async () => {
    expect(await asked([named('INBOX', 'P1'), named('Work', 'P2'), named('Old', 'P2')])).toEqual([['INBOX', 'P1']]);
  });

  it.for<[string, readonly (readonly Token[])[] | undefined]>([
    ['refuses', undefined],
    ['says nothing', []],
    ['says something else', [row('INBOX', text('MESSAGES'), text('3')), [text('Work')], [], [null, null]]],
    ['leaves the id out', [row('INBOX', text('MAILBOXID')), row('Work', text('MAILBOXID'), [])]],
    ['has none', [row('INBOX', text('MAILBOXID'), null), named('Work', ''), named('Old', 'x'.repeat(5000))]],
  ])('are nowhere where the server %s', async ([, rows]) => {
    expect(await asked(rows)).toEqual([]);
  });

  it.for([['OBJECTID'], ['LIST-STATUS'], ['IMAP4rev1']])('are not asked for where it has only %s', async (can) => {
    const ask = (): never => {
      throw new Error('asked');
    };
    expect((await askMailboxIds(new Set(can), ask)).size).toBe(0);
  });
});
