import { describe, expect, test } from 'vitest';
import { stepsOf } from './phases.ts';

const phases = [
  { phase: 'preparing', startedAtMs: 0, endedAtMs: 2 },
  { phase: 'comparing', startedAtMs: 2, endedAtMs: null },
] as const;
const said = (steps: ReturnType<typeof stepsOf>): string[] => steps.map(({ phase, state }) => `${phase} ${state}`);

describe('the steps of a run', () => {
  test('show what was, what is and what is still to come', () => {
    expect(said(stepsOf({ kind: 'backup', status: 'running', phases: [...phases] }, 'comparing'))).toEqual([
      'preparing done',
      'comparing current',
      'copying ahead',
      'finishing ahead',
    ]);
  });

  test('follow the progress where the record is behind', () => {
    expect(said(stepsOf({ kind: 'backup', status: 'running', phases: [...phases] }, 'copying'))).toEqual([
      'preparing done',
      'comparing done',
      'copying current',
      'finishing ahead',
    ]);
  });

  test('promise nothing more once the run has ended, and mark where it broke', () => {
    expect(said(stepsOf({ kind: 'backup', status: 'failed', phases: [...phases] }, undefined))).toEqual([
      'preparing done',
      'comparing broken',
    ]);
    expect(said(stepsOf({ kind: 'backup', status: 'success', phases: [...phases] }, undefined))).toEqual([
      'preparing done',
      'comparing done',
    ]);
  });

  test('of a run that is paused show where it goes on, and what is still to come', () => {
    const ended = phases.map((phase) => ({ ...phase, endedAtMs: 9 }));
    expect(said(stepsOf({ kind: 'backup', status: 'paused', phases: ended }, undefined))).toEqual([
      'preparing done',
      'comparing paused',
      'copying ahead',
      'finishing ahead',
    ]);
  });

  test('begin somewhere before the first record of a phase', () => {
    expect(said(stepsOf({ kind: 'check', status: 'running', phases: [] }, undefined))).toEqual([
      'preparing ahead',
      'checking ahead',
      'finishing ahead',
    ]);
  });
});
