// The licences of what is inside a product, read from what was really built: a list kept by hand would be wrong soon.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { root } from '../setup/folders.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The text of THIRD-PARTY-NOTICES.txt for the build that lies in out/. */
export function thirdPartyNotices(): string {
  const folders = new Set([...bundledPackages(), ...importedPackages(), ...shippedPackages()]);
  const parts = [...folders].map(noticeOf).sort();
  const intro =
    'Strata contains the following packages. Electron and Chromium are listed in LICENSE.electron.txt and LICENSES.chromium.html.';
  return [intro, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** Packages whose code is in a bundle: each source map names the files that it was made of. */
function bundledPackages(): readonly string[] {
  return globSync('out/**/*.map', { cwd: root }).flatMap((map) => {
    const { sources } = JSON.parse(readFileSync(join(root, map), 'utf8')) as { sources: readonly string[] };
    return sources.map((source) => packageOf(resolve(root, dirname(map), source))).filter((folder) => folder !== undefined);
  });
}

/** Packages that are no code: fonts and styles leave no trace in a source map. */
function importedPackages(): readonly string[] {
  const files = globSync('src/**/*.{ts,tsx,css}', { cwd: root, exclude: (path) => path.includes('.test.') });
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/import\s+'([^'.][^']*\.css)'/g)]
      .map(([, path]) => packageOf(join(root, 'node_modules', path ?? '')))
      .filter((folder) => folder !== undefined);
  });
}

/** Packages that lie beside the bundles: whatever the lock does not mark as for development. */
function shippedPackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => join(root, path))
    .filter((folder) => existsSync(folder)); // another platform's packages are not installed
}

/** The folder of the package that a file belongs to; undefined for our own files. */
function packageOf(file: string): string | undefined {
  const mark = `${sep}node_modules${sep}`;
  const at = file.lastIndexOf(mark);
  if (at === -1) return undefined;
  const [first = '', second = ''] = file.slice(at + mark.length).split(sep);
  return file.slice(0, at) + mark + (first.startsWith('@') ? join(first, second) : first);
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license ?? 'licence as below'})`, ...texts].join('\n\n');
}
