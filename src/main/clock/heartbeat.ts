import { powerMonitor } from 'electron';
import { schedule } from 'node-cron';
import { type EngineLink, leaveExpected } from '../engine/engine-link.ts';
import { readConditions } from './conditions.ts';

/**
 * Asks the engine each minute what is due, and at once when time may have passed unseen or a condition changed: after sleep, when power came
 * or went, and when an engine came up. The engine decides and remembers; a beat too many starts nothing twice, and one that is missed is
 * made up for by the next.
 */
export function startHeartbeat(link: EngineLink, alsoEachMinute: () => void): void {
  let asks = { power: true, network: true };
  const beat = async (woke: boolean): Promise<void> => {
    const conditions = await readConditions(asks);
    asks = (await link.call('clock.tick', { woke, conditions })).asks;
  };
  const tick = (woke = false): void => void beat(woke).catch(leaveExpected);
  schedule('* * * * *', () => {
    tick();
    alsoEachMinute();
  });
  powerMonitor.on('resume', () => tick(true));
  powerMonitor.on('on-ac', () => tick());
  powerMonitor.on('on-battery', () => tick());
  link.onConnected(() => tick());
}
