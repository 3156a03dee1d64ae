/**
 * The entry of a thread in which an item says which thread read it; or hangs, dies, or takes all memory, where it is called so; one called
 * "cut short" hangs after it has said something. One whose bytes hold "deadly" kills it too.
 */
export const hostileTexts: URL = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', ({ name, bytes }) => {
      const kept = [];
      if (name === 'cut short') parentPort.postMessage({ type: 'so-far', text: 'its beginning' });
      while (name === 'hangs' || name === 'cut short');
      while (name === 'greedy') kept.push(new Array(1000).fill({ kept }));
      if (name === 'dies' || Buffer.from(bytes).includes('deadly')) process.exit();
      parentPort.postMessage({ type: 'text', text: name === 'which' ? String(threadId) : Buffer.from(bytes).toString() });
    });
    parentPort.postMessage({ type: 'ready' });
  `)}`,
);
