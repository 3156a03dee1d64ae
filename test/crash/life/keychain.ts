import type { Keychain } from '../../../src/engine/kernel/keychain.ts';

/** In memory: what it forgets, a system's keychain may forget. */
export const keychainOf = (secrets: Map<string, string>): Keychain => ({
  status: () => Promise.resolve('available'),
  read: (account) => Promise.resolve(secrets.get(account)),
  write: (account, secret) => Promise.resolve(void secrets.set(account, secret)),
  remove: (account) => Promise.resolve(void secrets.delete(account)),
});
