import type { Socket } from 'node:net';
import type { Carrier } from '../shared/contract/wire.ts';
import { decodeLine, encodeLine } from './json-line.ts';
import type { SocketLines } from './socket-lines.ts';

// The limits are those of docs/format/local-socket.md.
export const toEngineLimit = 16 * 2 ** 20;
export const toClientLimit = 384 * 2 ** 20;
const unreadLimit = 512 * 2 ** 20;

/** The contract over a socket whose two ends have already proved themselves. */
export function socketCarrier(socket: Socket, lines: SocketLines, incomingLimit: number): Carrier {
  return {
    send(message) {
      if (socket.destroyed) return; // the listener hears of it through `onClose`
      socket.write(`${encodeLine(message)}\n`);
      if (socket.writableLength > unreadLimit) socket.destroy();
    },
    listen(onMessage, onClose) {
      const receive = (line: string): void => {
        let message: unknown;
        try {
          message = decodeLine(line);
        } catch {
          socket.destroy(); // not JSON: whatever is at the other end, it does not speak our language
          return;
        }
        onMessage(message);
      };
      lines.listen(incomingLimit, receive, onClose);
    },
    close: () => void socket.end(),
  };
}
