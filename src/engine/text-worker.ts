// The entry of the thread that reads what items say: a file of its own in the build, because a thread starts from one.
import { parentPort } from 'node:worker_threads';
import { serveTexts } from './service/text-serving.ts';

if (parentPort === null) throw new Error('this file is started as a thread');
serveTexts(parentPort);
