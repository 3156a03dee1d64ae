import type { GrantId, JobId, SourceId } from '../../shared/domain/ids.ts';
import { type OAuthSignIn, oauthOf } from '../../shared/domain/sign-in.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredSource } from '../catalog/index.ts';
import { newId } from '../kernel/random.ts';
import type { CredentialReader } from '../sources/credential.ts';
import type { FolderOverview, Source } from '../sources/source.ts';
import { type Ending, endingsOf, isSameServer, lifeOf } from './endings.ts';
import { known, refuseTakenName } from './names.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { quietRun } from './quiet-run.ts';
import { recoveriesOf, type Recovery } from './recovery.ts';
import { rehearsedOf } from './rehearsal-marks.ts';
import { type Grant, isSameSignIn, type SignIns } from './sign-ins.ts';
import { sourceFor } from './source-factory.ts';
import { SourcePaces } from './source-paces.ts';
import type { SourceSecrets } from './source-secrets.ts';

export interface SourceTest {
  ok: boolean;
  failure: Failure | null;
  folders: number;
  items: number | null;
  capabilities: string[];
  alsoNeeds: ('caldav' | 'carddav')[];
  certificateSha256: string | null;
}

export interface SourceSummary {
  id: SourceId;
  name: string;
  settings: SourceSettings;
  secret: 'keychain' | 'memory' | 'missing' | 'expired' | null;
  jobs: { id: JobId; name: string }[];
  protectedUntilMs: number | null;
  rehearsed: ReturnType<typeof rehearsedOf>;
  /** What lets Strata in and runs out, or has. */
  endings: Ending[];
}

/** What a person gave to be let in with: a password, or a sign-in that was made for it. Null: what the source has is used. */
interface Given {
  readonly secret: string | null;
  readonly grant?: GrantId | undefined;
}

/** A mailbox has few enough folders to ask for all at once; a disk is looked at level by level. */
const wholeTree = (kind: SourceSettings['kind'], parentKey: string | null): string | null | undefined =>
  kind === 'files' ? parentKey : undefined;

export class Sources {
  readonly #parts: Parts;
  readonly #secrets: SourceSecrets;
  readonly #signIns: SignIns;
  readonly #open: OpenStorages;
  readonly paces: SourcePaces;

  constructor(parts: Parts, helpers: { secrets: SourceSecrets; signIns: SignIns }, open: OpenStorages) {
    this.#parts = parts;
    this.#secrets = helpers.secrets;
    this.#signIns = helpers.signIns;
    this.#open = open;
    this.paces = new SourcePaces(parts);
  }

  /** Connects, lists the folders, and says what is there. A form shows the answer, so failing is an answer, too. */
  async test(request: Given & { settings: SourceSettings; id: SourceId | null }): Promise<SourceTest> {
    const source = sourceFor(
      request.settings,
      this.credentialFor(request.id, request.settings, request),
      this.#parts,
      this.paces.atOnce(request.id, request.settings),
    );
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
        alsoNeeds: [],
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
        alsoNeeds: [...(session.alsoNeeds ?? [])],
        certificateSha256: null,
        items: counted ? folders.reduce((sum, folder) => sum + (folder.items ?? 0), 0) : null,
      };
    } finally {
      await session.close();
    }
  }

  async tree(
    request: Given & { id: SourceId | null; settings: SourceSettings | null; parentKey: string | null },
  ): Promise<readonly FolderOverview[]> {
    const settings = request.settings ?? (request.id === null ? null : this.#stored(request.id).settings);
    if (settings === null) throw new StrataError('input.invalid', 'never', { field: 'settings' });
    const run = quietRun(this.#parts.clock, this.#parts.log);
    const credential = this.credentialFor(request.id, settings, request);
    const session = await sourceFor(settings, credential, this.#parts, this.paces.atOnce(request.id, settings)).open(run);
    try {
      return await session.folders(wholeTree(settings.kind, request.parentKey), run);
    } finally {
      await session.close();
    }
  }

  /** @param id Of a source that is set up again; else it gets a new one. */
  async add(
    request: Given & { name: string; settings: SourceSettings; keepInKeychain: boolean },
    id = newId<SourceId>(this.#parts.random),
  ): Promise<{ id: SourceId }> {
    const { name, settings } = request;
    refuseTakenName('source', name, this.#parts.store.sources());
    const kept = await this.#keep({ id, name, settings, secretInKeychain: false }, request);
    this.#parts.store.putSource({ id, name, settings, ...kept });
    this.#parts.changed('sources');
    return { id };
  }

  async edit(request: Given & { id: SourceId; name: string; settings: SourceSettings; keepInKeychain: boolean }): Promise<void> {
    const { id, name, settings } = request;
    const before = this.#stored(id);
    refuseTakenName('source', name, this.#parts.store.sources(), id);
    if (before.settings.kind !== settings.kind) throw new StrataError('input.invalid', 'never', { field: 'settings.kind' });
    const isElsewhere = !isSameSignIn(oauthOf(before.settings), oauthOf(settings));
    const grant = await this.#granted(settings, request);
    // Before anything is stored: what one provider gave is never shown to another.
    if (isElsewhere) await this.#secrets.forget(before);
    const hasEnded = before.signInEnded === true && !isElsewhere && grant === undefined;
    const ended = hasEnded ? { signInEnded: true } : {};
    const wasInKeychain = before.secretInKeychain && !isElsewhere;
    const life = before.signInLife === undefined || isElsewhere ? {} : { signInLife: before.signInLife };
    const kept = await this.#keep({ id, name, settings, secretInKeychain: wasInKeychain, ...life }, request);
    // Read again: a connection may have shown one meanwhile.
    const { certificates } = this.#stored(id);
    const seen = certificates !== undefined && isSameServer(before.settings, settings) ? { certificates } : {};
    this.#parts.store.putSource({ id, name, settings, ...kept, ...ended, ...seen });
    this.paces.changed(id, settings);
    this.#parts.changed('sources');
  }

  async unlock(id: SourceId, secret: string, keepInKeychain: boolean): Promise<void> {
    const source = this.#stored(id);
    if (oauthOf(source.settings) !== undefined) throw new StrataError('input.invalid', 'never', { field: 'secret' });
    await this.#secrets.keepPassword(id, secret, keepInKeychain);
    if (keepInKeychain !== source.secretInKeychain) this.#parts.store.putSource({ ...source, secretInKeychain: keepInKeychain });
    this.#parts.changed('sources');
  }

  /** Of the source's client, for signing in again at the same provider and at no other. */
  async clientSecret(id: SourceId, signIn: OAuthSignIn): Promise<string | null> {
    const source = this.#stored(id);
    return isSameSignIn(oauthOf(source.settings), signIn) ? ((await this.#secrets.clientSecret(source)) ?? null) : null;
  }

  /** In place of the sign-in that it has, or had. */
  async renewSignIn(id: SourceId, grant: GrantId, keepInKeychain: boolean): Promise<void> {
    const { signInEnded: _ended, signInLife: _life, ...source } = this.#stored(id);
    const kept = await this.#keep(source, { secret: null, grant, keepInKeychain });
    this.#parts.store.putSource({ ...source, ...kept });
    this.#parts.changed('sources');
  }

  async remove(id: SourceId): Promise<void> {
    const source = this.#stored(id);
    const job = this.#parts.store.jobs().find((other) => other.sources.includes(id));
    if (job !== undefined) throw new StrataError('source.in-use', 'after-user-action', { name: source.name, job: job.name });
    await this.#secrets.revoke(source);
    await this.#secrets.forget(source);
    this.#parts.store.removeSource(id);
    this.paces.forget(id);
    this.#parts.changed('sources');
  }

  async list(): Promise<SourceSummary[]> {
    const until = await this.#protected();
    return this.#parts.store.sources().map((source) => this.#summary(source, until));
  }

  async show(id: SourceId): Promise<SourceSummary> {
    return this.#summary(this.#stored(id), await this.#protected());
  }

  async recovery(id: SourceId): Promise<Recovery[]> {
    return recoveriesOf(this.#stored(id).id, this.#parts, this.#open);
  }

  /** Fails when read, not when made: a cycle goes on with its other sources. */
  credentialReader(id: SourceId): CredentialReader {
    return async () => {
      const source = this.#parts.store.sources().find((other) => other.id === id);
      if (source !== undefined) return this.#secrets.read(source);
      throw new StrataError('source.needs-secret', 'after-user-action', { source: '' });
    };
  }

  /** What was given counts; without, what the source has, as long as it is for the same provider. */
  credentialFor(id: SourceId | null, settings: SourceSettings, given: Given): CredentialReader {
    const signIn = oauthOf(settings);
    return async () => {
      const grant = await this.#granted(settings, given);
      if (grant !== undefined) return grant.signedIn.read();
      if (given.secret !== null && signIn === undefined) return { kind: 'password', password: given.secret };
      const source = id === null ? undefined : this.#parts.store.sources().find((other) => other.id === id);
      if (source !== undefined && isSameSignIn(oauthOf(source.settings), signIn)) return this.#secrets.read(source);
      const code = signIn === undefined ? 'source.needs-secret' : 'source.needs-sign-in';
      throw new StrataError(code, 'after-user-action', { source: source?.name ?? '' });
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

  /** Returns whether the keychain has it now, and how long it lasts. */
  async #keep(
    source: StoredSource,
    given: Given & { keepInKeychain: boolean },
  ): Promise<Pick<StoredSource, 'secretInKeychain' | 'signInLife'>> {
    const grant = await this.#granted(source.settings, given);
    const { secretInKeychain, signInLife } = source;
    const { secret, keepInKeychain } = given;
    const before = { secretInKeychain, ...(signInLife === undefined ? {} : { signInLife }) };
    if (grant === undefined && (secret === null || oauthOf(source.settings) !== undefined)) return before;
    // Memory alone is wanted now: nothing stays behind in the keychain.
    if (secretInKeychain && !keepInKeychain) await this.#secrets.forget(source);
    const endsAtMs = grant === undefined ? undefined : await this.#secrets.keepGrant(source.id, grant, keepInKeychain);
    if (grant === undefined && secret !== null) await this.#secrets.keepPassword(source.id, secret, keepInKeychain);
    if (given.grant !== undefined) this.#signIns.cancel(given.grant);
    const life = endsAtMs === undefined ? {} : { signInLife: lifeOf(endsAtMs, undefined, this.#parts.clock.nowMs()) };
    return { secretInKeychain: keepInKeychain, ...life };
  }

  async #granted(settings: SourceSettings, { grant }: Given): Promise<Grant | undefined> {
    const signIn = oauthOf(settings);
    return signIn === undefined || grant === undefined ? undefined : this.#signIns.take(grant, signIn);
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
    const rehearsed = rehearsedOf(id, this.#parts.store.storages());
    const endings = endingsOf(source, this.#parts.clock.nowMs());
    const [secret, protectedUntilMs] = [this.#secrets.state(source), until.get(id) ?? null];
    return { id, name, settings, jobs, secret, protectedUntilMs, rehearsed, endings };
  }
}
