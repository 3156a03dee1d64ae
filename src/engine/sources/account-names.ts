import { errnoOf } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';

/** Names of the numbers that own files, as this computer's own lists know them. Accounts that only a directory server knows have none. */
export interface AccountNames {
  owner(uid: number): string | undefined;
  group(gid: number): string | undefined;
  uid(owner: string): number | undefined;
  gid(group: string): number | undefined;
}

export function readAccountNames(files: FileSystem): AccountNames {
  const owners = readList(files, '/etc/passwd');
  const groups = readList(files, '/etc/group');
  const ownerIds = invert(owners);
  const groupIds = invert(groups);
  return {
    owner: (uid) => owners.get(uid),
    group: (gid) => groups.get(gid),
    uid: (owner) => ownerIds.get(owner),
    gid: (group) => groupIds.get(group),
  };
}

/** `name:password:number:…` a line (passwd(5), group(5)). The first of several names counts, as it does for the system. */
function readList(files: FileSystem, path: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of readLines(files, path)) {
    const [name, , number] = line.split(':');
    if (name && number && /^\d+$/.test(number) && !names.has(Number(number))) names.set(Number(number), name);
  }
  return names;
}

function readLines(files: FileSystem, path: string): string[] {
  try {
    return Buffer.from(files.readWhole(path)).toString('utf8').split('\n');
  } catch (error) {
    // No such list (Windows) or not for us: the numbers are kept in any case, the names only help on another computer.
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}

const invert = (names: ReadonlyMap<number, string>): Map<string, number> =>
  new Map([...names].reverse().map(([number, name]) => [name, number]));
