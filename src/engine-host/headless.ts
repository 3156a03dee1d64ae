import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../shared/contract/client.ts';
import { defaultProfile } from '../shared/domain/profile-place.ts';
import { carrierPair } from './carrier-pair.ts';
import { openLogFile } from './log-file.ts';
import { openProfile, prepareProfile } from './profile.ts';
import { type Seat, takeSeat } from './seat.ts';
import { type Service, serveEngine } from './serve.ts';

export interface HeadlessOptions {
  /** Undefined: `STRATA_PROFILE`, else the system's place for application data. */
  readonly profileDir?: string;
  readonly appVersion: string;
}

export interface Headless {
  readonly client: Client;
  readonly profileDir: string;
  /** `own`: the engine runs in this process. `shared`: the app, or another command, has it and answers. */
  readonly engine: 'own' | 'shared';
  /**
   * Ends it. An own engine first ends its runs: by default it waits until they are done, those included that somebody else
   * started meanwhile; `finish-item` stops after the items at hand, `now` at once. A shared engine goes on.
   */
  close(how?: 'finish-runs' | 'finish-item' | 'now'): Promise<void>;
}

/** The engine without a window: in this process, or, where one works on the profile already, through its local socket. */
export async function openHeadless(options: HeadlessOptions): Promise<Headless> {
  const profileDir = resolve(options.profileDir ?? defaultProfile(process.platform, process.env, homedir()));
  prepareProfile(profileDir);
  const place = await takeSeat(profileDir);
  if (place.role === 'client') {
    const client = createClient(place.carrier, 'command');
    return { client, profileDir, engine: 'shared', close: async () => client.close() };
  }
  const service = await openService(profileDir, options.appVersion, place.seat);
  const [near, far] = carrierPair();
  service.attach(far);
  const client = createClient(near, 'command');
  place.seat.open((carrier) => service.attach(carrier));

  const close = async (how: 'finish-runs' | 'finish-item' | 'now' = 'finish-runs'): Promise<void> => {
    if (how === 'finish-runs') await runsEnded(service);
    // The seat is given up last: until the engine is closed, nobody else may open the profile.
    await service.close(how === 'now' ? 'now' : 'finish-item');
    place.seat.leave();
  };
  return { client, profileDir, engine: 'own', close };
}

async function openService(profileDir: string, appVersion: string, seat: Seat): Promise<Service> {
  try {
    const log = openLogFile(profileDir);
    return serveEngine(await openProfile(profileDir, appVersion, log, 'command'), log);
  } catch (error) {
    seat.leave();
    throw error;
  }
}

async function runsEnded(service: Service): Promise<void> {
  // Asked again and again, because `run.ended` is said a moment before the run is counted out.
  while (service.runsGoing() > 0) await sleep(20);
}
