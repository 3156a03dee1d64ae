// The entry of a reading thread: a file of its own in the build, because a thread starts from one.
import { parentPort, workerData } from 'node:worker_threads';
import { NodeFileSystem } from './kernel/node-file-system.ts';
import { systemRandom } from './kernel/system-random.ts';
import { FileReceiver } from './sources/disk/destination-receiver.ts';
import { type ReaderStart, serveReader } from './storage/index.ts';
import { openLocalTarget } from './targets/local/index.ts';

if (parentPort === null) throw new Error('this file is started as a thread');
const files = new NodeFileSystem();
const disk = new FileReceiver(files);
await serveReader(parentPort, workerData as ReaderStart, {
  openTarget: ({ path }) => openLocalTarget(files, String(path), systemRandom),
  receiver: { receive: (orders, content) => disk.receive(orders as string[], content) },
});
