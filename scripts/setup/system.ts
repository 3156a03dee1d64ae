import { spawnSync } from 'node:child_process';
import { hasApt, installedPackages, installPackages, isKnownToApt, isRoot } from './apt.ts';
import { findElectron } from './electron.ts';
import type { Step } from './step.ts';
import { type Purpose, systemPackages } from './system-packages.ts';

const isLinux = process.platform === 'linux';

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
      if (isRoot()) return installPackages(() => missing.map(nameHere));
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

const nameHere = (names: Names): string => names.find(isKnownToApt) ?? names[0];
