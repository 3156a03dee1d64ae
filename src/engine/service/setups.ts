import { everything } from '../../shared/domain/choice.ts';
import type { Setup, SetupJob, SetupKind, SetupStep } from '../../shared/domain/setup.ts';
import { usualTiming } from '../../shared/domain/schedule.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { AlertChannels } from './alert-channels.ts';
import type { JobDefinition } from './job-definition.ts';
import { orderedJobs } from './job-order.ts';
import type { Jobs } from './jobs.ts';
import type { Parts } from './parts.ts';
import { exportedSetup } from './setup-export.ts';
import { bySameName, planSetup } from './setup-plan.ts';
import type { Sources } from './sources.ts';
import type { Storages } from './storages.ts';

export interface SetupServices {
  readonly storages: Storages;
  readonly sources: Sources;
  readonly channels: AlertChannels;
  readonly jobs: Jobs;
}

/** What lets in at the things of a file, as whoever applies it found it. */
export interface SetupSecrets {
  readonly secrets: readonly { readonly kind: SetupKind; readonly name: string; readonly secret: string }[];
  readonly keepInKeychain: boolean;
}

interface Applied {
  readonly steps: SetupStep[];
  readonly made: { readonly name: string; readonly recoveryKey: string; readonly checkCharacters: string }[];
}

/** One file for all that is set up: docs/format/setup.md. */
export class Setups {
  readonly #parts: Parts;
  readonly #services: SetupServices;

  constructor(parts: Parts, services: SetupServices) {
    this.#parts = parts;
    this.#services = services;
  }

  export(): Setup {
    return exportedSetup(this.#parts);
  }

  plan(setup: Setup): SetupStep[] {
    return planSetup(setup, this.export(), {
      inspect: (place) => this.#services.storages.inspect(place),
      refuseRule: (job) => this.#services.jobs.refuseRule(ruleOf(job, this.#jobNamed(job.name))),
    });
  }

  /** Storages first: they alone can fail once the plan is made. Each thing by itself, so that a second time goes on where the first ended. */
  async apply(setup: Setup, given: SetupSecrets): Promise<Applied> {
    const steps = this.plan(setup);
    const missing = steps.find(({ kind, name, secret, action }) => {
      const isNeeded = kind === 'storage' ? action === 'make' || action === 'attach' : (secret?.reference ?? null) !== null;
      return isNeeded && secretFor(given, kind, name) === null;
    });
    if (missing !== undefined)
      throw new StrataError('setup.needs-secret', 'after-user-action', { kind: missing.kind, name: missing.name });
    const made: Applied['made'] = [];
    for (const step of steps) {
      const keys = await this.#take(step, setup, given);
      if (keys !== undefined) made.push({ name: step.name, ...keys });
    }
    return { steps, made };
  }

  async #take(
    { kind, name, action }: SetupStep,
    setup: Setup,
    given: SetupSecrets,
  ): Promise<{ recoveryKey: string; checkCharacters: string } | undefined> {
    if (action === 'same') return undefined;
    if (kind === 'storage') return this.#storage(bySameName(setup.storages, name), action, given);
    if (kind === 'source') await this.#source(bySameName(setup.sources, name), given);
    if (kind === 'channel') await this.#channel(bySameName(setup.channels, name), given);
    if (kind === 'job') this.#job(bySameName(setup.jobs, name));
    return undefined;
  }

  async #storage(
    { name, place: path, settings }: Setup['storages'][number],
    action: SetupStep['action'],
    given: SetupSecrets,
  ): Promise<{ recoveryKey: string; checkCharacters: string } | undefined> {
    const { storages } = this.#services;
    const password = secretFor(given, 'storage', name) ?? '';
    const { keepInKeychain } = given;
    const unlock = { by: 'password', password } as const;
    if (action === 'attach') await storages.attach({ name, path, unlock, keepInKeychain, taking: 'refuse' });
    const keys = action === 'make' ? await storages.create({ name, path, password, keepInKeychain }) : undefined;
    const { id } = bySameName(this.#parts.store.storages(), name);
    if (settings !== undefined) storages.changeSettings(id, settings);
    return keys === undefined ? undefined : { recoveryKey: keys.recoveryKey, checkCharacters: keys.checkCharacters };
  }

  async #source({ name, settings }: Setup['sources'][number], given: SetupSecrets): Promise<void> {
    const before = this.#parts.store.sources().find((one) => isNamed(one, name));
    const secret = secretFor(given, 'source', name);
    const { keepInKeychain } = given;
    if (before === undefined)
      await this.#services.sources.add({ name, settings, secret, keepInKeychain: secret !== null && keepInKeychain });
    else
      await this.#services.sources.edit({
        ...{ id: before.id, name: before.name, settings, secret },
        keepInKeychain: secret === null ? before.secretInKeychain : keepInKeychain,
      });
  }

  async #channel({ secret: _reference, ...channel }: Setup['channels'][number], given: SetupSecrets): Promise<void> {
    const before = this.#parts.store.alerts.channels().find((one) => isNamed(one, channel.name));
    const secret = secretFor(given, 'channel', channel.name);
    const definition = { ...channel, secret, keepInKeychain: secret !== null && given.keepInKeychain };
    if (before === undefined) await this.#services.channels.add(definition);
    else await this.#services.channels.edit({ ...definition, id: before.id, name: before.name });
  }

  #job(job: SetupJob): void {
    const { jobs } = this.#services;
    const before = this.#jobNamed(job.name);
    const definition = this.#definition(job, before);
    const { id } = before === undefined ? jobs.create(definition) : { id: before.id };
    if (before === undefined) jobs.move(id, { at: 'last' });
    else jobs.edit({ ...definition, id });
    if (job.alerts === undefined) return;
    for (const channel of this.#parts.store.alerts.channels()) {
      const [, events] = Object.entries(job.alerts).find(([name]) => isNamed(channel, name)) ?? [];
      if (events !== undefined || channel.jobs[id] !== undefined) this.#services.channels.route(channel.id, id, events ?? null);
    }
  }

  #definition(job: SetupJob, before: StoredJob | undefined): JobDefinition {
    const { store } = this.#parts;
    const idOf = (name: string) => bySameName(store.sources(), name).id;
    const storageOf = (name: string) => bySameName(store.storages(), name).id;
    const { alerts: _alerts, timing: _timing, choices, ...members } = job;
    return {
      ...members,
      name: before?.name ?? job.name,
      sources: job.sources.map(idOf),
      storage: storageOf(job.storage),
      alsoTo: job.alsoTo?.map(storageOf),
      ...ruleOf(job, before),
      ...(choices === undefined
        ? {}
        : {
            choices: choices.map(({ source, choice }) => ({
              source: idOf(source),
              choice: { ...everything, ...present(choice) },
            })),
          }),
    };
  }

  #jobNamed(name: string) {
    return orderedJobs(this.#parts).find((job) => isNamed(job, name));
  }
}

const isNamed = (thing: { readonly name: string }, name: string): boolean =>
  thing.name.toLocaleLowerCase('en') === name.toLocaleLowerCase('en');

const secretFor = ({ secrets }: SetupSecrets, kind: SetupKind, name: string): string | null =>
  secrets.find((one) => one.kind === kind && isNamed(one, name))?.secret ?? null;

/** What is absent stays as it is, and of a new job is the usual. */
function ruleOf(job: SetupJob, before: StoredJob | undefined): Pick<JobDefinition, 'schedule' | 'timing' | 'zone'> {
  return {
    schedule: job.schedule ?? before?.schedule ?? { mode: 'manual' },
    timing: { ...(before?.timing ?? usualTiming), ...present(job.timing ?? {}) },
    zone: job.zone ?? before?.zone ?? undefined,
  };
}

/** Without members that are undefined: those say nothing. */
const present = <Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
