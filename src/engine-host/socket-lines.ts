import type { Socket } from 'node:net';

/** What comes in on a socket, cut into lines. */
export interface SocketLines {
  /** The next line, or undefined when the socket ended before there was one. */
  next(): Promise<string | undefined>;
  /** From here on each line goes to the listener; `onEnd` comes once, after the last line. */
  listen(limitBytes: number, onLine: (line: string) => void, onEnd: () => void): void;
}

const lineFeed = 0x0a;

/** Until `listen`, a line may have `limitBytes`; a longer one ends the socket, so that nobody fills the memory before the proofs. */
export function socketLines(socket: Socket, limitBytes: number): SocketLines {
  let limit = limitBytes;
  let unfinished: Buffer[] = [];
  let unfinishedBytes = 0;
  let ended = false;
  const ready: string[] = [];
  let wake: (() => void) | undefined;
  let onLine: ((line: string) => void) | undefined;
  let onEnd: (() => void) | undefined;

  const take = (line: string): void => {
    if (onLine) return onLine(line);
    ready.push(line);
    socket.pause(); // whoever reads line by line is sent no more than it asks for
    wake?.();
  };

  socket.on('data', (data: Buffer) => {
    let start = 0;
    for (let end = data.indexOf(lineFeed); end !== -1; end = data.indexOf(lineFeed, start)) {
      unfinished.push(data.subarray(start, end));
      const line = Buffer.concat(unfinished);
      unfinished = [];
      unfinishedBytes = 0;
      start = end + 1;
      if (line.length > limit) return void socket.destroy();
      take(line.toString('utf8'));
    }
    if (start === data.length) return;
    unfinished.push(data.subarray(start));
    unfinishedBytes += data.length - start;
    if (unfinishedBytes > limit) socket.destroy();
  });
  // `close` always follows an error and is what ends us; the error itself says only that the other process is gone.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    ended = true;
    wake?.();
    onEnd?.();
  });

  return {
    async next() {
      if (ready.length === 0 && !ended) {
        socket.resume();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      return ready.shift();
    },
    listen(limitFromNow, lineListener, endListener) {
      limit = limitFromNow;
      onLine = lineListener;
      onEnd = endListener;
      for (const line of ready.splice(0)) lineListener(line);
      if (ended) endListener();
      else socket.resume();
    },
  };
}
