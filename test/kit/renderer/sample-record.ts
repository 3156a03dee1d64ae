import type { CallArguments, CallOutput } from '../../../src/shared/contract/calls.ts';
import type { RecordedAct } from '../../../src/shared/domain/act.ts';
import { idOf } from './draw.ts';
import type { ActId } from '../../../src/shared/domain/ids.ts';
import { at, ids } from './sample-base.ts';

const act = (number: number, atMs: number, kind: RecordedAct['kind'], more: Partial<RecordedAct>): RecordedAct => ({
  id: idOf<ActId>('act', number),
  ...{ atMs, kind, origin: 'window', user: 'anna', storage: null, storageName: null, sourceNames: [], jobName: null, name: null },
  ...{ to: null, settings: [], items: 0, itemNames: null, run: null, outcome: 'done', endedAtMs: atMs + 40, code: null },
  ...more,
});
const nas = { storage: ids.nas, storageName: 'NAS' } as const;
const disk = { storage: ids.disk, storageName: 'Backup disk' } as const;

const recordedActs: readonly RecordedAct[] = [
  act(1, at(0, 13, 52), 'look', { ...nas, items: 1, itemNames: ['Clients/Quay 7/Offer for lot 3, second version'] }),
  act(2, at(0, 13, 50), 'browse', nas),
  act(3, at(0, 11, 5), 'export', {
    ...nas,
    ...{ items: 4, itemNames: ['INBOX/Invoice 2026-114', 'INBOX/Re: Tender', 'Sent/Tender', 'Sent/Re: Tender'] },
    ...{ to: '/home/anna/Letters', run: ids.restore, outcome: 'partly' },
  }),
  act(4, at(0, 9, 30), 'take-out', { ...disk, items: 1 }),
  act(5, at(1, 22, 0), 'purge', { ...disk, origin: 'schedule', run: ids.retention }),
  act(6, at(1, 18, 12), 'restore', {
    ...{ ...nas, origin: 'command', sourceNames: ['anna@nord.example'] },
    ...{ outcome: 'failed', code: 'storage.needs-password' },
  }),
  act(7, at(1, 18, 2), 'change-settings', { settings: ['recordDays=365'] }),
  act(8, at(2, 8, 0), 'unlock', { ...disk, outcome: 'failed', code: 'storage.wrong-password' }),
];

export function recordOf({ kinds, storage, text, settingNames, limit }: CallArguments<'record.list'>): CallOutput<'record.list'> {
  const rows = recordedActs.filter(
    (one) =>
      (kinds.length === 0 || kinds.includes(one.kind)) &&
      (storage === null || one.storage === storage) &&
      [JSON.stringify(one), ...one.settings.map((setting) => settingNames[setting.split('=', 1)[0] ?? ''])]
        .join('\n')
        .toLowerCase()
        .includes(text.toLowerCase()),
  );
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}
