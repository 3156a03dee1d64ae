import { Notification } from 'electron';
import type { Notice } from '../../shared/contract/notices.ts';
import { sayAlerts } from '../../shared/words/alerts.ts';
import type { EngineLink } from '../engine/engine-link.ts';
import type { PreferenceMirror } from './preferences.ts';

type Alerts = Notice<'alert'>['alerts'];

/** Shows on the desktop what the engine wants told there. `isWatched`: a person is looking at the window. */
export function showAlerts(
  link: EngineLink,
  preferences: PreferenceMirror,
  isWatched: () => boolean,
  open: (route: string) => void,
): void {
  /** What nobody holds is collected, and its click is lost. */
  const shown = new Set<Notification>();

  link.on('alert', ({ alerts }) => {
    // Who began it by hand and looks at the window sees it there.
    const news = alerts.filter(({ byPerson, topic }) => topic === 'test' || !(byPerson && isWatched()));
    if (news.length === 0) return;
    const { title, text } = sayAlerts(news, preferences.language());
    const notification = new Notification({ title, body: text, urgency: needsPerson(news) ? 'critical' : 'normal' });
    shown.add(notification);
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => open(placeOf(news)));
    notification.on('close', forget);
    notification.on('failed', forget); // no notification service: the tray and the window say it as well
    notification.show();
  });
}

/** Then it stays until somebody has seen it. */
const needsPerson = (alerts: Alerts): boolean =>
  alerts.some(({ level, failure }) => level === 'critical' || (level === 'error' && failure?.retry !== 'later'));

/** Where the whole of it is to be seen. */
function placeOf(alerts: Alerts): string {
  const [only] = alerts;
  return alerts.length > 1 || only === undefined || only.run === null ? '/alerts' : `/runs/${only.run}`;
}
