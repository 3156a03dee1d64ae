import { describe, expect, it } from 'vitest';
import { noKeychain, systemKeychain } from './keychain.ts';

const memoryKeytar = () => {
  const kept = new Map<string, string>();
  return {
    getPassword: async (service: string, account: string) => kept.get(`${service}/${account}`) ?? null,
    setPassword: async (service: string, account: string, secret: string) => void kept.set(`${service}/${account}`, secret),
    deletePassword: async (service: string, account: string) => kept.delete(`${service}/${account}`),
  };
};

describe('the keychain', () => {
  it('gives back what was put in, and nothing after it was removed', async () => {
    const keychain = systemKeychain(() => Promise.resolve(memoryKeytar()));
    expect(await keychain.read('a')).toBeUndefined();
    await keychain.write('a', 'geheim');
    expect(await keychain.read('a')).toBe('geheim');
    await keychain.remove('a');
    await keychain.remove('a');
    expect(await keychain.read('a')).toBeUndefined();
    expect(await keychain.status()).toBe('available');
  });

  it.each([
    ['the module does not load', () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'))],
    [
      'the system refuses',
      () => Promise.resolve({ ...memoryKeytar(), getPassword: () => Promise.reject(new Error('locked collection')) }),
    ],
  ])('says that it is unavailable when %s', async (_why, load) => {
    const keychain = systemKeychain(load);
    expect(await keychain.status()).toBe('unavailable');
    await expect(keychain.read('a')).rejects.toMatchObject({ code: 'keychain.unavailable', retry: 'after-user-action' });
  });

  it('loads nothing before it is used', () => {
    let loads = 0;
    systemKeychain(() => {
      loads++;
      return Promise.resolve(memoryKeytar());
    });
    expect(loads).toBe(0);
  });

  it('can be switched off', async () => {
    expect(await noKeychain.status()).toBe('unavailable');
    await expect(noKeychain.write('a', 'b')).rejects.toMatchObject({ code: 'keychain.unavailable' });
  });
});
