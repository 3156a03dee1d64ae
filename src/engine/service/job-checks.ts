import type { JobCheck, JobFinding } from '../../shared/domain/job-check.ts';
import type { JobId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { Mirrors } from './mirrors.ts';
import { type Place, storagesOf } from './job-storages.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { frozenAt } from './removal-views.ts';
import type { Sources } from './sources.ts';

interface CheckPorts {
  readonly sources: Sources;
  readonly mirrors: Mirrors;
  readonly clock: ClockWatch;
}

/** Says what a test found, or fails with it. */
type Ask = <Found>(check: JobCheck, name: string, test: () => Found | Promise<Found>) => Promise<Found | undefined>;

/** What a run of a job needs before it may begin: what refuses a run is what a person is shown who asks beforehand. */
export class JobChecks {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #ports: CheckPorts;

  constructor(parts: Parts, open: OpenStorages, ports: CheckPorts) {
    this.#parts = parts;
    this.#open = open;
    this.#ports = ports;
  }

  /** The storages of a job as they are now. Fails with the first thing for which no run may begin: one that is away keeps no other from it. */
  async admit(job: StoredJob, only?: readonly StorageId[]): Promise<Place[]> {
    refuseRunning(this.#parts, job);
    const places: Place[] = [];
    const wanted = storagesOf(job).filter((id) => only?.includes(id) !== false);
    for (const id of wanted) places.push(await this.#place(id));
    const [first] = places;
    if (first !== undefined && 'failure' in first && places.every((place) => 'failure' in place)) throw first.failure;
    return places;
  }

  async #place(id: StorageId): Promise<Place> {
    const { name } = known('storage', id, this.#parts.store.storages());
    try {
      const open = await this.#opened(id, async (_check, _name, test) => test());
      return { id, name, open: open ?? (await this.#open.use(id)) };
    } catch (error) {
      if (isStrataError(error)) return { id, name, failure: error };
      throw error;
    }
  }

  /** All of it, and beside it what a run finds out only later, or what it leaves undone; nothing is changed. */
  async look(id: JobId): Promise<JobFinding[]> {
    const job = known('job', id, this.#parts.store.jobs());
    const findings: JobFinding[] = [];
    const ask: Ask = async (check, name, test) => {
      try {
        const found = await test();
        findings.push({ check, name, outcome: 'fine', failure: null });
        return found;
      } catch (error) {
        if (!isStrataError(error)) throw error;
        findings.push({ check, name, outcome: 'refused', failure: failureOf(error) });
        return undefined;
      }
    };
    if (job.scan !== 'on')
      findings.push(noted('enabled', '', { code: 'job.disabled', retry: 'after-user-action', facts: { job: job.name } }));
    await ask('running', '', () => refuseRunning(this.#parts, job));
    let isOneThere = false;
    for (const id of storagesOf(job)) {
      const open = await this.#opened(id, ask);
      if (open !== undefined) await this.#beside(open, ask, findings);
      isOneThere ||= open !== undefined;
    }
    if (isOneThere && storagesOf(job).length > 1) for (const check of ofStorage) lighten(findings, check, 'noted');
    await this.#sources(job, ask, findings);
    return findings;
  }

  async #opened(id: StorageId, ask: Ask): Promise<OpenStorage | undefined> {
    const { name } = known('storage', id, this.#parts.store.storages());
    const open = await ask('unlocked', name, async () => this.#open.refresh(await this.#open.use(id)));
    if (open === undefined) return undefined;
    await ask('writable', name, () => {
      open.storage.assertWritable();
      this.#ports.mirrors.refuseMirror(id);
    });
    return open;
  }

  /** What a run meets once it has begun. */
  async #beside(open: OpenStorage, ask: Ask, findings: JobFinding[]): Promise<void> {
    const { id, name } = open.stored;
    await ask('lock', name, () => open.storage.lock('backup', 'write').release());
    // Where somebody of this computer works there, a run waits for the end of it.
    if (this.#parts.runs.going().some(({ storage }) => storage === id)) lighten(findings, 'lock', 'waits');
    await ask('space', name, () => refuseFull(this.#open, open));
    const { failure } = await this.#ports.clock.state(id);
    findings.push(failure === null ? { check: 'clock', name, outcome: 'fine', failure } : noted('clock', name, failure));
    const frozen = frozenAt(this.#parts, open);
    findings.push(...frozen.map((freeze) => noted('guard', freeze.sourceName, freeze.failure)));
    if (frozen.length === 0) findings.push({ check: 'guard', name, outcome: 'fine', failure: null });
  }

  /** One that is away keeps the others from nothing. */
  async #sources(job: StoredJob, ask: Ask, findings: JobFinding[]): Promise<void> {
    const stored = this.#parts.store.sources();
    for (const id of job.sources) {
      const { name, settings } = known('source', id, stored);
      await ask('source', name, async () => {
        const { failure } = await this.#ports.sources.test({ settings, id, secret: null });
        if (failure !== null) throw new StrataError(failure.code, failure.retry, failure.facts);
      });
    }
    if (findings.some(({ check, outcome }) => check === 'source' && outcome === 'fine')) lighten(findings, 'source', 'noted');
  }
}

export const runningOf = ({ runs }: Pick<Parts, 'runs'>, id: JobId): Run | undefined =>
  runs.going().find((run) => run.job === id && run.kind === 'backup');

export function refuseRunning(parts: Pick<Parts, 'runs'>, { id, name }: StoredJob): void {
  if (runningOf(parts, id) !== undefined) throw new StrataError('run.already-running', 'later', { job: name });
}

/** Asked again under the lock: the room may have gone while it was waited for. */
export function refuseFull(storages: OpenStorages, { stored: { path, settings } }: OpenStorage): void {
  if (storages.target(path).space().freeBytes < settings.minFreeBytes)
    throw new StrataError('storage.nearly-full', 'after-user-action', { path });
}

/** Of several storages: where one can be served, the others keep no run from beginning. */
const ofStorage = ['unlocked', 'writable', 'lock', 'space'] as const;

const noted = (check: JobCheck, name: string, failure: Failure): JobFinding => ({ check, name, outcome: 'noted', failure });

function lighten(findings: JobFinding[], which: JobCheck, outcome: 'waits' | 'noted'): void {
  for (const [at, finding] of findings.entries()) {
    if (finding.check === which && finding.outcome === 'refused') findings[at] = { ...finding, outcome };
  }
}
