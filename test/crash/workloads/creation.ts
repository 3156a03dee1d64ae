import { SimFileSystem } from '../../kit/sim-file-system.ts';
import { holdCreationToPromise, type Promised, recoverByCreating } from '../kept-promise.ts';
import { createOn } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

/** A new storage in a folder that is not there yet, below one that is not there either. */
export const creation: NamedWorkload = {
  name: 'create',
  make: () => Promise.resolve(create),
};

const create: Workload<Promised> = {
  name: creation.name,
  before: new SimFileSystem(),
  promisedBefore: { certain: [], pending: undefined },
  async run(files, progress) {
    await createOn(files);
    progress.promised = { certain: [{}], pending: undefined };
  },
  judge: holdCreationToPromise,
  recover: recoverByCreating,
  isCostly: true,
  isFirst: true,
};
