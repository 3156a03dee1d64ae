/**
 * Entry of the engine's own process inside the app: `engine-host PROFILE VERSION`. The main process sends ports, one per window.
 *
 * Promises: says `ready` when calls are answered; ends with a code of {@link engineExit}; takes no profile that another process works on,
 * but passes messages between the windows and that process instead.
 * Refuses: to know what a call means.
 */
import { type FromEngineProcess, engineExit, toEngineProcess } from '../shared/contract/engine-process.ts';
import { type PortMain, portCarrier } from '../shared/contract/port-carrier.ts';
import type { Carrier } from '../shared/contract/wire.ts';
import { failureOf } from '../shared/domain/strata-error.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { openProfile, prepareProfile } from './profile.ts';
import { relayTo } from './relay.ts';
import { takeSeat } from './seat.ts';
import { serveEngine } from './serve.ts';

/** What the process does with its ports: answers them, or passes them on. */
interface Desk {
  attach(carrier: Carrier): void;
  close(how: 'finish-item' | 'now'): Promise<void>;
}

const [profileDir, appVersion] = process.argv.slice(2);
const main = process.parentPort;
const say = (message: FromEngineProcess): void => main.postMessage(message);

if (profileDir === undefined || appVersion === undefined) throw new Error('usage: engine-host PROFILE VERSION');

let log: LogFile | undefined;
try {
  prepareProfile(profileDir);
  log = openLogFile(profileDir);
  exitOnBugs(log);
  const desk = await openDesk(profileDir, appVersion, log);
  main.on('message', (event) => receive(desk, event));
  say({ type: 'ready' });
} catch (error) {
  const failure = failureOf(error);
  if (failure.code === 'bug') log?.bug('opening', error);
  else log?.error('opening', { code: failure.code, ...failure.facts });
  say({ type: 'failed', failure });
  exitSoon(engineExit.failed);
}

async function openDesk(profile: string, version: string, log: LogFile): Promise<Desk> {
  const place = await takeSeat(profile);
  if (place.role === 'client') return relayTo(place.carrier, profile, () => process.exit(engineExit.seatIsFree));
  const service = serveEngine(await openProfile(profile, version, log, 'app'), log);
  place.seat.open((carrier) => service.attach(carrier));
  return {
    attach: (carrier) => service.attach(carrier),
    async close(how) {
      await service.close(how);
      place.seat.leave();
    },
  };
}

function receive(desk: Desk, event: { data: unknown; ports: PortMain[] }): void {
  const message = toEngineProcess.parse(event.data);
  if (message.type === 'port') {
    for (const port of event.ports) desk.attach(portCarrier(port));
    return;
  }
  void desk.close(message.how).then(() => process.exit(engineExit.closed));
}

function exitOnBugs(log: LogFile): void {
  // What else may be wrong after a bug is unknown: nothing more is written, and the main process starts a new engine.
  const end = (error: unknown): void => {
    log.bug('engine process', error);
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(engineExit.bug);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/** A message posted in the last moment is lost; the main process ends us as soon as it has it, and this is for when it does not. */
function exitSoon(code: number): void {
  setTimeout(() => process.exit(code), 500);
}
