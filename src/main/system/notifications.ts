import { Notification } from 'electron';
import type { JobId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { fill, sayFailure } from '../../shared/words/say.ts';
import { type EngineLink, leaveExpected } from '../engine/engine-link.ts';
import { isNews, runsNeeded } from './failure-news.ts';
import type { PreferenceMirror } from './preferences.ts';

/** Tells of failed backups by the system's notifications, one for each cause and day. `isWatched`: a person is looking at the window. */
export function tellOfFailures(
  link: EngineLink,
  preferences: PreferenceMirror,
  isWatched: () => boolean,
  open: (route: string) => void,
): void {
  const toldAtMs = new Map<JobId, number>();
  /** What nobody holds is collected, and its click is lost. */
  const shown = new Set<Notification>();

  const tell = (run: Run): void => {
    if (!run.failure) return;
    const notification = new Notification({
      title: fill(preferences.words().failedTitle, { job: run.jobName ?? '' }),
      body: sayFailure(run.failure, preferences.language()),
      urgency: run.failure.retry === 'later' ? 'normal' : 'critical',
    });
    shown.add(notification);
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => open(`/runs/${run.id}`));
    notification.on('close', forget);
    notification.on('failed', forget); // no notification service: the tray and the window say it as well
    notification.show();
  };

  const consider = async (run: Run): Promise<void> => {
    const { job } = run;
    if (run.kind !== 'backup' || run.status !== 'failed' || job === null) return;
    if (run.trigger === 'person' && isWatched()) return;
    const newest = await link.call('run.list', { job, storage: null, kind: 'backup', limit: runsNeeded });
    if (!isNews(newest, toldAtMs.get(job), Date.now())) return;
    toldAtMs.set(job, Date.now());
    tell(run);
  };
  link.on('run.ended', ({ run }) => void consider(run as Run).catch(leaveExpected));
}
