import { powerMonitor } from 'electron';
import { schedule } from 'node-cron';
import { type EngineLink, leaveExpected } from '../engine/engine-link.ts';

/**
 * Asks the engine each minute what is due, and at once when time may have passed unseen: after sleep and when an engine came up.
 * The engine decides and remembers; a beat too many starts nothing twice, and one that is missed is made up for by the next.
 */
export function startHeartbeat(link: EngineLink, alsoEachMinute: () => void): void {
  const tick = (): void => void link.call('clock.tick', {}).catch(leaveExpected);
  schedule('* * * * *', () => {
    tick();
    alsoEachMinute();
  });
  powerMonitor.on('resume', tick);
  link.onConnected(tick);
}
