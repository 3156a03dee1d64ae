import type { NamedWorkload } from '../workload.ts';
import { ballasting } from './ballast.ts';
import { bringingBack } from './bringing-back.ts';
import { creation } from './creation.ts';
import { cycles } from './cycles.ts';
import { emptying } from './emptying.ts';
import { keys } from './keys.ts';
import { mending } from './mending.ts';
import { archiving, mirroring } from './mirroring.ts';
import { removing } from './removing.ts';
import { repairing } from './repairing.ts';
import { restoring } from './restoring.ts';
import { resuming } from './resuming.ts';

/** Everything that is done to a storage's disk. Crashes, disk errors, full disks and removed steps are tried on all of them. */
export const workloads: readonly NamedWorkload[] = [
  creation,
  ...cycles,
  resuming,
  mending,
  ...removing,
  mirroring,
  archiving,
  repairing,
  ballasting,
  ...keys,
  ...restoring,
  emptying,
  bringingBack,
];
