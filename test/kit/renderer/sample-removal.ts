import type { CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { removalCalls } from '../../../src/shared/contract/retention.ts';
import { defaultStorageSettings } from '../../../src/shared/domain/storage-settings.ts';
import { type Failure, StrataError } from '../../../src/shared/domain/strata-error.ts';
import { createDraw } from './draw.ts';
import { inbox, moments as recent, rowOf } from './sample-mail.ts';
import { folderSizes, sendersUpTo } from './sample-sizes.ts';
import { createTextHandlers } from './sample-texts.ts';
import { years } from './sample-keep.ts';
import { at, dayAgo, ids, nowMs } from './sample-base.ts';

type Moment = CallOutput<'moment.list'>[number];
type Frozen = CallOutput<'freeze.list'>[number];
type Plan = CallOutput<'storage.removalPlan'>;

const day = 86_400_000;
const frozen: readonly Frozen[] = [
  {
    id: ids.freeze,
    source: ids.officeMail,
    sourceName: 'office@nord.example',
    reason: 'mass-change',
    facts: { sign: 'deleted', count: 3_912, of: 9_400 },
    failure: {
      code: 'guard.deleted',
      retry: 'after-user-action',
      facts: { source: 'office@nord.example', count: 3_912, of: 9_400 },
    },
    atMs: at(1, 2, 14),
    keptFrozen: false,
  },
];

const holds: CallOutput<'hold.list'> = [
  {
    id: ids.hold,
    scope: { what: 'folder', item: inbox.item },
    reason: 'Quay 7: the court asked for all of it',
    atMs: at(41, 15, 20),
    place: 'anna@nord.example/Clients/Quay 7',
    source: ids.anna,
  },
  {
    id: ids.sourceHold,
    scope: { what: 'source', source: ids.archive },
    reason: '',
    atMs: at(212, 10, 5),
    place: 'Maildir of 2009 to 2019',
    source: ids.archive,
  },
];

/** Twice a day for two years, thinned out as the rules of {@link years} would. */
const moments: readonly Moment[] = recent.map((moment, index) => {
  const days = Math.floor(index / 2);
  const keptBy: Moment['keptBy'][number][] = [];
  if (index === 0) keptBy.push('newest');
  if (index < 10) keptBy.push('last');
  if (days < 30 && index % 2 === 0) keptBy.push('daily');
  if (days % 7 === 0 && index % 2 === 0) keptBy.push('weekly');
  if (new Date(moment.atMs).getDate() === 1 && index % 2 === 0) keptBy.push('monthly');
  if (days < 30) keptBy.push('withinDays');
  return { ...moment, keptBy };
});

function planRows(): Plan['rows'] {
  const draw = createDraw(31);
  const reasons = ['moments', 'moments', 'deleted', 'moments', 'age', 'count'] as const;
  return Array.from({ length: 60 }, (_, index) => {
    const row = rowOf(inbox, index + 40);
    const ended = 40 + draw.whole(0, 300);
    return {
      item: row.item,
      version: 1 + (index % 3),
      versions: 3 + (index % 5),
      kind: row.kind,
      source: row.source,
      sourceName: 'anna@nord.example',
      folderPath: index % 4 === 0 ? 'Clients/Quay 7' : 'INBOX',
      name: row.title,
      validFromMs: at(ended + draw.whole(1, 90), 12, 31),
      validToMs: at(ended, 8, 31),
      sizeBytes: row.sizeBytes,
      reason: reasons[index % reasons.length] ?? 'moments',
    };
  });
}

const plan: Plan = {
  token: '5c1d9a70b3e2f648',
  paused: null,
  needsConfirmation: null,
  totals: { moments: 214, items: 3_110, versions: 8_431, bytes: 41_200_000_000 },
  ofBytes: 4_420_000_000_000,
  byReason: { moments: 7_020, age: 0, count: 311, deleted: 1_100, 'gone-source': 0, 'left-out': 0, 'by-hand': 0 },
  rows: planRows(),
  forgotten: moments.filter(({ keptBy }) => keptBy.length === 0).slice(0, 214),
  frozen,
  holds: holds.length,
  hidden: { versions: 1_204, bytes: 6_100_000_000 },
  trash: { packs: 1_240, bytes: 19_400_000_000, duePacks: 318, dueBytes: 4_900_000_000 },
};

/** Growing by a little more than a gigabyte on working days, with two purges. */
function growth(): CallOutput<'storage.growth'> {
  const draw = createDraw(17);
  let storedBytes = 1_060_000_000_000;
  return Array.from({ length: 365 }, (_, index) => {
    const dayMs = dayAgo(364 - index);
    const weekday = new Date(dayMs).getDay();
    const addedBytes = weekday === 0 || weekday === 6 ? draw.whole(0, 90_000_000) : draw.whole(500_000_000, 3_100_000_000);
    storedBytes += addedBytes - (index === 140 || index === 262 ? 38_000_000_000 : 0);
    return { dayMs, storedBytes, addedBytes };
  });
}

const sizes: CallOutput<'storage.sizes'> = {
  storedBytes: 1_510_000_000_000,
  trashBytes: plan.trash.bytes,
  itemBytes: 3_910_000_000_000,
  versionBytes: 4_420_000_000_000,
  sources: [
    {
      source: ids.anna,
      name: 'anna@nord.example',
      items: 61_204,
      itemBytes: 21_000_000_000,
      versions: 98_440,
      versionBytes: 27_400_000_000,
      lastListedAtMs: at(0, 12, 31),
    },
    {
      source: ids.officeMail,
      name: 'office@nord.example',
      items: 9_400,
      itemBytes: 3_300_000_000,
      versions: 21_004,
      versionBytes: 4_100_000_000,
      lastListedAtMs: at(0, 12, 31),
    },
    {
      source: ids.archive,
      name: 'Maildir of 2009 to 2019',
      items: 341_497,
      itemBytes: 3_885_700_000_000,
      versions: 341_900,
      versionBytes: 3_886_000_000_000,
      lastListedAtMs: at(12, 18, 4),
    },
  ],
};

const leapt: Failure = { code: 'removal.clock-ahead', retry: 'after-user-action', facts: { hours: 1_104 } };

/** All that a storage says of what it keeps and what goes. Saying yes changes nothing. */
export function createRemovalHandlers(
  rich: boolean,
): Pick<Handlers, keyof typeof removalCalls | (`search.${string}` & keyof Handlers)> {
  let clockIsKept = false;
  let clockIsWrong = rich;
  const settings: CallOutput<'storage.settings'> = { ...defaultStorageSettings };
  return {
    ...createTextHandlers((storage) => storage === ids.nas && settings.searchBodies === true),
    // One of them has rules of its own for new jobs.
    'storage.settings': async ({ storage }) => ({
      ...settings,
      defaultRetention: settings.defaultRetention ?? (storage === ids.nas ? years : null),
    }),
    'storage.changeSettings': async ({ storage: _, ...change }) => Object.assign(settings, change),
    'storage.removalPlan': async ({ olderThanDays, limit }) => ({
      ...plan,
      ...(olderThanDays === 0 ? { needsConfirmation: 'share' as const } : {}),
      rows: plan.rows.slice(0, limit),
      forgotten: plan.forgotten.slice(0, limit),
    }),
    'storage.applyRetention': async () => ({ run: ids.retention }),
    'storage.forgetSourcePlan': async ({ source }) => ({
      token: plan.token,
      sourceName: sizes.sources.find((one) => one.source === source)?.name ?? '',
      refused: null,
      totals: { moments: 12, items: 4_118, versions: 9_204, bytes: 3_300_000_000 },
      ofBytes: sizes.versionBytes,
      held: 2,
    }),
    'storage.forgetSource': async () => ({ run: ids.retention }),
    'storage.undoRetention': async () => ({ moments: 214, versions: 8_431, gone: 0 }),
    'storage.purge': async ({ dryRun }) => ({ run: dryRun ? ids.purgePlan : ids.purge }),
    'storage.clock': async ({ storage }) => ({
      failure: clockIsWrong && storage === ids.nas ? leapt : null,
      keptFrozen: clockIsKept,
    }),
    'storage.believeClock': async () => {
      clockIsWrong = false;
      return {};
    },
    'storage.doubtClock': async () => {
      clockIsKept = true;
      return {};
    },
    'storage.trash': async () => ({
      graceDays: 30,
      packs: plan.trash.packs,
      bytes: plan.trash.bytes,
      batches: [4, 11, 18, 25, 32].map((days, index) => ({
        batch: new Date(at(days, 3)).toISOString().slice(0, 10),
        atMs: at(days, 3),
        packs: index === 4 ? 318 : 230 + (index % 2),
        bytes: index === 4 ? 4_900_000_000 : 3_625_000_000,
        dueAtMs: at(days, 3) + 30 * day,
      })),
    }),
    'storage.returnFromTrash': async ({ batch }) =>
      batch === null ? { packs: plan.trash.packs, bytes: plan.trash.bytes } : { packs: 231, bytes: 3_625_000_000 },
    'storage.repair': async ({ dryRun }) => ({ run: dryRun ? ids.repairPlan : ids.repair }),
    'storage.growth': async () => growth(),
    'storage.sizes': async () => sizes,
    'storage.folderSizes': async () => folderSizes,
    'storage.senders': async ({ limit }) => sendersUpTo(limit),
    'storage.forecast': async () => ({
      freeBytes: 1_760_000_000_000,
      bytesPerDay: 1_240_000_000,
      fullAroundMs: nowMs + 1419 * day,
      basisDays: 90,
    }),
    'hold.list': async () => (rich ? holds : []),
    'hold.add': async () => ({ id: ids.hold }),
    'hold.remove': async () => ({}),
    'freeze.list': async ({ storage }) => (rich && storage === ids.nas ? frozen : []),
    'freeze.answer': async () => ({}),
    'moment.list': async ({ limit }) => (rich ? moments.slice(0, limit) : []),
    'moment.forget': async ({ runs }) => {
      if (runs.includes(moments[0]?.run as never)) throw new StrataError('removal.newest-moment', 'never');
      return { forgotten: runs.length };
    },
    'moment.remember': async ({ runs }) => ({ remembered: runs.length }),
  };
}
