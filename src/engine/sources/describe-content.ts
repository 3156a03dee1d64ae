import type { Describe } from '../kernel/describe.ts';
import { summarizeMessage } from './message-summary.ts';

/** For whoever reads contents that sources left to him. */
export const describeContent: Describe = (_what, beginning, fallbackTimeMs) => summarizeMessage(beginning, fallbackTimeMs);
