// Commits one cycle after the other until it is killed. Says `committed N` when cycle N is.
//   node test/crash/kill-child.ts <folder> <device secret>
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { systemMachine } from '../../src/engine/kernel/system-machine.ts';
import { systemRandom } from '../../src/engine/kernel/system-random.ts';
import { openStorage } from '../../src/engine/storage/index.ts';
import { describeContent } from '../../src/engine/sources/describe-content.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { draftOf, MapCatalog, manifestOf, smallSizes, testRun } from '../kit/storage-world.ts';
import { killContents } from './kill-contents.ts';

const [folder = '', secret = ''] = process.argv.slice(2);
const files = new NodeFileSystem();
const entry = new URL('../../src/engine/packer-worker.ts', import.meta.url);
const clock = { ...systemClock, advance: () => Promise.resolve(), setWall: () => undefined };
const storage = await openStorage(
  openLocalTarget(files, `${folder}/storage`, systemRandom),
  { by: 'device', secret },
  {
    clock,
    random: systemRandom,
    machine: systemMachine(files, folder, systemRandom),
    log: silentLog,
    files,
    describe: describeContent,
    appVersion: '0.0.0-test',
    sizes: smallSizes,
    workers: { count: 2, entry, afterBytes: 100_000 },
  },
);
const catalog = MapCatalog.rebuilt(storage);

for (;;) {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  const next = (storage.head()?.sequence ?? 0) + 1;
  const storing = Object.entries(killContents(next)).map(async ([name, bytes]) => {
    writer.add(manifestOf(name, await writer.store({ kind: 'bytes', bytes })));
  });
  await Promise.all(storing);
  catalog.apply(await writer.commit(draftOf({ clock }), testRun({ clock })));
  writer.abandon();
  lock.release();
  process.stdout.write(`committed ${next}\n`);
}
