import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireMessage } from '../shared/contract/wire.ts';
import { socketCarrier } from './socket-carrier.ts';
import { socketLines } from './socket-lines.ts';

let folder: string;
let near: Socket;
let far: Socket;
beforeEach(async () => {
  folder = mkdtempSync('/tmp/strata-socket-');
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 's');
  const server = createServer();
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(address, resolve));
  near = createConnection(address);
  far = await accepted;
  server.close();
});
afterEach(() => {
  near.destroy();
  far.destroy();
  rmSync(folder, { recursive: true });
});

/** Everything that arrives at the near end until it closes or `count` messages came. */
function receive(limit: number, count: number): Promise<unknown[]> {
  const messages: unknown[] = [];
  return new Promise((resolve) => {
    socketCarrier(near, socketLines(near, limit), limit).listen(
      (message) => {
        messages.push(message);
        if (messages.length === count) resolve(messages);
      },
      () => resolve([...messages, 'closed']),
    );
  });
}
const notice = (id: number, value: unknown): WireMessage => ({ type: 'reply', id, ok: true, value });

describe('messages on a socket', () => {
  it('arrive whole and in order, however the bytes are cut', async () => {
    const received = receive(1e6, 3);
    const text = '{"n":1,"text":"ü"}\n{"n":2}\n{"n":3}\n';
    for (const byte of Buffer.from(text)) {
      far.write(new Uint8Array([byte]));
      if (byte === 0x0a) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await received).toEqual([{ n: 1, text: 'ü' }, { n: 2 }, { n: 3 }]);
  });

  it('may be large: 20 MB of bytes come through', async () => {
    const bytes = new Uint8Array(20e6).map((_, index) => index * 31);
    const received = receive(64e6, 1);
    socketCarrier(far, socketLines(far, 1e6), 1e6).send(notice(1, bytes));
    const [message] = (await received) as { value: Uint8Array }[];
    expect(Buffer.compare(message?.value ?? new Uint8Array(), bytes)).toBe(0);
  });

  it('that are too long end the connection before they are whole', async () => {
    const received = receive(1000, 1);
    far.write('x'.repeat(1001));
    expect(await received).toEqual(['closed']);
  });

  it('that are no JSON end the connection', async () => {
    const received = receive(1000, 2);
    far.write('{"n":1}\nGET / HTTP/1.1\n');
    expect(await received).toEqual([{ n: 1 }, 'closed']);
  });

  it('are lost quietly when the other end is gone, and the listener hears of that', async () => {
    const carrier = socketCarrier(near, socketLines(near, 1000), 1000);
    const closed = new Promise<void>((resolve) => carrier.listen(() => undefined, resolve));
    far.destroy();
    await closed;
    expect(() => carrier.send(notice(1, null))).not.toThrow();
  });
});

describe('lines that are read one by one', () => {
  it('are held back until they are asked for, and end with the socket', async () => {
    const lines = socketLines(near, 100);
    far.end('one\ntwo\n');
    expect([await lines.next(), await lines.next(), await lines.next()]).toEqual(['one', 'two', undefined]);
  });
});
