import type { Failure } from '../../../src/shared/domain/strata-error.ts';
import { withSpare } from './sample-mirrors.ts';
import { at, ids, type Run, type Storage } from './sample-base.ts';
import { runs } from './sample-runs.ts';

const pack = (start: string): string => `packs/${start.slice(0, 2)}/${start}${'0'.repeat(64 - start.length)}.pack`;
const recordDamaged = (file: string): Failure => ({
  code: 'storage.record-damaged',
  retry: 'never',
  facts: { path: '/mnt/nas/strata', file, reason: 'authentication' },
});

const findings: NonNullable<Run['check']>['findings'] = [
  {
    failure: recordDamaged(pack('3f9a41')),
    file: pack('3f9a41'),
    items: [
      'anna@nord.example/Clients/Quay 7/Plans, second round',
      'anna@nord.example/INBOX/Invoice 2026-0442',
      'anna@nord.example/INBOX/Re: tender documents, lot 3, with the annexes of both bidders and the minutes of the second meeting',
      'anna@nord.example/Sent/Offer harbour office',
      'office@nord.example/INBOX/Assessment notice 2024',
      'office@nord.example/INBOX/Minutes, site meeting no. 14',
      'Maildir of 2009 to 2019/Archive/2011/Quay 7: façade drawings',
    ],
  },
  {
    failure: {
      code: 'storage.record-damaged',
      retry: 'never',
      facts: { path: '/mnt/nas/strata', file: pack('c1077e'), reason: 'missing' },
    },
    file: pack('c1077e'),
    items: [],
  },
];

const healthy = runs.find(({ kind }) => kind === 'check') as Run;

/** A check that found damage. */
export const damagedCheck: Run = {
  ...healthy,
  id: ids.damagedCheck,
  status: 'failed',
  startedAtMs: at(0, 11, 2),
  endedAtMs: at(0, 12, 58),
  failure: findings[0]?.failure ?? null,
  check: healthy.check && { ...healthy.check, level: 'all', percent: null, packsRead: 96_400, findings },
};

const newer = (key: Storage['keys'][number]): typeof key => ({ ...key, slot: 'k6', createdAtMs: at(2, 9), lastUsedAtMs: null });

const changes: Readonly<Record<string, (nas: Storage) => Partial<Storage>>> = {
  damaged: ({ verification }) => ({
    lastCheck: damagedCheck.check && { atMs: at(0, 12, 58), report: damagedCheck.check },
    verification: verification && { ...verification, damaged: 2, verifiedAtMs: null, failure: findings[0]?.failure ?? null },
  }),
  repaired: ({ verification }) => ({
    lastCheck: damagedCheck.check && { atMs: at(0, 12, 58), report: damagedCheck.check },
    lastRepair: { run: ids.repair, atMs: at(0, 13, 20), lost: 3 },
    verification: verification && { ...verification, verifiedAtMs: null },
  }),
  headless: ({ path }) => ({
    state: 'unavailable',
    keys: [],
    verification: null,
    failure: { code: 'storage.not-found', retry: 'after-user-action', facts: { path } },
  }),
  halfway: ({ keys }) => ({
    keys: keys.flatMap((key) => (key.slot === 'k1' ? [{ ...key, isReplaced: true }, newer(key)] : [key])),
  }),
  flickered: ({ verification }) => ({ verification: verification && { ...verification, flickered: 2 } }),
};

/** All storages of a world: as after years of use, with what happened to the first of them there. */
export const storagesOf = (world: string): readonly Storage[] =>
  withSpare(world).map((storage) => (storage.id === ids.nas ? { ...storage, ...changes[world]?.(storage) } : storage));
