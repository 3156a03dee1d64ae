import net from 'node:net';
import tls from 'node:tls';
import { type CertificateName, certificatePem } from './imap-server.ts';

/**
 * An **emulated** ManageSieve server, for what a real one does not do on demand. It answers the nth command, counted over the whole
 * connection, with the nth of its answers, so it proves what our side does and nothing about any server.
 */
export interface SieveEmulation {
  /** The first is the greeting; null: silence. */
  readonly answers: readonly (string | null)[];
  /** What the second answer leads to; the third is then the greeting behind it. */
  readonly startTls?: CertificateName;
}

export class EmulatedSieveServer {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  /** Every line that came, whatever it was. */
  readonly heard: string[] = [];

  private constructor({ answers, startTls }: SieveEmulation) {
    this.#server = net.createServer((socket) => {
      const left = [...answers];
      this.#talk(socket, left);
      if (startTls === undefined) return;
      socket.once('data', () => {
        socket.removeAllListeners('data');
        const pem = certificatePem(startTls);
        const encrypted = new tls.TLSSocket(socket, { isServer: true, key: pem, cert: pem });
        encrypted.once('secure', () => this.#talk(encrypted, left));
      });
    });
  }

  static async start(emulation: SieveEmulation): Promise<EmulatedSieveServer> {
    const server = new EmulatedSieveServer(emulation);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #talk(socket: net.Socket, left: (string | null)[]): void {
    const say = (): void => {
      const answer = left.shift();
      if (typeof answer === 'string') socket.write(answer);
      else if (answer === undefined) socket.end();
    };
    this.#sockets.add(socket);
    socket.on('error', () => undefined); // whoever looks in may hang up
    socket.on('data', (bytes: Buffer) => {
      this.heard.push(
        ...bytes
          .toString('latin1')
          .split('\r\n')
          .filter((line) => line !== ''),
      );
      say();
    });
    say();
  }
}
