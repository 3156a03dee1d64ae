import type { RunKind, RunPhase } from '../../../shared/domain/run.ts';
import type { RunRecord } from '../../state/index.ts';

/** What each kind of run goes through when nothing stops it. */
const course: Readonly<Record<RunKind, readonly RunPhase[]>> = {
  backup: ['preparing', 'comparing', 'copying', 'finishing'],
  restore: ['preparing', 'writing', 'finishing'],
  undo: ['preparing', 'writing', 'finishing'],
  check: ['preparing', 'checking', 'finishing'],
  'rebuild-catalog': ['preparing', 'rebuilding', 'finishing'],
  retention: ['preparing', 'choosing', 'finishing'],
  purge: ['preparing', 'choosing', 'removing', 'finishing'],
  repair: ['preparing', 'checking', 'repairing', 'finishing'],
  rehearsal: ['preparing', 'checking', 'finishing'],
  'index-texts': ['reading'],
  mirror: ['preparing', 'comparing', 'copying', 'finishing'],
};

export interface Step {
  readonly phase: RunPhase;
  readonly state: 'done' | 'current' | 'paused' | 'ahead' | 'broken';
  /** Of a phase that was entered. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

/** What was gone through, then, for a run that goes on, what is still to come. `current`: newer than the record knows. */
export function stepsOf(run: Pick<RunRecord, 'kind' | 'phases' | 'status'>, current: RunPhase | undefined): readonly Step[] {
  const running = run.status === 'running';
  const paused = run.status === 'paused';
  const broken = run.status === 'failed' || run.status === 'interrupted' || run.status === 'stopped';
  const entered = run.phases.map(({ phase, startedAtMs, endedAtMs }, index): Step => {
    const last = index === run.phases.length - 1;
    const isCurrent = last && running && (current === undefined || current === phase);
    const state = isCurrent ? 'current' : last && paused ? 'paused' : last && broken ? 'broken' : 'done';
    return { phase, state, startedAtMs, endedAtMs };
  });
  if (!running && !paused) return entered;
  const known = new Set(entered.map(({ phase }) => phase));
  const order = course[run.kind];
  const at = order.indexOf(current ?? run.phases.at(-1)?.phase ?? 'preparing');
  const rest = order
    .filter((phase, index) => !known.has(phase) && (index >= at || phase === current))
    .map((phase): Step => ({ phase, state: phase === current ? 'current' : 'ahead', startedAtMs: null, endedAtMs: null }));
  return [...entered, ...rest];
}
