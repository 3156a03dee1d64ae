import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findElectron } from './electron.ts';
import { record } from './process.ts';
import type { Step } from './step.ts';
import { type Purpose, systemPackages } from './system-packages.ts';

const isLinux = process.platform === 'linux';
const hasApt = (): boolean => isLinux && existsSync('/usr/bin/apt-get');
const isRoot = (): boolean => process.getuid?.() === 0;

/** A package by its names: releases of Debian and Ubuntu differ. */
type Names = readonly [string, ...string[]];

/** Installs what is missing as root with apt; otherwise says what to install and goes on with what can be done. */
export function system(purposes: () => readonly Purpose[]): Step {
  let missing: readonly Names[] = [];
  return {
    name: 'System packages',
    isDone() {
      missing = hasApt() ? missingPackages(purposes()) : [];
      return missing.length === 0;
    },
    async run() {
      if (isRoot()) return install(missing);
      return `missing: please run  sudo apt-get install --no-install-recommends ${missing.map(nameHere).join(' ')}`;
    },
  };
}

/** The last word where there is no apt to ask: which libraries does the Electron binary look for in vain? */
export const libraries: Step = {
  name: 'Libraries',
  isDone: () => missingLibraries().length === 0,
  run: () =>
    Promise.resolve(
      `Electron will not start without ${missingLibraries().join(', ')}: please install the packages that hold them`,
    ),
};

function missingLibraries(): readonly string[] {
  const binary = findElectron()?.binary;
  if (!isLinux || binary === undefined) return [];
  const { stdout } = spawnSync('ldd', [binary], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name ?? '');
}

function missingPackages(purposes: readonly Purpose[]): readonly Names[] {
  const present = installedPackages();
  return purposes.flatMap((purpose) => systemPackages[purpose]).filter((names) => !names.some((name) => present.has(name)));
}

function installedPackages(): ReadonlySet<string> {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n'], { encoding: 'utf8' });
  return new Set([...stdout.matchAll(/^installed (\S+)$/gm)].map(([, name]) => name ?? ''));
}

const nameHere = (names: Names): string => names.find(isKnownToApt) ?? names[0];

function isKnownToApt(name: string): boolean {
  return /Candidate: (?!\(none\))/.test(spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout);
}

async function install(missing: readonly Names[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
  const allowServices = forbidServices();
  try {
    await record('apt-update', ['apt-get', 'update'], { env });
    const names = missing.map(nameHere); // before the update apt may know no name at all
    await record('apt-install', ['apt-get', 'install', ...options, ...names], { env });
    return names.join(' ');
  } finally {
    allowServices();
  }
}

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
