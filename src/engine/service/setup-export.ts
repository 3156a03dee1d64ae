import type { Setup } from '../../shared/domain/setup.ts';
import type { StoredJob, StoredStorage } from '../catalog/index.ts';
import { orderedJobs } from './job-order.ts';
import type { Parts } from './parts.ts';
import { systemZone } from './zones.ts';

/** All that is set up, by name; mirrors and what is attached to be read only are not in it. */
export function exportedSetup(parts: Pick<Parts, 'store'>): Setup {
  const { store } = parts;
  const mirrors = new Set(store.mirrors().map(({ id }) => id));
  const storages = store.storages().filter(({ id, mode }) => mode === 'own' && !mirrors.has(id));
  return {
    strata: 1,
    storages: storages.map(({ name, path, settings }) => ({ name, place: path, settings: sorted(settings) })),
    sources: store.sources().map(({ name, settings }) => ({ name, settings })),
    channels: store.alerts
      .channels()
      .map(({ name, settings, isOn, events, least, daily }) => ({ name, settings, isOn, events, least, daily })),
    jobs: orderedJobs(parts)
      .filter(({ storage }) => storages.some(({ id }) => id === storage))
      .map((job) => exportedJob(parts, job, storages)),
  };
}

function exportedJob({ store }: Pick<Parts, 'store'>, job: StoredJob, storages: readonly StoredStorage[]): Setup['jobs'][number] {
  const nameOf = (id: string): string => store.sources().find((source) => source.id === id)?.name ?? id;
  const { name, group, color, priority, schedule, timing, scan, capture, retention } = job;
  const alerts = store.alerts.channels().flatMap((channel) => {
    const events = channel.jobs[job.id];
    return events === undefined ? [] : [[channel.name, events] as const];
  });
  return {
    ...{ name, group, color, priority, schedule, timing, scan, capture },
    zone: job.zone ?? systemZone(),
    sources: job.sources.map(nameOf),
    storage: store.storages().find(({ id }) => id === job.storage)?.name ?? '',
    alsoTo: (job.alsoTo ?? []).flatMap((id) => storages.find((one) => one.id === id)?.name ?? []),
    choices: job.choices.map(({ source, choice }) => ({ source: nameOf(source), choice })),
    retention: retention === null ? null : sorted(retention),
    alerts: Object.fromEntries(alerts.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** With the members of every record in one order, whatever the order in which somebody once gave them. */
function sorted<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, part]) => [key, sorted(part as unknown)])) as Value;
}
