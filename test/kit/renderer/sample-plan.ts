import type { CallOutput } from '../../../src/shared/contract/calls.ts';

/** What a file would do that was written on another computer. */
export const plannedSteps: CallOutput<'setup.plan'>['steps'] = [
  { kind: 'storage', name: 'NAS', action: 'same', changes: [], secret: { reference: null } },
  { kind: 'storage', name: 'Attic', action: 'make', changes: [], secret: { reference: null } },
  { kind: 'source', name: 'anna@nord.example', action: 'make', changes: [], secret: { reference: 'env:ANNA_PASSWORD' } },
  {
    kind: 'job',
    name: 'Mail',
    action: 'change',
    changes: [
      { member: 'schedule', before: '{"mode":"continuous","idleMs":14400000}', after: '{"mode":"manual"}' },
      { member: 'group', before: null, after: 'Office' },
    ],
    secret: null,
  },
];

export const madeStorages: CallOutput<'setup.apply'>['made'] = [
  {
    name: 'Attic',
    recoveryKey:
      'abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid ' +
      'acoustic acquire across act action actor actress actual',
    checkCharacters: 'K7QM',
  },
];
