// Node 24 is Electron's own line and what everything here is tested on, whatever the system has.
// Plain JavaScript, because it runs on the Node that is too old.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const version = '24.21.0';

/** @param {string} running */
export const isNewEnough = (running) => Number(running.split('.')[0]) >= Number(version.split('.')[0]);

/**
 * The path of a Node 24, fetched from the npm registry on first use.
 * @param {string} root the project's folder
 */
export async function findNode(root) {
  const home = join(root, '.cache', 'node', version);
  const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;

  const began = Date.now();
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  process.stderr.write(`Node ${version}: fetching, as this is ${process.versions.node} … `);
  const unpacked = `${home}.${process.pid}`;
  fetchPackage(`${name}@${version}`, unpacked);
  // Renamed into place whole, so that two first starts at once do not meet a half-written one.
  mkdirSync(dirname(home), { recursive: true });
  if (!existsSync(home)) renameSync(join(unpacked, 'node_modules', name), home);
  rmSync(unpacked, { recursive: true, force: true });
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  return binary;
}

/**
 * Unpacks a package of the registry into `folder`/node_modules. npm checks it against the registry's checksum.
 * @param {string} spec name@version
 * @param {string} folder
 */
export function fetchPackage(spec, folder) {
  mkdirSync(folder, { recursive: true });
  const words = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    spec,
  ];
  const { status, error, stderr } = spawnSync(process.execPath, [findNpm(), ...words], { encoding: 'utf8' });
  if (status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`npm could not fetch ${spec}: ${error?.message ?? stderr}`);
}

/** npm's own script: the one that called us, the one beside this Node, or the one on the path. */
export function findNpm() {
  const beside = dirname(process.execPath);
  const script = join('node_modules', 'npm', 'bin', 'npm-cli.js');
  const places = [
    process.env['npm_execpath'] ?? '',
    join(beside, '..', 'lib', script),
    join(beside, script),
    ...(process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => [join(folder, 'npm'), join(folder, script)]),
  ];
  for (const place of places) {
    // On Windows, and with some version switchers, `npm` is a shell script: only the JavaScript behind it can be run by a Node of our choice.
    if (existsSync(place) && realpathSync(place).endsWith('npm-cli.js')) return realpathSync(place);
  }
  throw new Error('npm was not found: install Node with npm, or put npm on the path.');
}
