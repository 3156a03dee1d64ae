import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './folders.ts';
import { record } from './process.ts';

export const hasApt = (): boolean => process.platform === 'linux' && existsSync('/usr/bin/apt-get');
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Installs packages. Nothing that is installed goes for them: whoever has another mail server keeps it. */
export async function installPackages(find: () => readonly string[]): Promise<string> {
  const options = ['-y', '--no-install-recommends', '--no-remove', '-o', 'DPkg::Lock::Timeout=120'];
  const allowServices = forbidServices();
  try {
    await record('apt-update', ['apt-get', 'update'], { env });
    const names = find(); // before the update apt may know no name at all
    await record('apt-install', ['apt-get', 'install', ...options, ...names], { env });
    return names.join(' ');
  } finally {
    allowServices();
  }
}

/** Puts the files of a package where they belong, without installing it: no service, no script, no conflict. */
export async function unpackPackage(name: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'package-'));
  try {
    await record(`apt-download-${name}`, ['apt-get', 'download', name], { env, cwd: folder });
    for (const file of readdirSync(folder))
      await record(`dpkg-deb-${name}`, ['dpkg-deb', '-x', join(folder, file), '/'], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const isKnownToApt = (name: string): boolean =>
  /Candidate: (?!\(none\))/.test(spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout);

/** The names of what is installed, and of what that stands for (`mail-transport-agent`). */
export function installedPackages(): ReadonlySet<string> {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}\t${Package}\t${Provides}\n'], {
    encoding: 'utf8',
  });
  return new Set(
    [...stdout.matchAll(/^installed\t(\S+)\t(.*)$/gm)].flatMap(([, name = '', stands = '']) => [name, ...provided(stands)]),
  );
}

const provided = (field: string): readonly string[] => field.split(', ').map((entry) => entry.replace(/ \(.*/, ''));

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/**
 * A mail server that is installed for tests must not start listening on the machine:
 * Debian asks policy-rc.d, and 101 means no (invoke-rc.d(8)). Returns how to undo it.
 */
function forbidServices(): () => void {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return () => undefined; // the administrator's own decision stays
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return () => rmSync(policy, { force: true });
}
