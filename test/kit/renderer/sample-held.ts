import { at, ids, type Job } from './sample-base.ts';
import { jobs } from './sample-setup.ts';

const heldBy: Readonly<Record<string, Job['due']>> = {
  [ids.officeToOffice]: { kind: 'wait', because: 'battery', untilMs: null },
  [ids.filesToDisk]: { kind: 'wait', because: 'answer', untilMs: null },
};
const missed: Job['watch']['missed'] = [
  {
    ...{ storage: ids.office, sinceMs: at(0, 12, 31), atMs: at(0, 13, 2) },
    failure: { code: 'storage.not-found', retry: 'later', facts: { path: '/mnt/office/strata' } },
  },
];
/** The same jobs, where something holds two of them, and one of two storages lacks what capture noticed. */
export const heldJobs: readonly Job[] = jobs.map((job) => ({
  ...job,
  due: heldBy[job.id] ?? job.due,
  watch: job.id === ids.mailToNas ? { ...job.watch, missed } : job.watch,
}));
