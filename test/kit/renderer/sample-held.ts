import { ids, type Job } from './sample-base.ts';
import { jobs } from './sample-setup.ts';

const heldBy: Readonly<Record<string, Job['due']>> = {
  [ids.officeToOffice]: { kind: 'wait', because: 'battery', untilMs: null },
  [ids.filesToDisk]: { kind: 'wait', because: 'answer', untilMs: null },
};
/** The same jobs, where something holds two of them. */
export const heldJobs: readonly Job[] = jobs.map((job) => ({ ...job, due: heldBy[job.id] ?? job.due }));
