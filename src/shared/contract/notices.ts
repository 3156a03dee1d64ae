import { alert } from './alerts.ts';
import { runId } from './values.ts';
import { run, runProgress } from './runs.ts';
import { z } from './z.ts';

/** What the engine says without being asked. Notices announce; they never steer. */
export const notices = {
  'run.started': z.object({ run }),
  /** At most ten a second for one run. */
  'run.progress': z.object({ id: runId, progress: runProgress }),
  'run.ended': z.object({ run }),
  /** For the desktop to show; several are shown as one. */
  alert: z.object({ alerts: z.array(alert).min(1) }),
  /** Something in these lists changed: read them again. */
  changed: z.object({ what: z.enum(['storages', 'sources', 'jobs', 'preferences', 'alerts']) }),
} as const;

export type NoticeName = keyof typeof notices;
export type Notice<Name extends NoticeName> = z.output<(typeof notices)[Name]>;
