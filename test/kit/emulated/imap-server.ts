import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';

/**
 * An **emulated** IMAP server, for what a real one does not do on demand: hang up, lie, stay silent, offer bad certificates.
 * It knows one account with a few messages and only as much of IMAP as is asked of it, so it proves what our side does and
 * nothing about any server.
 */
export interface Emulation {
  readonly folders?: Readonly<Record<string, readonly EmulatedMessage[]>>;
  /** Of every folder; 7 by itself. */
  readonly uidValidity?: () => number;
  /** Null: says nothing, ever. */
  readonly greeting?: string | null;
  readonly capabilities?: string;
  /** TLS from the first byte. */
  readonly implicitTls?: CertificateName;
  /** What STARTTLS leads to; absent: it is not offered. `injects`: goes on in plain text behind its own consent. */
  readonly startTls?: CertificateName | 'refused' | 'injects';
  readonly tlsOptions?: tls.TlsOptions;
  /** Answers in place of the emulation; false: let the emulation answer. `connection` counts from 1. */
  readonly answer?: (command: Command, connection: number, talk: Talk) => boolean | Promise<boolean>;
}

export interface EmulatedMessage {
  readonly uid: number;
  readonly bytes: Uint8Array;
  readonly flags?: readonly string[];
  readonly emailId?: string;
  /** As a server with X-GM-EXT-1 says it. */
  readonly gmail?: { readonly id: string; readonly labels: readonly string[] };
}

export interface Command {
  readonly tag: string;
  /** In capitals; with the second word where the first is UID. */
  readonly verb: string;
  readonly rest: string;
}

export interface Talk {
  send(text: string | Uint8Array): void;
  hangUp(): void;
}

export type CertificateName = 'localhost' | 'successor' | 'elsewhere' | 'expired';

const certificates = path.join(import.meta.dirname, 'certificates');
/** Made for these tests; each file holds a key and a certificate of its own making. */
export const certificatePem = (name: CertificateName): string => fs.readFileSync(path.join(certificates, `${name}.pem`), 'utf8');

export class EmulatedImapServer {
  readonly #emulation: Emulation;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #connections = 0;
  /** Every command line of every connection, without its tag. */
  readonly heard: string[] = [];

  private constructor(emulation: Emulation) {
    this.#emulation = emulation;
    const { implicitTls } = emulation;
    this.#server = implicitTls === undefined ? net.createServer() : tls.createServer(this.#tlsOptions(implicitTls));
    this.#server.on(implicitTls === undefined ? 'connection' : 'secureConnection', (socket: net.Socket) => this.#welcome(socket));
    // A client that turns away in the middle of the handshake is what many tests are about.
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(emulation: Emulation = {}): Promise<EmulatedImapServer> {
    const server = new EmulatedImapServer(emulation);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  get connections(): number {
    return this.#connections;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #tlsOptions(name: CertificateName): tls.TlsOptions {
    const pem = certificatePem(name);
    return { key: pem, cert: pem, ...this.#emulation.tlsOptions };
  }

  #welcome(socket: net.Socket): void {
    this.#connections += 1;
    const { greeting = '* OK emulated' } = this.#emulation;
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    this.#listen(socket, this.#connections);
  }

  #listen(socket: net.Socket, connection: number): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending = '';
    let turn: Promise<unknown> = Promise.resolve();
    socket.on('data', (data) => {
      pending += data.toString('latin1');
      for (let next = takeCommand(pending, socket); next !== undefined; next = takeCommand(pending, socket)) {
        pending = pending.slice(next.length);
        const line = next.text;
        turn = turn.then(() => this.#obey(line, socket, connection));
      }
    });
  }

  async #obey(line: string, socket: net.Socket, connection: number): Promise<void> {
    const [, tag = '', verb = '', rest = ''] = /^(\S+) (UID \S+|\S+) ?([^]*)$/i.exec(line) ?? [];
    const command = { tag, verb: verb.toUpperCase(), rest };
    this.heard.push(`${command.verb} ${rest}`.trim());
    const talk: Talk = { send: (text) => void socket.write(text), hangUp: () => socket.destroy() };
    if ((await this.#emulation.answer?.(command, connection, talk)) === true) return;
    if (command.verb === 'STARTTLS') this.#startTls(command, socket, connection);
    else talk.send(Buffer.concat(this.#answer(command).map((part) => Buffer.from(part as Uint8Array))));
  }

  #startTls({ tag }: Command, socket: net.Socket, connection: number): void {
    const { startTls = 'refused' } = this.#emulation;
    if (startTls === 'refused') socket.write(`${tag} NO not today\r\n`);
    else if (startTls === 'injects') socket.write(`${tag} OK go ahead\r\n* CAPABILITY IMAP4rev1\r\n`);
    else {
      socket.removeAllListeners('data');
      socket.write(`${tag} OK go ahead\r\n`);
      const secured = new tls.TLSSocket(socket, { isServer: true, ...this.#tlsOptions(startTls) });
      this.#listen(secured, connection);
    }
  }

  #answer({ tag, verb, rest }: Command): (string | Uint8Array)[] {
    const ok = `${tag} OK done\r\n`;
    const folders = this.#emulation.folders ?? { INBOX: [] };
    switch (verb) {
      case 'CAPABILITY': {
        const { capabilities = 'IMAP4rev1', startTls } = this.#emulation;
        return [`* CAPABILITY ${capabilities}${startTls === undefined ? '' : ' STARTTLS'}\r\n`, ok];
      }
      case 'LIST':
      case 'LSUB':
        // A question about the delimiter alone (RFC 3501, section 6.3.8).
        if (rest.startsWith('"" ""')) return [`* ${verb} (\\Noselect) "/" ""\r\n`, ok];
        return [...Object.keys(folders).map((folder) => `* ${verb} () "/" "${folder}"\r\n`), ok];
      case 'EXAMINE':
      case 'SELECT': {
        this.#selected = folders[unquoted(rest)] ?? [];
        return [
          ...opened(this.#selected, this.#emulation.uidValidity?.() ?? 7),
          `${tag} OK [READ-${verb === 'SELECT' ? 'WRITE' : 'ONLY'}] done\r\n`,
        ];
      }
      case 'UID FETCH':
        return [...this.#selected.filter(({ uid }) => isIn(rest, uid)).flatMap((message) => fetched(message, rest)), ok];
      default:
        return [ok];
    }
  }

  #selected: readonly EmulatedMessage[] = [];
}

/** The first whole command, with its literals; asks for a literal's bytes where the client waits for that. */
function takeCommand(pending: string, socket: net.Socket): { text: string; length: number } | undefined {
  let end = pending.indexOf('\r\n');
  for (;;) {
    if (end < 0) return undefined;
    const literal = /\{(\d+)(\+?)\}$/.exec(pending.slice(0, end));
    if (literal === null) return { text: pending.slice(0, end), length: end + 2 };
    const after = end + 2 + Number(literal[1]);
    if (pending.length === end + 2 && literal[2] === '') socket.write('+ go on\r\n');
    if (pending.length < after) return undefined;
    end = pending.indexOf('\r\n', after);
  }
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1');

function opened(messages: readonly EmulatedMessage[], uidValidity: number): string[] {
  const next = Math.max(0, ...messages.map(({ uid }) => uid)) + 1;
  return [
    '* FLAGS (\\Seen)\r\n',
    `* ${messages.length} EXISTS\r\n`,
    `* OK [UIDVALIDITY ${uidValidity}] -\r\n`,
    `* OK [UIDNEXT ${next}] -\r\n`,
  ];
}

function isIn(request: string, uid: number): boolean {
  return (request.split(' ')[0] ?? '').split(',').some((part) => {
    const [from = '', to = from] = part.split(':');
    return uid >= Number(from) && (to === '*' || uid <= Number(to));
  });
}

function labelled({ id, labels }: NonNullable<EmulatedMessage['gmail']>, request: string): string[] {
  const quoted = labels.map((label) => `"${label.replace(/[\\"]/g, '\\$&')}"`);
  return [
    ...(request.includes('X-GM-MSGID') ? [`X-GM-MSGID ${id}`] : []),
    ...(request.includes('X-GM-THRID') ? [`X-GM-THRID ${id}`] : []),
    ...(request.includes('X-GM-LABELS') ? [`X-GM-LABELS (${quoted.join(' ')})`] : []),
  ];
}

function fetched(message: EmulatedMessage, request: string): (string | Uint8Array)[] {
  const { uid, bytes, flags = [], emailId, gmail } = message;
  const items = [`UID ${uid}`];
  if (request.includes('FLAGS')) items.push(`FLAGS (${flags.join(' ')})`);
  if (request.includes('RFC822.SIZE')) items.push(`RFC822.SIZE ${bytes.length}`);
  if (request.includes('INTERNALDATE')) items.push('INTERNALDATE "01-Jan-2024 00:00:00 +0000"');
  if (request.includes('EMAILID') && emailId !== undefined) items.push(`EMAILID (${emailId})`);
  if (gmail !== undefined) items.push(...labelled(gmail, request));
  if (request.includes('BODY.PEEK[HEADER]')) {
    const header = Buffer.from(bytes).subarray(0, Buffer.from(bytes).indexOf('\r\n\r\n') + 4);
    return [`* 1 FETCH (${items.join(' ')} BODY[HEADER] {${header.length}}\r\n`, header, ')\r\n'];
  }
  if (!request.includes('BODY.PEEK[]')) return [`* 1 FETCH (${items.join(' ')})\r\n`];
  const [, start, length] = /<(\d+)\.(\d+)>/.exec(request) ?? [];
  const part = start === undefined ? bytes : bytes.subarray(Number(start), Number(start) + Number(length));
  return [`* 1 FETCH (${items.join(' ')} BODY[]${start === undefined ? '' : `<${start}>`} {${part.length}}\r\n`, part, ')\r\n'];
}
