import { diskSteps } from './disk-steps.ts';
import { keySteps } from './key-steps.ts';
import { lockSteps } from './lock-steps.ts';
import { mirrorSteps } from './mirror-steps.ts';
import { readingSteps } from './reading-steps.ts';
import { removingSteps } from './removing-steps.ts';
import { repairSteps } from './repair-steps.ts';
import { restoringSteps } from './restoring-steps.ts';
import { sourceSteps } from './source-steps.ts';
import type { Step } from './step.ts';
import { writingSteps } from './writing-steps.ts';

/** Every step of the engine without which something could be lost, or believed that is not so. A new one gets its entry here. */
export const steps: readonly Step[] = [
  ...diskSteps,
  ...writingSteps,
  ...lockSteps,
  ...readingSteps,
  ...repairSteps,
  ...restoringSteps,
  ...removingSteps,
  ...keySteps,
  ...mirrorSteps,
  ...sourceSteps,
];
