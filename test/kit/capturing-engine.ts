import path from 'node:path';
import { type Engine, openEngine, usualPace } from '../../src/engine/index.ts';
import type { Keychain } from '../../src/engine/kernel/keychain.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';

/** As the app's, but for the time in which nothing more may happen: tests wait for it again and again. */
const captures = { ...usualPace, quietMs: 300 };

/** The engine of a folder's profile, as the app opens it, with a keychain that the test keeps. */
export function openCapturing(root: string, secrets: Map<string, string>): Promise<Engine> {
  const keychain: Keychain = {
    status: () => Promise.resolve('available'),
    read: (account) => Promise.resolve(secrets.get(account)),
    write: async (account, secret) => void secrets.set(account, secret),
    remove: async (account) => void secrets.delete(account),
  };
  return openEngine({ profileDir: path.join(root, 'profile'), keychain, appVersion: '0', log: silentLog, captures });
}
