import { Notification } from 'electron';
import type { JobId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { fill, sayFailure } from '../../shared/words/say.ts';
import { type EngineLink, leaveExpected } from '../engine/engine-link.ts';
import { isNews, runsNeeded } from './failure-news.ts';
import type { PreferenceMirror } from './preferences.ts';

/** Tells of failed backups, and of damage that was found unasked, by the system's notifications, one for each cause and day. `isWatched`: a person is looking at the window. */
export function tellOfFailures(
  link: EngineLink,
  preferences: PreferenceMirror,
  isWatched: () => boolean,
  open: (route: string) => void,
): void {
  const toldAtMs = new Map<JobId | StorageId, number>();
  /** What nobody holds is collected, and its click is lost. */
  const shown = new Set<Notification>();

  const tell = (run: Run): void => {
    if (!run.failure) return;
    const notification = new Notification({
      title:
        run.kind === 'check'
          ? fill(preferences.words().damagedTitle, { name: run.storageName ?? '' })
          : fill(preferences.words().failedTitle, { job: run.jobName ?? '' }),
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
    const { kind, job, storage } = run;
    const isDamage = kind === 'check' && (run.check?.findings.length ?? 0) > 0;
    const whose = kind === 'backup' ? job : isDamage ? storage : null;
    if (run.status !== 'failed' || whose === null) return;
    if (run.trigger === 'person' && isWatched()) return;
    const newest = await link.call('run.list', { job, storage: isDamage ? storage : null, kind, limit: runsNeeded });
    if (!isNews(newest, toldAtMs.get(whose), Date.now())) return;
    toldAtMs.set(whose, Date.now());
    tell(run);
  };
  link.on('run.ended', ({ run }) => void consider(run as Run).catch(leaveExpected));
}
