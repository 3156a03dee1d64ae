import type { CommitId, RunId, StorageId } from '../../shared/domain/ids.ts';
import { piecesLost, type RepairReport } from '../../shared/domain/repair.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { type RepairFindings, repairStorage } from '../maintenance/index.ts';
import { readHeader, type RepairHelp, type StorageLock } from '../storage/index.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';

interface Helpers {
  readonly mirrors: readonly OpenStorage[];
  readonly twins: RepairHelp['twins'];
  readonly told: RepairReport['mirrors'];
}

/** Mends a storage with what is left of it, and with what its mirrors have. */
export class Repairs {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  /** @param from The id of a mirror, or where a copy of the storage lies; null: all mirrors that can be opened. */
  async start(id: StorageId, isDry: boolean, from: string | null): Promise<RunId> {
    const helpers = from === null ? await this.#allMirrors(id) : await this.#named(id, from);
    const isHelped = helpers.twins.length > 0;
    const open = isDry || isHelped ? this.#open.refresh(await this.#open.use(id)) : await this.#open.useToWrite(id);
    return this.#parts.runs.start({
      kind: 'repair',
      job: null,
      storage: { id, name: open.stored.name },
      trigger: 'person',
      body: (run, running) => this.#body(open, helpers, isDry, run, running),
    });
  }

  async #body(found: OpenStorage, helpers: Helpers, isDry: boolean, run: RunContext, running: RunningRun): Promise<RunEnd> {
    const { mirrors, told } = await this.#lockMirrors(helpers, run);
    let findings: RepairFindings;
    try {
      const work = (): Promise<RepairFindings> => this.#repair(found, mirrors, helpers.twins, isDry, run, running);
      findings = helpers.twins.length > 0 ? await this.#open.whileHelped(found.stored.id, work) : await work();
    } finally {
      for (const { lock } of mirrors) lock.release();
    }
    if (findings.manifestsLost > 0 && !isDry) await this.#open.rebuild(found, run, () => Promise.resolve());
    this.#parts.changed('storages');
    const { stored } = found;
    const aside = findings.aside === null ? null : `${stored.path}/${findings.aside}`;
    const isWhole = piecesLost(findings) + findings.waysLost === 0;
    return { status: isWhole ? 'success' : 'warning', repair: { ...findings, aside, mirrors: told } };
  }

  async #repair(
    found: OpenStorage,
    mirrors: readonly OpenStorage[],
    twins: Helpers['twins'],
    isDry: boolean,
    run: RunContext,
    running: RunningRun,
  ): Promise<RepairFindings> {
    const { storage } = found;
    const lock = isDry ? storage.lock('repair', 'read') : await storage.lockWhenFree('repair', 'exclusive', run);
    try {
      const open = this.#open.refresh(found);
      const author = { run: running.id, atMs: this.#parts.clock.nowMs() };
      const { catalog } = open;
      const known = open.wentBack ? this.#known(open) : null;
      const findings = await repairStorage({ storage, catalog, lock, known, mirrors, twins, author, isDry }, run);
      if (!isDry) this.#open.trust(this.#open.refresh(open));
      return findings;
    } finally {
      lock.release();
    }
  }

  /** As this profile saw it last: its catalog is of what is there now. */
  #known({ stored: { id } }: OpenStorage): { readonly sequence: number; readonly id: CommitId } | null {
    const trusted = this.#parts.store.trusted(id);
    return trusted === undefined ? null : { sequence: trusted.sequence, id: trusted.id as CommitId };
  }

  /** One that is in use, or cannot be reached, is told and is not waited for. */
  async #lockMirrors(
    { mirrors, told }: Helpers,
    run: RunContext,
  ): Promise<{ readonly mirrors: readonly (OpenStorage & { readonly lock: StorageLock })[]; readonly told: Helpers['told'] }> {
    const locked: (OpenStorage & { readonly lock: StorageLock })[] = [];
    const gone = new Set<string>();
    for (const mirror of mirrors) {
      try {
        locked.push({ ...this.#open.refresh(mirror), lock: mirror.storage.lock('repair', 'read') });
      } catch (error) {
        if (!isStrataError(error)) throw error;
        run.log.warn('repair.mirror-not-asked', { mirror: mirror.stored.id, code: error.code });
        gone.add(mirror.stored.name);
      }
    }
    return { mirrors: locked, told: told.map(({ name, reached }) => ({ name, reached: reached && !gone.has(name) })) };
  }

  async #allMirrors(origin: StorageId): Promise<Helpers> {
    const { store, log } = this.#parts;
    const mirrors: OpenStorage[] = [];
    const told: { name: string; reached: boolean }[] = [];
    for (const { id, name } of store.storages()) {
      if (!store.mirrors().some((mirror) => mirror.id === id && mirror.origin === origin)) continue;
      try {
        mirrors.push(await this.#open.use(id));
        told.push({ name, reached: true });
      } catch (error) {
        if (!isStrataError(error)) throw error;
        log.warn('repair.mirror-not-asked', { mirror: id, code: error.code });
        told.push({ name, reached: false });
      }
    }
    return { mirrors, twins: [], told };
  }

  async #named(origin: StorageId, from: string): Promise<Helpers> {
    const stored = this.#parts.store.storages().find(({ id }) => id === from) ?? this.#at(origin, from);
    if (stored === 'twin') return { mirrors: [], twins: [this.#open.target(from)], told: [{ name: from, reached: true }] };
    if (stored.id === origin) throw new StrataError('name.unknown', 'never', { kind: 'mirror', name: stored.name });
    return { mirrors: [await this.#open.use(stored.id)], twins: [], told: [{ name: stored.name, reached: true }] };
  }

  /** Which storage lies there. */
  #at(origin: StorageId, path: string): ReturnType<Parts['store']['storages']>[number] | 'twin' {
    const { store } = this.#parts;
    const header = readHeader(this.#open.target(path));
    const own = store.storages().find(({ id }) => id === origin);
    if (header.id === origin && own?.path !== path) return 'twin';
    const stored = store.storages().find(({ id }) => id === header.id);
    if (stored === undefined) throw new StrataError('name.unknown', 'never', { kind: 'mirror', name: header.name });
    return stored;
  }
}
