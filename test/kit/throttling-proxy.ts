import net from 'node:net';
import type { Clock } from '../../src/engine/kernel/clock.ts';

export interface Noted {
  readonly atMs: number;
  readonly amount: number;
}

interface Throttling {
  readonly port: number;
  readonly clock: Clock;
  /** Whether a line that the client says begins a request. */
  readonly isRequest: RegExp;
  /** What is said in place of handing the request on; undefined: it goes on. `hangUp`: and the connection ends with it. */
  readonly refuse?: (line: string) => { readonly says: string; readonly hangUp?: true } | undefined;
  /** What is said in place of connecting at all. */
  readonly turnAway?: (connection: number) => string | undefined;
}

/** Stands before a real server on loopback: notes what is asked and what comes by the time of a clock, and refuses where it is told to. */
export class ThrottlingProxy {
  readonly #throttling: Throttling;
  readonly #sockets = new Set<net.Socket>();
  readonly #server: net.Server;
  readonly requests: Noted[] = [];
  readonly received: Noted[] = [];
  #connections = 0;

  private constructor(throttling: Throttling) {
    this.#throttling = throttling;
    this.#server = net.createServer((client) => this.#serve(client));
  }

  static async start(throttling: Throttling): Promise<ThrottlingProxy> {
    const proxy = new ThrottlingProxy(throttling);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(client: net.Socket): void {
    this.#keep(client);
    const away = this.#throttling.turnAway?.((this.#connections += 1));
    if (away !== undefined) return void client.end(away);
    const server = this.#keep(net.connect(this.#throttling.port, '127.0.0.1'));
    client.on('data', (bytes) => this.#hear(bytes, client, server)).on('close', () => server.destroy());
    server
      .on('data', (bytes) => {
        this.received.push({ atMs: this.#throttling.clock.monotonicMs(), amount: bytes.length });
        client.write(bytes);
      })
      .on('close', () => client.destroy());
  }

  /** Clients of tests send a request in one piece. */
  #hear(bytes: Buffer, client: net.Socket, server: net.Socket): void {
    const { isRequest, refuse, clock } = this.#throttling;
    const [line = ''] = bytes.toString('latin1').split('\r\n', 1);
    if (!isRequest.test(line)) return void server.write(bytes);
    this.requests.push({ atMs: clock.monotonicMs(), amount: 1 });
    const refusal = refuse?.(line);
    if (refusal === undefined) return void server.write(bytes);
    if (refusal.hangUp) client.end(refusal.says);
    else client.write(refusal.says);
  }

  #keep(socket: net.Socket): net.Socket {
    this.#sockets.add(socket);
    return socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
  }
}

/** The most within any ten seconds. */
export const mostInTenSeconds = (noted: readonly Noted[]): number =>
  Math.max(
    0,
    ...noted.map(({ atMs: from }) =>
      noted.filter(({ atMs }) => atMs >= from && atMs < from + 10_000).reduce((sum, { amount }) => sum + amount, 0),
    ),
  );
