import { everything } from '../../shared/domain/choice.ts';
import type { Setup, SetupChange, SetupJob, SetupKind, SetupStep } from '../../shared/domain/setup.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { PlaceInspection } from '../targets/local/index.ts';

interface Checks {
  inspect(place: string): Pick<PlaceInspection, 'state' | 'failure'>;
  /** Fails where a job's rule cannot be understood, or never comes. */
  refuseRule(job: SetupJob): void;
}
interface Named {
  readonly name: string;
}

/** What applying a file would do to what is there, thing by thing. Fails at the first thing that cannot be; looks, and changes nothing. */
export function planSetup(wanted: Setup, there: Setup, checks: Checks): SetupStep[] {
  for (const [kind, things] of kindsOf(wanted)) refuseTwice(kind, things);
  for (const job of wanted.jobs) refuseStrangers(job, wanted, there, checks);
  return [
    ...wanted.storages.map((storage) => storageStep(storage, there, checks)),
    ...wanted.sources.map((source) => keptStep('source', source, there.sources)),
    ...wanted.channels.map((channel) => keptStep('channel', channel, there.channels)),
    ...wanted.jobs.map((job) => jobStep(job, there)),
  ];
}

/** Names are the same whatever their case. */
export function bySameName<Thing extends Named>(things: readonly Thing[], name: string): Thing {
  const thing = find(things, name);
  if (thing === undefined) throw new StrataError('name.unknown', 'never', { kind: 'name', name });
  return thing;
}

const lower = (name: string): string => name.toLocaleLowerCase('en');
const find = <Thing extends Named>(things: readonly Thing[], name: string): Thing | undefined =>
  things.find((thing) => lower(thing.name) === lower(name));

const kindsOf = ({ storages, sources, channels, jobs }: Setup): [SetupKind, readonly Named[]][] => [
  ['storage', storages],
  ['source', sources],
  ['channel', channels],
  ['job', jobs],
];

function refuseTwice(kind: SetupKind, things: readonly Named[]): void {
  const seen = new Set<string>();
  for (const { name } of things) {
    if (seen.has(lower(name))) throw new StrataError('setup.twice', 'after-user-action', { kind, name });
    seen.add(lower(name));
  }
}

function refuseStrangers(job: SetupJob, wanted: Setup, there: Setup, checks: Checks): void {
  const known = (kind: 'storage' | 'source' | 'channel', name: string): void => {
    const list = `${kind}s` as const;
    const things: readonly Named[] = [...wanted[list], ...there[list]];
    if (find(things, name) === undefined)
      throw new StrataError('setup.unknown-name', 'after-user-action', { kind, name, user: job.name });
  };
  for (const storage of [job.storage, ...(job.alsoTo ?? [])]) known('storage', storage);
  for (const source of [...job.sources, ...(job.choices ?? []).map(({ source: name }) => name)]) known('source', source);
  for (const channel of Object.keys(job.alerts ?? {})) known('channel', channel);
  checks.refuseRule(job);
}

function storageStep(storage: Setup['storages'][number], there: Setup, checks: Checks): SetupStep {
  const { name, place, password, settings } = storage;
  const before = find(there.storages, name);
  const secret = { reference: password ?? null };
  if (before === undefined) {
    const { state, failure } = checks.inspect(place);
    if (state === 'not-empty') throw new StrataError('storage.not-empty', 'after-user-action', { path: place });
    if (failure !== null) throw new StrataError(failure.code, failure.retry, failure.facts);
    return {
      kind: 'storage',
      name,
      action: state === 'storage' ? 'attach' : 'make',
      changes: changesOf({}, { place, settings }),
      secret,
    };
  }
  if (before.place !== place)
    throw new StrataError('setup.place-differs', 'after-user-action', { name, before: before.place, after: place });
  return changed('storage', name, changesOf({ settings: before.settings }, { settings }), null);
}

function keptStep(
  kind: 'source' | 'channel',
  thing: Setup['sources' | 'channels'][number],
  there: Setup['sources' | 'channels'],
): SetupStep {
  const { name, secret: reference, ...members } = thing;
  const before = find<Setup['sources' | 'channels'][number]>(there, name);
  const secret = { reference: reference ?? null };
  if (before === undefined) return { kind, name, action: 'make', changes: changesOf({}, members), secret };
  if (before.settings.kind !== thing.settings.kind)
    throw new StrataError('setup.kind-differs', 'after-user-action', { kind, name });
  // The settings are one whole: what is absent of them is not there.
  const settings = { settings: before.settings };
  const changes = [
    ...changesOf({ ...before, ...settings, name: undefined }, members),
    ...changesOf(thing.settings, before.settings)
      .filter(({ before: now }) => now === null)
      .map(({ member, after }) => ({ member: `settings.${member}`, before: after, after: null })),
  ];
  return changed(kind, name, changes, changes.length === 0 ? null : secret);
}

function jobStep(job: SetupJob, there: Setup): SetupStep {
  const { name, choices, ...members } = job;
  const before = find(there.jobs, name);
  const whole = {
    ...members,
    ...(choices === undefined
      ? {}
      : { choices: choices.map(({ source, choice }) => ({ source, choice: { ...everything, ...choice } })) }),
  };
  if (before === undefined) return { kind: 'job', name, action: 'make', changes: changesOf({}, whole), secret: null };
  return changed('job', name, changesOf(before, whole), null);
}

const changed = (kind: SetupKind, name: string, changes: readonly SetupChange[], secret: SetupStep['secret']): SetupStep => ({
  ...{ kind, name, changes, secret },
  action: changes.length === 0 ? 'same' : 'change',
});

/** Member by member, of what the second says; a list is one member. */
function changesOf(before: object, after: object, path = ''): SetupChange[] {
  return Object.entries(after).flatMap(([key, value]: [string, unknown]): SetupChange[] => {
    const then = (before as Record<string, unknown>)[key];
    const member = path === '' ? key : `${path}.${key}`;
    if (value === undefined || text(then) === text(value)) return [];
    const isRecord = value !== null && typeof value === 'object' && !Array.isArray(value);
    const mayBeInside = then === undefined || (then !== null && typeof then === 'object' && !Array.isArray(then));
    if (isRecord && mayBeInside && Object.keys(value).length > 0) return changesOf(then ?? {}, value, member);
    return [{ member, before: then === undefined ? null : text(then), after: text(value) }];
  });
}

const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(canonical(value)));

const canonical = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(canonical);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  );
};
