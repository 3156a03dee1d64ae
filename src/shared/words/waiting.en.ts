import type { WaitReason } from '../domain/schedule.ts';

/** What a job waits for that would else begin by itself: the same words in the window and in the tray. */
export const waitingEn = {
  time: 'waits for its time',
  window: 'waits for its window of time',
  paused: 'is paused',
  battery: 'waits for power',
  metered: 'waits for a network that is not metered',
  network: 'waits for its network',
  storage: 'waits for its storage',
  waking: 'waits a little after waking',
  answer: 'waits for your answer',
  run: 'has a run that is paused',
} as const satisfies Readonly<Record<WaitReason, string>>;
