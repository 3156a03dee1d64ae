import { connect, type Server, type Socket } from 'node:net';

/** Where the processes of one profile find each other. The protocol is docs/format/local-socket.md. */
export interface Door {
  /** Addresses behind which somebody may be. */
  addresses(): string[];
  /** Begins to listen. Undefined: somebody else has the address. */
  announce(onSocket: (socket: Socket) => void): Promise<Announced | undefined>;
  /** Forgets an address that refused: it never answers again. */
  forget(address: string): void;
}

export interface Announced {
  readonly address: string;
  /** Nobody finds the address any more; who is connected stays so. */
  withdraw(): void;
}

/** `dead`: nobody listens there. `mute`: somebody does, but gives no connection now. */
export function knock(address: string): Promise<Socket | 'dead' | 'mute'> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.destroy();
      resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? 'dead' : 'mute');
    });
  });
}

/** Resolves to false when the address is taken. */
export function listen(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(address, () => resolve(true));
  });
}

/** SHA-256 in hex. WebCrypto, because this room must not hold node:crypto. */
export async function digestOf(text: string): Promise<string> {
  return Buffer.from(await globalThis.crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}
