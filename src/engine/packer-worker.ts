// The entry of a packing thread: a file of its own in the build, because a thread starts from one.
import { parentPort, workerData } from 'node:worker_threads';
import { NodeFileSystem } from './kernel/node-file-system.ts';
import { systemRandom } from './kernel/system-random.ts';
import { describeContent } from './sources/describe-content.ts';
import { type PackerStart, servePacker } from './storage/index.ts';
import { openLocalTarget } from './targets/local/index.ts';

if (parentPort === null) throw new Error('this file is started as a thread');
const files = new NodeFileSystem();
await servePacker(parentPort, workerData as PackerStart, {
  random: systemRandom,
  files,
  describe: describeContent,
  openTarget: ({ path }) => openLocalTarget(files, String(path), systemRandom),
});
