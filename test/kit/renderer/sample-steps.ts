import type { JobFinding } from '../../../src/shared/domain/job-check.ts';
import { type RunStep, runStep } from '../../../src/shared/domain/run-step.ts';
import type { RunId } from '../../../src/shared/domain/ids.ts';
import { at, ids } from './sample-base.ts';
import { runs } from './sample-runs.ts';

/** Of every backup that ended: a mirror that is behind, a channel that does not answer, and what went well. */
export function stepsOf(id: RunId): RunStep[] {
  const run = runs.find((one) => one.id === id);
  if (run === undefined || run.kind !== 'backup' || run.endedAtMs === null) return [];
  const away = { code: 'path.missing', retry: 'after-user-action', facts: { path: '/media/vault' } } as const;
  const silent = { code: 'source.unreachable', retry: 'later', facts: { host: 'ntfy.nord.example', port: 443 } } as const;
  return [
    runStep('retention', 'done', { atMs: run.endedAtMs }),
    runStep('mirror', 'waiting', { name: 'Vault', storage: ids.nas, failure: away }),
    runStep('check', 'waiting', { atMs: at(0, 18) }),
    runStep('notice', 'done', { name: 'desktop', atMs: run.endedAtMs }),
    runStep('notice', 'waiting', { name: 'Phone', atMs: at(0, 17), failure: silent }),
    runStep('next', 'waiting', { atMs: at(0, 17) }),
  ];
}

/** Of every job: one source is away, and a guard waits. */
export const findings: readonly JobFinding[] = [
  { check: 'running', name: '', outcome: 'fine', failure: null },
  { check: 'unlocked', name: 'NAS', outcome: 'fine', failure: null },
  { check: 'writable', name: 'NAS', outcome: 'fine', failure: null },
  { check: 'lock', name: 'NAS', outcome: 'fine', failure: null },
  {
    check: 'space',
    name: 'NAS',
    outcome: 'refused',
    failure: { code: 'storage.nearly-full', retry: 'after-user-action', facts: { path: '/mnt/nas' } },
  },
  { check: 'clock', name: 'NAS', outcome: 'fine', failure: null },
  {
    check: 'guard',
    name: 'office@nord.example',
    outcome: 'noted',
    failure: { code: 'source.empty', retry: 'after-user-action', facts: { source: 'office@nord.example' } },
  },
  { check: 'source', name: 'office@nord.example', outcome: 'fine', failure: null },
];
