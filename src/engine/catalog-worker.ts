// The entry of the thread that writes rows of the catalog ahead: a file of its own in the build, because a thread starts from one.
import { parentPort, workerData } from 'node:worker_threads';
import { type CatalogFile, serveAhead } from './catalog/index.ts';

if (parentPort === null) throw new Error('this file is started as a thread');
serveAhead(parentPort, workerData as CatalogFile);
