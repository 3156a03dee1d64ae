import type { ProfileStore } from '../catalog/index.ts';
import type { RunDesk } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Keychain } from '../kernel/keychain.ts';
import type { Log } from '../kernel/log.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Random } from '../kernel/random.ts';
import type { Profile } from './profile.ts';

/** What changed in the lists that shells mirror. */
export type Changed = 'storages' | 'sources' | 'jobs' | 'preferences' | 'alerts';

/** What every service of the engine works with. Made once, in {@link openEngine}. */
export interface Parts {
  readonly profile: Profile;
  readonly store: ProfileStore;
  readonly runs: RunDesk;
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly random: Random;
  readonly machine: Machine;
  readonly keychain: Keychain;
  readonly log: Log;
  readonly appVersion: string;
  readonly sqliteBinding: string | undefined;
  readonly packers: { readonly count: number; readonly entry: URL } | undefined;
  readonly catalogThread: URL | undefined;
  readonly textThread: URL | undefined;
  readonly readers: { readonly count: number; readonly entry: URL } | undefined;
  readonly changed: (what: Changed) => void;
}
