import type { CallArguments, CallOutput } from '../../../src/shared/contract/calls.ts';
import { inbox, rowOf, tree } from './sample-mail.ts';

type Difference = CallOutput<'browse.differences'>['rows'][number];
type Kind = Difference['kind'];

/** Mostly what is new; each seventh is something else. */
const kinds: readonly Kind[] = ['added', 'added', 'metadata', 'added', 'moved', 'added', 'content', 'added', 'vanished'];
const elsewhere = tree.find(({ item, path }) => item !== inbox.item && path !== '') ?? inbox;

const all: readonly Difference[] = Array.from({ length: 1234 }, (_, index): Difference => {
  const kind = kinds[index % kinds.length] ?? 'added';
  const row = rowOf(inbox, index);
  const before = kind === 'moved' ? { ...row, folder: elsewhere.item, folderPath: elsewhere.path } : row;
  return { kind, before: kind === 'added' ? null : before, after: kind === 'vanished' ? null : row };
});

export function differencesOf({ kind, offset, limit }: CallArguments<'browse.differences'>): CallOutput<'browse.differences'> {
  const counts = { added: 0, vanished: 0, content: 0, moved: 0, metadata: 0 };
  for (const one of all) counts[one.kind] += 1;
  const wanted = kind === null ? all : all.filter((one) => one.kind === kind);
  return { total: wanted.length, counts, rows: wanted.slice(offset, offset + limit) };
}

/** One letter, a little later. */
export const textDifference: CallOutput<'browse.textDifference'> = {
  reason: null,
  hunks: [
    {
      beforeFrom: 3,
      afterFrom: 3,
      lines: [
        { kind: 'same', text: 'Dear Anna,' },
        { kind: 'same', text: '' },
        { kind: 'removed', text: 'we can offer 14 parking spaces at Quay 7 from 1 March.' },
        { kind: 'added', text: 'we can offer 15 parking spaces at Quay 7 from 15 March.' },
        { kind: 'added', text: 'The permit HA-2231 is with the city; nothing is missing.' },
        { kind: 'same', text: 'Kind regards' },
        { kind: 'same', text: 'Ben' },
      ],
    },
    {
      beforeFrom: 41,
      afterFrom: 42,
      lines: [
        { kind: 'same', text: 'Northshore Harbour Office' },
        { kind: 'removed', text: 'Tel. 0431 5550-12' },
        { kind: 'added', text: 'Tel. 0431 5550-19' },
      ],
    },
  ],
};
