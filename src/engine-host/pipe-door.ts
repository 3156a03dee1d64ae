import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { type Door, digestOf, listen } from './door.ts';

/** Windows: a named pipe. Only one process can create the name, and the system forgets it with the process. */
export async function pipeDoor(profileDir: string): Promise<Door> {
  const digest = await digestOf(realpathSync.native(profileDir).toLowerCase());
  return singleNameDoor(`\\\\.\\pipe\\strata-${digest.slice(0, 32)}`);
}

/** For any address that the system itself keeps unique and forgets. Linux's abstract sockets are such, too, which is how this is tested. */
export function singleNameDoor(address: string): Door {
  return {
    addresses: () => [address],
    async announce(onSocket) {
      const server = createServer(onSocket);
      if (!(await listen(server, address))) return undefined;
      return { address, withdraw: () => void server.close() };
    },
    forget: () => undefined,
  };
}
