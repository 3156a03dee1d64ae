import type { CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { mirrorCalls } from '../../../src/shared/contract/mirrors.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import { years } from './sample-keep.ts';
import { at, ids, type Storage } from './sample-base.ts';
import { storages } from './sample-setup.ts';

type Mirror = CallOutput<'mirror.list'>[number];

const mirror = {
  origin: ids.nas,
  originName: 'NAS',
  enabled: true,
  retention: null,
  zone: 'Europe/Vienna',
  isElsewhere: false,
  isSameDisk: false,
  archive: null,
  running: null,
  lastRun: null,
  failure: null,
} as const;

const mirrors: readonly Mirror[] = [
  {
    ...mirror,
    id: ids.drawer,
    name: 'Disk in the drawer',
    path: '/media/anna/drawer/strata',
    caughtUpAtMs: at(0, 12, 40),
    lacks: { moments: 0, sinceMs: null },
  },
  {
    ...mirror,
    id: ids.cabin,
    name: 'Disk in the cabin',
    path: '/media/anna/cabin/strata',
    retention: years,
    caughtUpAtMs: at(9, 18, 2),
    lacks: { moments: 18, sinceMs: at(9, 20, 31) },
  },
];

/** Of everything, filled in autumn; and of one mailbox's contacts and events, not filled yet. */
const archives: readonly Mirror[] = [
  {
    ...mirror,
    id: ids.vault,
    name: "Archive of 'NAS'",
    path: '/media/anna/vault/strata',
    archive: { sources: null, kinds: null },
    isElsewhere: true,
    caughtUpAtMs: at(40, 11, 20),
    lacks: { moments: 161, sinceMs: at(40, 12, 0) },
  },
  {
    ...mirror,
    id: ids.vaultOfAnna,
    name: 'People and dates',
    path: '/media/anna/vault/people',
    retention: years,
    archive: { sources: [ids.anna], kinds: ['event', 'contact'] },
    caughtUpAtMs: null,
    lacks: { moments: 172, sinceMs: at(60, 8, 0) },
  },
];

/** A storage that nothing saves into. */
const spare: Storage = {
  ...(storages[0] as Storage),
  id: ids.spare,
  name: 'New disk',
  path: '/media/anna/new/strata',
  jobs: [],
  moments: 0,
  lastCommitAtMs: null,
};

/** With it where a mirror is to be added: all other screens know the storages of years of use. */
export const withSpare = (name: string): readonly Storage[] => (name === 'spare' ? [...storages, spare] : storages);

export function createMirrorHandlers(rich: boolean, world: string): Pick<Handlers, keyof typeof mirrorCalls> {
  let all: readonly Mirror[] = rich ? [...mirrors, ...(world === 'archived' ? archives : [])] : [];
  return {
    'mirror.add': async ({ mirror: target, archive, adds }) => {
      if (target === ids.office) throw new StrataError('mirror.not-empty', 'after-user-action', { name: 'Office server' });
      if (archive !== undefined && adds) all = [...all, { ...(archives[1] as Mirror), id: target, archive, isSameDisk: true }];
      return { warnings: ['same-disk'] };
    },
    'mirror.list': async () => all,
    'mirror.run': async () => ({ run: ids.mirroring }),
    'mirror.change': async () => ({}),
    'mirror.standing': async () =>
      rich
        ? { copies: 4, disks: 3, elsewhere: 0, missing: ['place'] }
        : { copies: 2, disks: 1, elsewhere: 0, missing: ['copy', 'disk', 'place'] },
    'mirror.remove': async () => ({}),
  };
}
