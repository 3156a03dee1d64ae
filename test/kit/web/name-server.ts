import dgram from 'node:dgram';

/** What a name has; the addresses of names that exist for their own sake are 127.0.0.1. */
export interface NameRecords {
  readonly srv?: readonly {
    readonly priority?: number;
    readonly weight?: number;
    readonly port: number;
    readonly host: string;
  }[];
  readonly mx?: readonly string[];
  readonly txt?: readonly string[];
  readonly a?: true;
}

const types = { a: 1, mx: 15, txt: 16, aaaa: 28, srv: 33 } as const;

/** A DNS server on loopback, over UDP, that knows a few names and says of all others that there are none. */
export class NameServer {
  readonly #socket = dgram.createSocket('udp4');
  readonly #names: Readonly<Record<string, NameRecords>>;
  /** Every name that was asked about. */
  readonly asked: string[] = [];
  /** Says nothing, to anybody. */
  silent = false;

  private constructor(names: Readonly<Record<string, NameRecords>>) {
    this.#names = names;
  }

  static async start(names: Readonly<Record<string, NameRecords>>): Promise<NameServer> {
    const server = new NameServer(names);
    server.#socket.on('message', (message, from) => {
      const answer = server.#answer(message);
      if (!server.silent) server.#socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve) => server.#socket.bind(0, '127.0.0.1', resolve));
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  #answer(message: Buffer): Buffer {
    const { name, end } = nameAt(message, 12);
    this.asked.push(name);
    const type = message.readUInt16BE(end);
    const question = message.subarray(12, end + 4);
    const known = this.#names[name.toLowerCase()];
    const data = known === undefined ? [] : dataOf(known, type);
    const head = Buffer.alloc(12);
    message.copy(head, 0, 0, 2);
    head.writeUInt16BE(known === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(data.length, 6);
    const rows = data.map((bytes) => {
      const row = Buffer.alloc(12);
      row.writeUInt16BE(0xc00c, 0);
      row.writeUInt16BE(type, 2);
      row.writeUInt16BE(1, 4);
      row.writeUInt32BE(60, 6);
      row.writeUInt16BE(bytes.length, 10);
      return Buffer.concat([row, bytes]);
    });
    return Buffer.concat([head, question, ...rows]);
  }
}

function nameAt(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
    Buffer.of(0),
  ]);
const numbers = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
};

function dataOf({ srv = [], mx = [], txt = [], a }: NameRecords, type: number): Buffer[] {
  switch (type) {
    case types.srv:
      return srv.map(({ priority = 0, weight = 1, port, host }) =>
        Buffer.concat([numbers(priority, weight, port), nameBytes(host)]),
      );
    case types.mx:
      return mx.map((host, index) => Buffer.concat([numbers(10 + index), nameBytes(host)]));
    case types.txt:
      return txt.map((text) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]));
    case types.a:
      return a === true ? [Buffer.of(127, 0, 0, 1)] : [];
    default:
      return [];
  }
}
