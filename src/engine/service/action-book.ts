import type { JobAction } from '../../shared/domain/action.ts';
import { mostActions } from '../../shared/domain/action.ts';
import type { ActionId, JobId } from '../../shared/domain/ids.ts';
import { noCounts } from '../../shared/domain/run.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { actionDeed, type DeedEnd, type DeedPorts, type Preview } from '../actions/index.ts';
import { isNear } from '../alerts/index.ts';
import { newId } from '../kernel/random.ts';
import { factsFor } from './action-facts.ts';
import { known, refuseTakenName } from './names.ts';
import type { Parts } from './parts.ts';
import type { Secrets } from './secrets.ts';

export type ActionDefinition = Omit<JobAction, 'id' | 'secretsInKeychain'>;

export interface ActionChange {
  readonly job: JobId;
  /** Null: a new one. */
  readonly id: ActionId | null;
  readonly definition: ActionDefinition;
  /** Of headers whose value is a secret. What is left out stays as it was. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly keepInKeychain: boolean;
}

/** An action as a person sees it: of secrets only whether they are there. */
export interface ActionView extends JobAction {
  missingSecrets: string[];
}

/** What a person wants done around the runs of a job: what it is, what lets in there, and a try of each. */
export class ActionBook {
  readonly #parts: Parts;
  readonly #secrets: Secrets;
  readonly #ports: DeedPorts;

  constructor(parts: Parts, secrets: Secrets, ports: DeedPorts) {
    this.#parts = parts;
    this.#secrets = secrets;
    this.#ports = ports;
  }

  /** From the person's own profile, and from nowhere else: a storage names none, whoever wrote there. */
  of(job: JobId): readonly JobAction[] {
    return this.#parts.store.jobActions().find(({ id }) => id === job)?.actions ?? [];
  }

  ports(): DeedPorts {
    return this.#ports;
  }

  async list(job: JobId): Promise<ActionView[]> {
    this.#known(job);
    return Promise.all(this.of(job).map(async (action) => ({ ...action, missingSecrets: await this.#missing(job, action) })));
  }

  async put({ job, id, definition, secrets, keepInKeychain }: ActionChange): Promise<{ id: ActionId }> {
    this.#known(job);
    const actions = this.of(job);
    const before = id === null ? undefined : known('action', id, actions);
    refuseTakenName('action', definition.name, actions, before?.id);
    refuseUnusable(definition);
    if (before === undefined && actions.length >= mostActions)
      throw new StrataError('input.invalid', 'never', { field: 'actions' });
    const action: JobAction = {
      ...definition,
      id: before?.id ?? newId<ActionId>(this.#parts.random),
      secretsInKeychain: Object.keys(secrets).length > 0 ? keepInKeychain : (before?.secretsInKeychain ?? keepInKeychain),
    };
    await this.#keepSecrets(job, before, action, secrets);
    const others = before === undefined ? [...actions, action] : actions.map((one) => (one.id === action.id ? action : one));
    this.#parts.store.putJobActions({ id: job, actions: others });
    this.#parts.changed('jobs');
    return { id: action.id };
  }

  async remove(job: JobId, id: ActionId): Promise<void> {
    const action = known('action', id, this.of(job));
    await this.#forgetSecrets(job, action);
    this.#parts.store.putJobActions({ id: job, actions: this.of(job).filter((one) => one.id !== id) });
    this.#parts.changed('jobs');
  }

  /** With its job. */
  async forget(job: JobId): Promise<void> {
    for (const { id } of this.of(job)) await this.remove(job, id);
    this.#parts.store.removeJobActions(job);
  }

  /** What would be run or sent after a run that succeeded, to the letter. */
  preview(job: JobId, definition: ActionDefinition): Preview {
    refuseUnusable(definition);
    const action = { ...definition, id: '' as ActionId, secretsInKeychain: false };
    return actionDeed(action, this.#ports).preview(this.#sampleFacts(job, action));
  }

  /** Runs or sends it now. */
  async tryIt(job: JobId, id: ActionId): Promise<DeedEnd & { tookMs: number }> {
    const action = known('action', id, this.of(job));
    const { clock } = this.#parts;
    const startMs = clock.monotonicMs();
    const deed = actionDeed(action, this.#ports);
    const facts = this.#sampleFacts(job, action);
    const end = await deed.perform(facts, () => this.secretsOf(job, action), new AbortController().signal);
    return { ...end, tookMs: Math.round(clock.monotonicMs() - startMs) };
  }

  async secretsOf(job: JobId, action: JobAction): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const header of secretHeaders(action)) {
      const secret = await this.#secrets.read(accountOf(job, action.id, header), action.secretsInKeychain);
      if (secret !== undefined) found.set(header, secret);
    }
    return found;
  }

  async #missing(job: JobId, action: JobAction): Promise<string[]> {
    // Whether the keychain has it is asked when it is needed: it may ask a person.
    if (action.secretsInKeychain) return [];
    return secretHeaders(action).filter((header) => !this.#secrets.isInMemory(accountOf(job, action.id, header)));
  }

  /** All of them in one place, and what the action has no more in none. */
  async #keepSecrets(
    job: JobId,
    before: JobAction | undefined,
    action: JobAction,
    given: Readonly<Record<string, string>>,
  ): Promise<void> {
    const kept = before === undefined ? new Map<string, string>() : await this.secretsOf(job, before);
    const secrets = new Map([...kept, ...Object.entries(given)]);
    const wanted = secretHeaders(action);
    // What stays where it is, is not taken away before it is put back: nobody could give it again.
    const isMoved = before?.secretsInKeychain !== action.secretsInKeychain;
    if (before !== undefined) await this.#forgetSecrets(job, before, (header) => isMoved || !wanted.includes(header));
    for (const header of wanted) {
      const secret = secrets.get(header);
      if (secret !== undefined) await this.#secrets.keep(accountOf(job, action.id, header), secret, action.secretsInKeychain);
    }
  }

  async #forgetSecrets(job: JobId, action: JobAction, which: (header: string) => boolean = () => true): Promise<void> {
    for (const header of secretHeaders(action).filter(which))
      await this.#secrets.forget(accountOf(job, action.id, header), action.secretsInKeychain);
  }

  #sampleFacts(id: JobId, { when }: ActionDefinition): ReturnType<typeof factsFor> {
    const job = this.#known(id);
    const [last] = this.#parts.store.runs({ job: id, storage: null, kind: 'backup', limit: 1 });
    const storage = this.#parts.store.storages().find((one) => one.id === job.storage)?.name ?? '';
    const isBefore = when === 'before';
    const status = isBefore ? '' : when === 'after-failure' ? 'failed' : when === 'after-warning' ? 'warning' : 'success';
    const { counts, bytes } = (isBefore ? undefined : last) ?? { counts: noCounts, bytes: { read: 0, stored: 0 } };
    const run = { job, storage, id: last?.id ?? '', reason: 'hand', status, failure: null, counts, bytes, problems: 0 } as const;
    return factsFor(run, isBefore ? 'before' : 'after', true);
  }

  #known(job: JobId) {
    return known('job', job, this.#parts.store.jobs());
  }
}

const accountOf = (job: JobId, id: ActionId, header: string): string => `action/${job}/${id}/${header.toLowerCase()}`;

const secretHeaders = ({ deed }: Pick<JobAction, 'deed'>): string[] =>
  deed.kind === 'webhook' ? deed.headers.flatMap(({ name, value }) => (value === null ? [name] : [])) : [];

/** Refuses what could never work, before it is kept. */
function refuseUnusable({ when, onFailure, deed }: ActionDefinition): void {
  if (onFailure === 'stop' && when !== 'before') throw new StrataError('input.invalid', 'never', { field: 'onFailure' });
  if (deed.kind === 'command') return;
  const url = URL.canParse(deed.url) ? new URL(deed.url) : undefined;
  const isOpen = url?.protocol === 'http:' && isNear(url.hostname);
  const isUsable = url !== undefined && (url.protocol === 'https:' || isOpen) && url.username === '' && url.password === '';
  if (!isUsable) throw new StrataError('action.address', 'after-user-action');
}
