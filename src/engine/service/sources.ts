import type { JobId, SourceId } from '../../shared/domain/ids.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredSource } from '../catalog/index.ts';
import { newId } from '../kernel/random.ts';
import type { CredentialReader } from '../sources/credential.ts';
import type { FolderOverview, Source } from '../sources/source.ts';
import { known, refuseTakenName } from './names.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { quietRun } from './quiet-run.ts';
import type { Secrets } from './secrets.ts';
import { needsSecret, sourceFor } from './source-factory.ts';

export interface SourceTest {
  ok: boolean;
  failure: Failure | null;
  folders: number;
  items: number | null;
  capabilities: string[];
  certificateSha256: string | null;
}

export interface SourceSummary {
  id: SourceId;
  name: string;
  settings: SourceSettings;
  secret: 'keychain' | 'memory' | 'missing' | null;
  jobs: { id: JobId; name: string }[];
  protectedUntilMs: number | null;
}

/** A mailbox has few enough folders to ask for all at once; a disk is looked at level by level. */
const wholeTree = (kind: SourceSettings['kind'], parentKey: string | null): string | null | undefined =>
  kind === 'files' ? parentKey : undefined;

const account = (id: SourceId): string => `source/${id}`;

export class Sources {
  readonly #parts: Parts;
  readonly #secrets: Secrets;
  readonly #open: OpenStorages;

  constructor(parts: Parts, secrets: Secrets, open: OpenStorages) {
    this.#parts = parts;
    this.#secrets = secrets;
    this.#open = open;
  }

  /** Connects, lists the folders, and says what is there. A form shows the answer, so failing is an answer, too. */
  async test(request: { settings: SourceSettings; secret: string | null; id: SourceId | null }): Promise<SourceTest> {
    const source = sourceFor(request.settings, this.credentialFor(request.id, request.secret), this.#parts);
    try {
      return await this.#look(source, request.settings.kind);
    } catch (error) {
      if (!isStrataError(error)) throw error;
      const isCertificate = error.code === 'source.tls-untrusted' || error.code === 'source.certificate-changed';
      const sha256 = isCertificate ? error.facts['sha256'] : undefined;
      return {
        ok: false,
        failure: failureOf(error),
        folders: 0,
        items: null,
        capabilities: [],
        certificateSha256: typeof sha256 === 'string' ? sha256 : null,
      };
    }
  }

  async #look(source: Source, kind: SourceSettings['kind']): Promise<SourceTest> {
    const run = quietRun(this.#parts.clock, this.#parts.log);
    const session = await source.open(run);
    try {
      const folders = await session.folders(wholeTree(kind, null), run);
      const counted = folders.every((folder) => folder.items !== null);
      return {
        ok: true,
        failure: null,
        folders: folders.length,
        capabilities: [...session.capabilities],
        certificateSha256: null,
        items: counted ? folders.reduce((sum, folder) => sum + (folder.items ?? 0), 0) : null,
      };
    } finally {
      await session.close();
    }
  }

  async tree(request: {
    id: SourceId | null;
    settings: SourceSettings | null;
    secret: string | null;
    parentKey: string | null;
  }): Promise<readonly FolderOverview[]> {
    const settings = request.settings ?? (request.id === null ? null : this.#stored(request.id).settings);
    if (settings === null) throw new StrataError('input.invalid', 'never', { field: 'settings' });
    const run = quietRun(this.#parts.clock, this.#parts.log);
    const session = await sourceFor(settings, this.credentialFor(request.id, request.secret), this.#parts).open(run);
    try {
      return await session.folders(wholeTree(settings.kind, request.parentKey), run);
    } finally {
      await session.close();
    }
  }

  async add(request: {
    name: string;
    settings: SourceSettings;
    secret: string | null;
    keepInKeychain: boolean;
  }): Promise<{ id: SourceId }> {
    refuseTakenName('source', request.name, this.#parts.store.sources());
    const id = newId<SourceId>(this.#parts.random);
    const secretInKeychain = request.keepInKeychain && request.secret !== null;
    if (request.secret !== null) await this.#secrets.keep(account(id), request.secret, secretInKeychain);
    this.#parts.store.putSource({ id, name: request.name, settings: request.settings, secretInKeychain });
    this.#parts.changed('sources');
    return { id };
  }

  async edit(request: {
    id: SourceId;
    name: string;
    settings: SourceSettings;
    secret: string | null;
    keepInKeychain: boolean;
  }): Promise<void> {
    const before = this.#stored(request.id);
    refuseTakenName('source', request.name, this.#parts.store.sources(), request.id);
    if (before.settings.kind !== request.settings.kind)
      throw new StrataError('input.invalid', 'never', { field: 'settings.kind' });
    if (request.secret !== null) await this.#secrets.keep(account(request.id), request.secret, request.keepInKeychain);
    const secretInKeychain = request.secret === null ? before.secretInKeychain : request.keepInKeychain;
    this.#parts.store.putSource({ id: request.id, name: request.name, settings: request.settings, secretInKeychain });
    this.#parts.changed('sources');
  }

  async unlock(id: SourceId, secret: string, keepInKeychain: boolean): Promise<void> {
    const source = this.#stored(id);
    await this.#secrets.keep(account(id), secret, keepInKeychain);
    if (keepInKeychain !== source.secretInKeychain) this.#parts.store.putSource({ ...source, secretInKeychain: keepInKeychain });
    this.#parts.changed('sources');
  }

  async remove(id: SourceId): Promise<void> {
    const source = this.#stored(id);
    const job = this.#parts.store.jobs().find((other) => other.sources.includes(id));
    if (job !== undefined) throw new StrataError('source.in-use', 'after-user-action', { name: source.name, job: job.name });
    await this.#secrets.forget(account(id), source.secretInKeychain);
    this.#parts.store.removeSource(id);
    this.#parts.changed('sources');
  }

  async list(): Promise<SourceSummary[]> {
    const until = await this.#protected();
    return this.#parts.store.sources().map((source) => this.#summary(source, until));
  }

  async show(id: SourceId): Promise<SourceSummary> {
    return this.#summary(this.#stored(id), await this.#protected());
  }

  /** Fails when read, not when made: a cycle goes on with its other sources. */
  credentialReader(id: SourceId): CredentialReader {
    return this.credentialFor(id, null);
  }

  /** What was given, else what is at hand of the source. */
  credentialFor(id: SourceId | null, given: string | null): CredentialReader {
    return async () => {
      if (given !== null) return { kind: 'password', password: given };
      const source = id === null ? undefined : this.#parts.store.sources().find((other) => other.id === id);
      const secret = source === undefined ? undefined : await this.#secrets.read(account(source.id), source.secretInKeychain);
      if (secret === undefined) throw new StrataError('source.needs-secret', 'after-user-action', { source: source?.name ?? '' });
      return { kind: 'password', password: secret };
    };
  }

  /** The newest moment of each source in any storage that is open. */
  async #protected(): Promise<Map<SourceId, number>> {
    const until = new Map<SourceId, number>();
    for (const { id } of this.#parts.store.storages()) {
      if (!this.#open.isOpen(id)) continue;
      for (const [source, atMs] of (await this.#open.use(id)).catalog.protectedUntil()) {
        until.set(source, Math.max(atMs, until.get(source) ?? 0));
      }
    }
    return until;
  }

  #stored(id: SourceId): StoredSource {
    return known('source', id, this.#parts.store.sources());
  }

  #summary(source: StoredSource, until: ReadonlyMap<SourceId, number>): SourceSummary {
    const { id, name, settings } = source;
    const jobs = this.#parts.store
      .jobs()
      .filter((job) => job.sources.includes(id))
      .map((job) => ({ id: job.id, name: job.name }));
    return { id, name, settings, jobs, secret: this.#secretState(source), protectedUntilMs: until.get(id) ?? null };
  }

  #secretState({ id, settings, secretInKeychain }: StoredSource): SourceSummary['secret'] {
    if (!needsSecret(settings)) return null;
    if (secretInKeychain) return 'keychain';
    return this.#secrets.isInMemory(account(id)) ? 'memory' : 'missing';
  }
}
