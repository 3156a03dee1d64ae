import type { EngineOptions } from '../engine/index.ts';
import { StrataError } from '../shared/domain/strata-error.ts';

type Keychain = EngineOptions['keychain'];

/** Under which the system's keychain shows Strata's secrets. Accounts are random ids, so profiles do not meet. */
const service = 'Strata';

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>;

/**
 * The system's keychain. keytar is loaded at the first use: loading fails where libsecret is missing, and most commands need no secret.
 * Every failure is `keychain.unavailable`: without a session bus, locked, or switched off, a person can do the same about all of them.
 */
export function systemKeychain(load: () => Promise<Keytar> = loadKeytar): Keychain {
  let loaded: Promise<Keytar> | undefined;

  const use = async <T>(action: (keytar: Keytar) => Promise<T>): Promise<T> => {
    try {
      loaded ??= load();
      return await action(await loaded);
    } catch (cause) {
      throw new StrataError('keychain.unavailable', 'after-user-action', {}, { cause });
    }
  };

  return {
    async status() {
      try {
        // Asking for what is not there takes the same way through the bus as asking for what is.
        await use((keytar) => keytar.getPassword(service, 'is-anybody-there'));
        return 'available';
      } catch {
        return 'unavailable'; // the only answer that a failure can mean here
      }
    },
    read: (account) => use(async (keytar) => (await keytar.getPassword(service, account)) ?? undefined),
    write: (account, secret) => use((keytar) => keytar.setPassword(service, account, secret)),
    remove: (account) => use(async (keytar) => void (await keytar.deletePassword(service, account))),
  };
}

/** For servers and tests (`STRATA_KEYCHAIN=off`): says that there is none. */
export const noKeychain: Keychain = systemKeychain(() => Promise.reject(new Error('switched off by STRATA_KEYCHAIN')));

async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar');
  return module.default ?? module;
}
