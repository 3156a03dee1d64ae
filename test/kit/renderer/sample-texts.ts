import type { CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { StorageId } from '../../../src/shared/domain/ids.ts';
import { inbox, rowOf } from './sample-mail.ts';

type TextCall = 'search.find' | 'search.texts' | 'search.indexTexts';

const total = 50_000;
const inTexts = 'lighthouse';
const inVeryMany = 'slipway';

type FoundRow = CallOutput<'search.find'>[number];

/** What has several versions was there before the newest of them. */
const foundRow = (row: ReturnType<typeof rowOf>, extract: FoundRow['extract']): FoundRow => ({
  ...row,
  firstSeenMs: row.validFromMs - (row.versions - 1) * 30 * 86_400_000,
  extract,
});

/** A quarter of the texts is read when somebody wants it first, and all of them when he asks again. */
export function createTextHandlers(isOn: (storage: StorageId) => boolean): Pick<Handlers, TextCall> {
  let asked = 0;
  const texts = (storage: StorageId): CallOutput<'search.texts'> => {
    if (!isOn(storage)) return { isOn: false, done: 0, total: 0, unread: 0, bytes: 0, run: null };
    const done = asked < 2 ? 12_300 : total;
    return { isOn: true, done, total, unread: 2, bytes: done * 4000, run: null };
  };
  return {
    'search.texts': async ({ storage }) => texts(storage),
    'search.indexTexts': async () => {
      asked += 1;
      return { run: null };
    },
    'search.find': async ({ storage, text, limit }) => {
      const typed = text.toLowerCase();
      if (isOn(storage) && typed.length > 2 && inTexts.startsWith(typed)) {
        const extract = { before: '…we would repaint the ', hit: inTexts, after: ' in the spring, if the weather is…' };
        return [foundRow(rowOf(inbox, 3), extract)];
      }
      if (typed === inVeryMany) {
        const extract = {
          before: 'At the ',
          hit: inVeryMany,
          after: ' there is room for one more boat, if she is not longer than ours.',
        };
        return Array.from({ length: limit }, (_, index) => foundRow(rowOf(inbox, index), index % 3 === 0 ? extract : null));
      }
      return Array.from({ length: 40 }, (_, index) => rowOf(inbox, index))
        .filter((row) => `${row.from} ${row.title}`.toLowerCase().includes(typed))
        .slice(0, limit)
        .map((row) => foundRow(row, null));
    },
  };
}
