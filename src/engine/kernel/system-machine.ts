import { execFileSync } from 'node:child_process';
import { hostname, uptime, userInfo } from 'node:os';
import { errnoOf } from './file-failure.ts';
import type { FileSystem } from './file-system.ts';
import type { Machine } from './machine.ts';
import { newId, type Random } from './random.ts';

/** The machine that we run on. Its id is made at the first call and kept in the profile. */
export function systemMachine(files: FileSystem, profile: string, random: Random): Machine {
  const system = process.platform === 'linux' ? linuxFacts(files) : process.platform === 'darwin' ? macFacts() : noFacts;
  const own = system.processStart(process.pid);
  return {
    machineId: keptMachineId(files, `${profile}/machine-id`, random),
    hostName: hostname(),
    userName: userName(),
    bootId: system.bootId(),
    pid: process.pid,
    processStart: own,
    platform: process.platform,
    uptimeMs: () => Math.round(uptime() * 1000),
    spareMemoryBytes: () => process.availableMemory(),
    isAlive(pid, processStart) {
      // Process numbers of another container mean nothing here.
      if (spaceOf(processStart) !== spaceOf(own)) return true;
      if (!answersSignals(pid)) return false;
      const start = system.processStart(pid);
      if (start === 'gone') return false;
      return start === '' || processStart === '' || start === processStart;
    },
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? ''); // a number without an entry in the system's list of users, as in a container
  }
}

/** Linked into place whole, so that two processes that start together agree and a crash leaves no half id. */
function keptMachineId(files: FileSystem, path: string, random: Random): string {
  const id = newId<string>(random);
  const aside = `${path}.${id}`;
  if (files.stat(path) === undefined) {
    const file = files.open(aside, 'create', 0o600);
    try {
      file.write(new TextEncoder().encode(id));
      file.sync();
    } finally {
      file.close();
    }
    try {
      files.link(aside, path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') files.rename(aside, path); // no hard links here
    }
    if (files.stat(aside) !== undefined) files.unlink(aside);
  }
  const kept = new TextDecoder().decode(files.readWhole(path));
  if (/^[0-9a-z]{20}$/.test(kept)) return kept;
  files.unlink(path); // damaged; a new id only means that locks of this machine are waited for instead of recognised
  return keptMachineId(files, path, random);
}

const spaceOf = (processStart: string): string => processStart.split('@')[1] ?? '';

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM'; // alive, but another user's
  }
}

interface ProcessFacts {
  bootId(): string;
  /** Empty: the system does not say (another user's process may be hidden). `gone`: dead, though its number is not free yet. */
  processStart(pid: number): string;
}

const noFacts: ProcessFacts = { bootId: () => '', processStart: () => '' };

function linuxFacts(files: FileSystem): ProcessFacts {
  const text = (path: string): string => new TextDecoder().decode(files.readWhole(path)).trim();
  // Containers share the boot id and the clock but not the process numbers; the namespace tells them apart.
  const space = orEmpty(() => files.readLink('/proc/self/ns/pid'));
  return {
    bootId: () => orEmpty(() => text('/proc/sys/kernel/random/boot_id')),
    processStart: (pid) =>
      orEmpty(() => {
        // proc(5): the second field is the name in brackets and may hold anything, so count from the last bracket.
        const stat = text(`/proc/${pid}/stat`);
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        // A zombie writes nothing any more.
        return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : `${fields[19] ?? ''}@${space}`;
      }),
  };
}

function macFacts(): ProcessFacts {
  const answer = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  return {
    bootId: () => orEmpty(() => answer('/usr/sbin/sysctl', '-n', 'kern.bootsessionuuid')),
    processStart: (pid) => orEmpty(() => answer('/bin/ps', '-o', 'lstart=', '-p', String(pid))),
  };
}

/** For questions whose failing is an answer: the system does not say. */
function orEmpty(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}
