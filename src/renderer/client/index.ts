/**
 * The renderer's only way out: the engine by the contract, and the desktop by the shell's bridge.
 * Promises typed calls that wait for a restarting engine and notices that outlive it. Refuses everything else of `window`.
 */
import { onEnginePort, shell } from './bridge.ts';
import { createEngine } from './engine.ts';
import { portCarrier } from './port-carrier.ts';

export type { EngineState } from './engine.ts';
export { shell };

export const engine = createEngine();

/** Asks for the engine. Called once, when all that listens is in place. */
export function connect(): void {
  onEnginePort((port) => engine.attach(portCarrier(port)));
  shell.on('shell.engine', (notice) => {
    if (notice.state === 'failed') engine.giveUp(notice.failure);
  });
  shell.ready();
}

/** After it has failed: the shell starts the engine once more when it is asked for a port. */
export function tryAgain(): void {
  engine.hopeAgain();
  shell.ready();
}
