import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import type { RehearsedSource } from '../../../src/shared/domain/rehearsal.ts';
import { at, ids } from './sample-base.ts';
import { checked } from './sample-runs.ts';

type Run = CallOutput<'run.show'>;
type Marks = CallOutput<'storage.show'>['rehearsed'];

const mail: RehearsedSource = {
  ...{ source: ids.anna, name: 'anna@nord.example', outcome: 'proven', items: 50, bytes: 61_402_118, unequal: 0 },
  ...{ notSet: 0, tooLarge: 0, oldestMs: at(412, 10), newestMs: at(3, 12, 31), milliseconds: 4210 },
};
const office: RehearsedSource = { ...mail, source: ids.officeMail, name: 'Office mail', bytes: 18_200_411, tooLarge: 2 };
const files: RehearsedSource = {
  ...{
    ...mail,
    source: ids.documents,
    name: 'Notebook',
    outcome: 'unequal',
    items: 48,
    unequal: 2,
    notSet: 3,
    bytes: 201_004_118,
  },
};

/** Everything came back. */
export const rehearsed: Run = {
  ...{ ...checked, id: ids.rehearsal, kind: 'rehearsal', check: null, startedAtMs: at(3, 12, 40), endedAtMs: at(3, 12, 41) },
  ...{ bytes: { read: 79_602_529, stored: 0 }, rehearsal: { seed: 2_914_400_113, itemsWanted: 50, sources: [mail, office] } },
};

/** Two files did not. */
export const unproven: Run = {
  ...{ ...rehearsed, id: ids.unproven, storage: ids.disk, storageName: 'Backup disk', status: 'failed' },
  failure: { code: 'rehearsal.unequal', retry: 'after-user-action', facts: { count: 2, items: 48 } },
  problems: ['Plan 3.dwg', 'Plan 4.dwg'].map((item) => ({
    failure: { code: 'restore.item-damaged', retry: 'after-user-action', facts: { item } },
    ...{ source: 'Notebook', folder: 'Projects/Plans', item, atMs: at(3, 12, 41) },
  })),
  rehearsal: { seed: 7, itemsWanted: 50, sources: [files] },
};

export const marksOf = ({ id, endedAtMs, rehearsal }: Run): Marks =>
  (rehearsal?.sources ?? []).map((source) => ({ ...source, run: id, atMs: endedAtMs ?? 0, seed: rehearsal?.seed ?? 0 }));
