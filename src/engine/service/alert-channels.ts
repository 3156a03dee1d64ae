import {
  addressKinds,
  type Alert,
  type AlertEvent,
  type Channel,
  type ChannelSettings,
  needsSecret,
  usualEvents,
} from '../../shared/domain/alert.ts';
import type { ChannelId, JobId } from '../../shared/domain/ids.ts';
import { failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import { type AlertWords, type Message, placeOf, sendThrough } from '../alerts/index.ts';
import { newId } from '../kernel/random.ts';
import type { Web } from '../kernel/web.ts';
import { known, refuseTakenName } from './names.ts';
import type { Parts } from './parts.ts';
import type { Secrets } from './secrets.ts';

export interface ChannelDefinition {
  readonly name: string;
  readonly settings: ChannelSettings;
  /** Null: as it was; when adding, none. */
  readonly secret: string | null;
  readonly keepInKeychain: boolean;
  /** Undefined: what is usual; when editing, as it was. The same for the rest. */
  readonly isOn?: boolean | undefined;
  readonly events?: readonly AlertEvent[] | undefined;
  readonly least?: Channel['least'] | undefined;
  readonly daily?: boolean | undefined;
}

export interface ChannelView extends Channel {
  secretState: 'keychain' | 'memory' | 'missing' | null;
}

interface ChannelPorts {
  readonly secrets: Secrets;
  readonly web: Web;
  readonly words: AlertWords;
  readonly show: (alerts: readonly Alert[]) => void;
}

const accountOf = (id: ChannelId): string => `alert/${id}`;

/** The ways to tell a person: what they are, what lets in there, and a try of each. */
export class AlertChannels {
  readonly #parts: Parts;
  readonly #ports: ChannelPorts;

  constructor(parts: Parts, ports: ChannelPorts) {
    this.#parts = parts;
    this.#ports = ports;
    this.#keepDesktop();
  }

  list(): ChannelView[] {
    return this.#book.channels().map((channel) => ({ ...channel, secretState: this.#secretState(channel) }));
  }

  async add(definition: ChannelDefinition): Promise<{ id: ChannelId }> {
    const { name, settings, secret, keepInKeychain } = definition;
    refuseTakenName('channel', name, this.#book.channels());
    if (settings.kind === 'desktop') throw new StrataError('not.supported', 'never');
    if (needsSecret(settings) && secret === null) throw needed(name);
    const id = newId<ChannelId>(this.#parts.random);
    const place = placeFor(settings, secret ?? '');
    if (secret !== null) await this.#ports.secrets.keep(accountOf(id), secret, keepInKeychain);
    this.#book.putChannel({
      ...{ id, name, settings, place, jobs: {}, lastDeliveredMs: null, lastFailure: null },
      secretInKeychain: keepInKeychain,
      isOn: definition.isOn ?? true,
      events: definition.events ?? usualEvents(settings.kind),
      least: definition.least ?? 'warning',
      daily: definition.daily ?? false,
    });
    this.#parts.changed('alerts');
    return { id };
  }

  async edit({ id, secret, ...change }: ChannelDefinition & { readonly id: ChannelId }): Promise<void> {
    const before = this.#channel(id);
    const { name, settings, keepInKeychain } = change;
    refuseTakenName('channel', name, this.#book.channels(), id);
    if (settings.kind !== before.settings.kind) throw new StrataError('not.supported', 'never');
    const place = secret === null && isAddressed(settings) ? before.place : placeFor(settings, secret ?? '');
    if (secret !== null) await this.#ports.secrets.keep(accountOf(id), secret, keepInKeychain);
    this.#book.putChannel({
      ...this.#channel(id),
      ...{ name, settings, place },
      secretInKeychain: secret === null ? before.secretInKeychain : keepInKeychain,
      isOn: change.isOn ?? before.isOn,
      events: change.events ?? before.events,
      least: change.least ?? before.least,
      daily: change.daily ?? before.daily,
    });
    this.#book.retryNow(id, this.#parts.clock.nowMs());
    this.#parts.changed('alerts');
  }

  async remove(id: ChannelId): Promise<void> {
    const channel = this.#channel(id);
    if (channel.settings.kind === 'desktop') throw new StrataError('not.supported', 'never');
    await this.#ports.secrets.forget(accountOf(id), channel.secretInKeychain);
    this.#book.removeChannel(id);
    this.#parts.changed('alerts');
  }

  /** @param events Null: what the channel tells of all others. */
  route(id: ChannelId, job: JobId, events: readonly AlertEvent[] | null): void {
    known('job', job, this.#parts.store.jobs());
    const { [job]: _before, ...others } = this.#channel(id).jobs;
    this.#book.putChannel({ ...this.#channel(id), jobs: events === null ? others : { ...others, [job]: events } });
    this.#parts.changed('alerts');
  }

  /** Sends something now, quiet hours or not, and fails with why it did not arrive. */
  async test(id: ChannelId): Promise<void> {
    const channel = this.#channel(id);
    const { clock, random } = this.#parts;
    const alert: Alert = {
      ...{ id: newId<Alert['id']>(random), topic: 'test', level: 'information', cause: 'test', atMs: clock.nowMs() },
      ...{ job: null, storage: null, run: null, byPerson: true, failure: null, facts: { channel: channel.name } },
    };
    const message: Message = { id: alert.id, alerts: [alert], ...this.#ports.words([alert]), log: '' };
    try {
      await this.send(channel, message);
    } catch (error) {
      const later = { ids: [], nowMs: clock.nowMs(), dueAtMs: 0 };
      const lastFailure = { atMs: clock.nowMs(), failure: failureOf(error) };
      this.#book.failed({ id, lastFailure }, later, { dropped: [], entry: undefined });
      this.#parts.changed('alerts');
      throw error;
    }
    this.#book.delivered(id, [], clock.nowMs());
    this.#book.retryNow(id, clock.nowMs());
    this.#parts.changed('alerts');
  }

  async send(channel: Channel, message: Message): Promise<void> {
    if (channel.settings.kind === 'desktop') return this.#ports.show(message.alerts);
    const secret = needsSecret(channel.settings)
      ? await this.#ports.secrets.read(accountOf(channel.id), channel.secretInKeychain)
      : '';
    if (secret === undefined) throw needed(channel.name);
    await sendThrough(channel, secret, message, this.#ports.web);
  }

  #secretState({ id, settings, secretInKeychain }: Channel): ChannelView['secretState'] {
    if (!needsSecret(settings)) return null;
    if (secretInKeychain) return 'keychain';
    return this.#ports.secrets.isInMemory(accountOf(id)) ? 'memory' : 'missing';
  }

  #channel(id: ChannelId): Channel {
    return known('channel', id, this.#book.channels());
  }

  /** There is always this one, until a person turns it off. */
  #keepDesktop(): void {
    if (this.#book.channels().some(({ settings }) => settings.kind === 'desktop')) return;
    this.#book.putChannel({
      ...{ id: newId<ChannelId>(this.#parts.random), name: 'desktop', settings: { kind: 'desktop' }, place: '' },
      ...{ isOn: true, secretInKeychain: false, events: usualEvents('desktop'), jobs: {}, least: 'warning', daily: false },
      ...{ lastDeliveredMs: null, lastFailure: null },
    });
  }

  get #book(): Parts['store']['alerts'] {
    return this.#parts.store.alerts;
  }
}

const needed = (channel: string): StrataError => new StrataError('alert.needs-secret', 'after-user-action', { channel });

const isAddressed = ({ kind }: ChannelSettings): boolean => addressKinds.some((one) => one === kind);

/** Refuses an address that is none before it is kept. */
function placeFor(settings: ChannelSettings, secret: string): string {
  switch (settings.kind) {
    case 'desktop':
      return '';
    case 'email':
      return settings.to.join(', ');
    case 'gotify':
    case 'telegram':
      return placeOf(settings.url);
    default:
      return placeOf(secret);
  }
}
