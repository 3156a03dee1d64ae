import { Resolver } from 'node:dns/promises';
import type { Names } from './names.ts';

/** @param servers Whom to ask, as `address:port`; undefined: as the system does. */
export function systemNames(servers?: readonly string[]): Names {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  return {
    services: async (name) => {
      const found = await known(resolver.resolveSrv(name));
      return found.map((one) => ({
        host: one.name === '' ? '.' : one.name,
        port: one.port,
        priority: one.priority,
        weight: one.weight,
      }));
    },
    exchangers: async (domain) => {
      const found = await known(resolver.resolveMx(domain));
      return found.sort((one, other) => one.priority - other.priority).map(({ exchange }) => exchange);
    },
    texts: async (name) => (await known(resolver.resolveTxt(name))).map((pieces) => pieces.join('')),
    exists: async (host) => {
      const [four, six] = [known(resolver.resolve4(host)), known(resolver.resolve6(host))];
      return (await four).length > 0 || (await six).length > 0;
    },
  };
}

async function known<Record>(asked: Promise<Record[]>): Promise<Record[]> {
  // A second question may be left alone while the first fails.
  asked.catch(() => undefined);
  try {
    return await asked;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}
