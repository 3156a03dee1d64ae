// Rehearses until it has done so many things to the disk where trial restores lie, then kills itself. Says `done` when it got to the end.
//   node test/crash/rehearsal-child.ts <folder> <storage> <how many>
import type { StorageId } from '../../src/shared/domain/ids.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { RehearsalWorld } from '../kit/rehearsal-world.ts';

const [folder = '', storage = '', most = '0'] = process.argv.slice(2);
const writing = new Set<string | symbol>([
  ...['open', 'link', 'rename', 'renameToFree', 'unlink', 'makeDirectory', 'removeDirectory'],
  ...['symlink', 'makeFifo', 'setMode', 'setOwner', 'setTimes', 'writeAttribute'],
]);
let isCounting = false;
let done = 0;

const files = new Proxy(new NodeFileSystem(), {
  get: (target, name) => {
    const its: unknown = Reflect.get(target, name);
    if (typeof its !== 'function') return its;
    return (...given: unknown[]): unknown => {
      if (isCounting && writing.has(name) && (done += 1) > Number(most)) process.kill(process.pid, 'SIGKILL');
      return (its as (...all: unknown[]) => unknown).apply(target, given);
    };
  },
});

const world = new RehearsalWorld(folder);
await world.open(files);
world.storage = storage as StorageId;
isCounting = true;
const { status } = await world.rehearse();
isCounting = false;
await world.engine.close('now');
process.stdout.write(`${status} ${done}\n`);
