import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { password as credential } from '../../../src/engine/sources/testing/credentials.ts';
import type { ImapSettings, TlsMode } from '../../../src/shared/domain/source-settings.ts';
import { endDaemon, freePort, greets, makeCertificate } from '../daemon.ts';
import { TestMailbox } from '../dovecot/mailbox.ts';
import type { MailServer } from '../mail-server.ts';
import { type CyrusPlace, imapdConfiguration, masterConfiguration, programs } from './configuration.ts';

const password = 'secret';
/** Signs in like anybody, and may do everything: shared folders, quotas, access lists of others. */
const administrator = 'cyrus';

/** Why no Cyrus can be started here; undefined where one can. */
export function cyrusIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'Cyrus tests run on Linux only';
  if (process.getuid?.() !== 0) return 'Cyrus tests run as root only: its processes change to another user';
  for (const program of ['master', 'imapd', 'httpd', 'timsieved'])
    if (!fs.existsSync(path.join(programs, program)))
      return `Cyrus is not installed: no ${program} (Debian: cyrus-common, cyrus-caldav, and the files of cyrus-imapd)`;
  const found = spawnSync(path.join(programs, 'master'), ['-V'], { encoding: 'utf8' }).stdout;
  return found.includes(' 3.6.') ? undefined : `the configuration is for Cyrus 3.6, this is ${found.trim()}`;
}

/** A Cyrus of our own, with IMAP, ManageSieve and HTTP (CalDAV, CardDAV, JMAP, WebDAV): loopback, free ports, a temporary folder; gone with `stop`. */
export class Cyrus implements MailServer {
  readonly name = 'Cyrus';
  readonly root: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly httpPort: number;
  readonly sievePort: number;
  readonly password = password;
  readonly credential = credential(password);
  readonly certificate: X509Certificate;
  #users = 0;

  private constructor(place: CyrusPlace) {
    this.root = place.root;
    this.imapPort = place.imapPort;
    this.imapsPort = place.imapsPort;
    this.httpPort = place.httpPort;
    this.sievePort = place.sievePort;
    this.certificate = new X509Certificate(fs.readFileSync(path.join(place.root, 'tls/cert.pem')));
  }

  static async start(): Promise<Cyrus> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-cyrus-'));
    fs.chmodSync(root, 0o755);
    for (const folder of folders) fs.mkdirSync(path.join(root, folder), { recursive: true });
    makeCertificate(path.join(root, 'tls'));
    const [imapPort, imapsPort, httpPort, sievePort] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const place = { root, imapPort, imapsPort, httpPort, sievePort };
    fs.writeFileSync(path.join(root, 'imapd.conf'), imapdConfiguration(place));
    fs.writeFileSync(path.join(root, 'cyrus.conf'), masterConfiguration(place));
    addUser(root, administrator);
    execFileSync('chown', ['-R', 'cyrus:mail', root]);
    const files = ['-C', path.join(root, 'imapd.conf'), '-M', path.join(root, 'cyrus.conf'), '-p', pidFile(root)];
    const log = path.join(root, 'cyrus.log');
    execFileSync(path.join(programs, 'master'), [...files, '-d', '-L', log], { stdio: 'ignore' });
    const cyrus = new Cyrus(place);
    try {
      await greets(imapPort);
    } catch (cause) {
      const said = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
      await cyrus.stop();
      throw new Error(`Cyrus did not come up (it tells its reasons to syslog only): ${said}`, { cause });
    }
    return cyrus;
  }

  /** Calendars, address books and JMAP are there from here on as well: Cyrus makes an account at the first sign-in by IMAP. */
  async newUser(): Promise<string> {
    this.#users += 1;
    const user = `user${this.#users}`;
    addUser(this.root, user);
    const log = path.join(this.root, 'conf/log', user);
    fs.mkdirSync(log); // its being there is what makes Cyrus write down the account's sessions
    execFileSync('chown', ['cyrus:mail', log]);
    await (await this.mailbox(user)).close();
    return user;
  }

  settings(user: string, tls: TlsMode, more: Partial<ImapSettings> = {}): ImapSettings {
    const port = tls === 'implicit' ? this.imapsPort : this.imapPort;
    return { kind: 'imap', host: '127.0.0.1', port, tls, user, certificateSha256: null, exclude: [], ...more };
  }

  /** For settings that approve the server's certificate. */
  get certificateSha256(): string {
    return this.certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  }

  /** Where DAV and JMAP are. */
  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  mailbox(user: string): Promise<TestMailbox> {
    return TestMailbox.open(this.imapPort, user, password);
  }

  /** Says commands as the administrator, who may do everything: `SETQUOTA user/ada (STORAGE 1024)`. By hand: imapflow wants an INBOX, and he has none. */
  async administer(...commands: readonly string[]): Promise<void> {
    await this.#speak(administrator, async (say) => {
      for (const command of commands) await say(command);
    });
  }

  /** A message that is in nobody's memory whole. */
  async putLarge(user: string, folder: string, size: number, pieces: Iterable<Buffer>): Promise<void> {
    await this.#speak(user, (say) => say(`APPEND ${folder} {${size}+}`, pieces));
  }

  async #speak(
    user: string,
    talk: (say: (command: string, literal?: Iterable<Buffer>) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const socket = net.connect(this.imapPort, '127.0.0.1');
    const lines = readline.createInterface({ input: socket })[Symbol.asyncIterator]();
    const answer = async (tag: string): Promise<void> => {
      for (let line = await lines.next(); !line.done; line = await lines.next()) {
        if (!line.value.startsWith(`${tag} `)) continue;
        if (!/^\S+ OK/.test(line.value)) throw new Error(line.value);
        return;
      }
      throw new Error('Cyrus hung up');
    };
    let said = 0;
    const say = async (command: string, literal: Iterable<Buffer> = []): Promise<void> => {
      const tag = `a${said++}`;
      socket.write(`${tag} ${command}\r\n`);
      let isEmpty = true;
      for (const piece of literal) {
        isEmpty = false;
        if (!socket.write(piece)) await once(socket, 'drain');
      }
      if (!isEmpty) socket.write('\r\n');
      await answer(tag);
    };
    await answer('*');
    await say(`LOGIN ${user} ${password}`);
    await talk(say);
    socket.destroy();
  }

  takeSaid(): string[] {
    const logs = path.join(this.root, 'conf/log');
    const files = fs.readdirSync(logs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const text = fs.readFileSync(file, 'latin1');
      fs.truncateSync(file); // a session that goes on writes on
      return saidByClient(text);
    });
  }

  async stop(): Promise<void> {
    await endDaemon(pidFile(this.root));
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

/** All must be there before the first start; Cyrus makes none of them. */
const folders = [
  ...['db', 'log', 'msg', 'proc', 'quota', 'socket', 'user'].map((name) => `conf/${name}`),
  ...['lock', 'proc', 'socket'].map((name) => `run/${name}`),
  ...['sasl', 'search', 'sieve', 'spool', 'tls'],
];

const pidFile = (root: string): string => path.join(root, 'run/master.pid');

function addUser(root: string, user: string): void {
  const file = path.join(root, 'sasl/sasldb2');
  execFileSync('saslpasswd2', ['-p', '-c', '-f', file, '-u', 'localhost', user], { input: password });
}

/** Cyrus writes `<seconds<` before what a client said and `>seconds>` before its own words, wherever a line stands. */
function saidByClient(log: string): string[] {
  const pieces = log.split(/([<>])\d{9,11}\1/).slice(1);
  const said = pieces.flatMap((piece, at) => (piece === '<' ? [pieces[at + 1] ?? ''] : []));
  return said
    .join('')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}
