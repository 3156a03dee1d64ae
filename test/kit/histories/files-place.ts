import fs from 'node:fs';
import path from 'node:path';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { directoryDestination } from '../../../src/engine/sources/disk/destination-directory.ts';
import { filesSource } from '../../../src/engine/sources/files/index.ts';
import type { FilesSettings } from '../../../src/shared/domain/source-settings.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Account, type Moment, type Place, spot, type Thing } from './place.ts';
import { RandomFiles } from './random-files.ts';

const beside = / \(restored \d{4}-\d\d-\d\d( \d+)?\)/;

export function filesPlace(below: (limit: number) => number): Place {
  const root = path.join(temporaryFolder(), 'saved');
  fs.mkdirSync(root);
  const files = new NodeFileSystem();
  const settings: FilesSettings = { kind: 'files', paths: [root], exclude: [], excludeIfPresent: [], oneFileSystem: false };
  const random = new RandomFiles(root, below);
  const elsewhere = (): Account => {
    const to = path.join(temporaryFolder(), 'to');
    return { to: directoryDestination({ files, path: to }), state: () => Promise.resolve(stateOf(path.join(to, root))) };
  };
  return {
    to: directoryDestination({ files, path: '/', original: true }),
    state: () => Promise.resolve(stateOf(root)),
    settings,
    source: filesSource(settings, files),
    holdsBoth: false,
    isSame: (one, other) => one.content === other.content && one.rest === other.rest,
    plain: (thing) => ({ ...thing, key: thing.key.replace(beside, ''), name: thing.name.replace(beside, '') }),
    change: () => Promise.resolve(random.change()),
    lookAgain: () => Promise.resolve(random.lookAgain()),
    spotOf: ({ manifest, folders }) =>
      spot({
        folder: path.relative(root, path.join('/', ...folders.map(({ name }) => name))),
        key: manifest.name,
      }),
    another: () => Promise.resolve(elsewhere()),
    directory: elsewhere,
    close: () => Promise.resolve(),
  };
}

function stateOf(root: string): Moment {
  const folders = new Map<string, string>();
  const things: Thing[] = [];
  const visit = (folder: string): void => {
    folders.set(folder, folder);
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = path.join(root, folder, entry.name);
      if (entry.isDirectory()) {
        visit(path.join(folder, entry.name));
        continue;
      }
      const stat = fs.lstatSync(file, { bigint: true });
      const content = entry.isSymbolicLink() ? `-> ${fs.readlinkSync(file)}` : fs.readFileSync(file, 'latin1');
      const rest = `${(stat.mode & 0o7777n).toString(8)} ${stat.mtimeNs / 1000n}`;
      const timeMs = Number(stat.mtimeNs / 1_000_000n);
      things.push({ folder, key: entry.name, name: entry.name, content, rest, timeMs });
    }
  };
  if (fs.existsSync(root)) visit('');
  return { folders, things };
}
