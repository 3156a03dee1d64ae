import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { StrataError } from '../shared/domain/strata-error.ts';
import { type Door, digestOf, listen } from './door.ts';

const socketName = /^engine-[0-9a-z]{8}\.sock$/;
/** The system's limit is 104 bytes on macOS and 108 on Linux, the final zero included; `.engine-xxxxxxxx.new` is our longest name. */
const pathLimit = 100;

/** Linux and macOS: Unix sockets, each with a name that is never used twice, so that removing a dead one never removes a living one. */
export async function fileDoor(profileDir: string): Promise<Door> {
  const directory = await socketDirectory(realpathSync(profileDir));
  return {
    addresses: () =>
      readdirSync(directory)
        .filter((name) => socketName.test(name))
        .map((name) => join(directory, name)),

    async announce(onSocket) {
      const name = newName();
      const hidden = join(directory, `.engine-${name}.new`);
      const address = join(directory, `engine-${name}.sock`);
      const server = createServer(onSocket);
      if (!(await listen(server, hidden))) return undefined;
      chmodSync(hidden, 0o600);
      // Renamed only now: a visible name never refuses a connection while its process lives.
      renameSync(hidden, address);
      return {
        address,
        withdraw() {
          removeName(address);
          server.close();
        },
      };
    },

    forget: removeName,
  };
}

/**
 * Somebody who came at the same time may have removed it first. Not with rmSync: after that has removed a socket, Node 20 no longer
 * follows symbolic links when it imports a package, and gives an empty one (seen in Electron 33).
 */
function removeName(address: string): void {
  try {
    unlinkSync(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const newName = (): string =>
  Array.from(globalThis.crypto.getRandomValues(new Uint8Array(8)), (byte) => letters[byte & 31]).join('');

async function socketDirectory(profileDir: string): Promise<string> {
  if (Buffer.byteLength(join(profileDir, '.engine-xxxxxxxx.new')) <= pathLimit) return profileDir;
  const directory = `/tmp/strata-${process.getuid?.()}-${(await digestOf(profileDir)).slice(0, 16)}`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  if (!isOurs) throw new StrataError('path.denied', 'after-user-action', { path: directory });
  return directory;
}
