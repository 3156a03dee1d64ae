import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';

/** Something that a person must see or do. */
export interface Need {
  kind:
    | 'job-failed'
    | 'job-warning'
    | 'job-interrupted'
    | 'job-never-ran'
    | 'storage-locked'
    | 'storage-unavailable'
    | 'storage-damaged'
    | 'storage-flickers'
    | 'restore-unproven'
    | 'recovery-key-unconfirmed'
    | 'password-twice'
    | 'source-frozen'
    | 'clock-wrong'
    | 'removal-waits'
    | 'storage-nearly-full'
    | 'mirror-failed'
    | 'job-unwatched'
    | 'scan-due'
    | 'job-late'
    | 'job-asks'
    | 'job-unusual'
    | 'mirror-late'
    | 'channel-fails'
    | 'sign-in-ended'
    | 'sign-in-ends'
    | 'certificate-ends';
  job: JobId | null;
  storage: StorageId | null;
  run: RunId | null;
  /** Of what lies with a source alone. */
  source?: SourceId;
  name: string;
  sinceMs: number | null;
  failure: Failure | null;
}
