import { password as credential } from '../../../src/engine/sources/testing/credentials.ts';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ImapSettings, TlsMode } from '../../../src/shared/domain/source-settings.ts';
import { endDaemon, freePort, greets, makeCertificate } from '../daemon.ts';
import type { MailServer } from '../mail-server.ts';
import { dovecotConfiguration, type DovecotPlace, introspection } from './configuration.ts';
import { TestMailbox } from './mailbox.ts';

const password = 'secret';
/** Debian's owner of mail, there without installing anything. */
const mailUser = 'mail';

/** Why no Dovecot can be started here; undefined where one can. */
export function dovecotIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'Dovecot tests run on Linux only';
  if (process.getuid?.() !== 0) return 'Dovecot tests run as root only: its processes change to another user';
  const found = spawnSync('dovecot', ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) return 'Dovecot is not installed (Debian: dovecot-core, and the files of dovecot-imapd)';
  return found.stdout.startsWith('2.3.') ? undefined : `the configuration is for Dovecot 2.3, this is ${found.stdout.trim()}`;
}

export type DovecotOptions = Partial<Pick<DovecotPlace, 'format' | 'capabilities' | 'shares'>> & {
  readonly filters?: boolean;
  /** Where it asks about tokens, and whom it believes to be there. */
  readonly tokens?: { readonly url: string; readonly authority: string; readonly mechanisms?: string };
};

/** A Dovecot of our own: loopback, free ports, a temporary folder; gone with `stop`. */
export class Dovecot implements MailServer {
  readonly name = 'Dovecot';
  readonly root: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly sievePort: number | undefined;
  certificate: X509Certificate;
  #users = 0;

  private constructor(root: string, imapPort: number, imapsPort: number, sievePort: number | undefined) {
    this.root = root;
    this.imapPort = imapPort;
    this.imapsPort = imapsPort;
    this.sievePort = sievePort;
    this.certificate = new X509Certificate(fs.readFileSync(path.join(root, 'tls/cert.pem')));
  }

  static async start({
    format = 'maildir',
    capabilities,
    shares = false,
    filters = false,
    tokens,
  }: DovecotOptions = {}): Promise<Dovecot> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-dovecot-'));
    fs.chmodSync(root, 0o755);
    for (const folder of ['run', 'state', 'tls', 'mail', 'rawlog']) fs.mkdirSync(path.join(root, folder));
    for (const folder of ['state', 'mail', 'rawlog']) giveToMail(path.join(root, folder));
    makeCertificate(path.join(root, 'tls'));
    const [imapPort, imapsPort] = [await freePort(), await freePort()];
    const sievePort = filters ? await freePort() : undefined;
    const configuration = path.join(root, 'dovecot.conf');
    const file = path.join(root, 'oauth2.conf');
    if (tokens !== undefined) {
      // A user of Dovecot's own reads it, who may not come to where this checkout lies.
      const authority = path.join(root, 'authority.pem');
      fs.copyFileSync(tokens.authority, authority);
      fs.writeFileSync(file, introspection({ ...tokens, authority }));
    }
    fs.writeFileSync(
      configuration,
      dovecotConfiguration({
        ...{ root, imapPort, imapsPort, mailUser, password, format, capabilities, shares, sievePort },
        tokens: tokens === undefined ? undefined : { mechanisms: tokens.mechanisms ?? 'xoauth2 oauthbearer', file },
      }),
    );
    // Not through a pipe: the daemon would hold it open, and waiting for its end would be for ever.
    execFileSync('dovecot', ['-c', configuration], {
      stdio: ['ignore', 'ignore', fs.openSync(path.join(root, 'start.log'), 'w')],
    });
    const dovecot = new Dovecot(root, imapPort, imapsPort, sievePort);
    try {
      await greets(imapPort);
    } catch (cause) {
      const log = dovecot.log();
      await dovecot.stop();
      throw new Error(`Dovecot did not come up: ${log}`, { cause });
    }
    return dovecot;
  }

  /** A name with an empty mailbox. */
  newUser(): string {
    this.#users += 1;
    return `user${this.#users}`;
  }

  settings(user: string, tls: TlsMode, more: Partial<ImapSettings> = {}): ImapSettings {
    const port = tls === 'implicit' ? this.imapsPort : this.imapPort;
    return { kind: 'imap', host: '127.0.0.1', port, tls, user, certificateSha256: null, exclude: [], ...more };
  }

  /** For settings that approve the server's certificate. */
  get certificateSha256(): string {
    return this.certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  }

  readonly password = password;
  readonly credential = credential(password);

  mailbox(user: string): Promise<TestMailbox> {
    return TestMailbox.open(this.imapPort, user, password);
  }

  log(): string {
    const file = path.join(this.root, 'dovecot.log');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  }

  /** As a server's keeper does before the old one ends. */
  async renewCertificate(days: number): Promise<void> {
    makeCertificate(path.join(this.root, 'tls'), days);
    this.certificate = new X509Certificate(fs.readFileSync(path.join(this.root, 'tls/cert.pem')));
    execFileSync('doveadm', ['-c', path.join(this.root, 'dovecot.conf'), 'reload'], { stdio: 'ignore' });
    await greets(this.imapPort);
  }

  /** Ends every session of a user in the middle of whatever it does. */
  cutConnections(user: string): void {
    execFileSync('doveadm', ['-c', path.join(this.root, 'dovecot.conf'), 'kick', user], { stdio: 'ignore' });
  }

  /** What clients said since the last call, after signing in, line by line. */
  takeSaid(): string[] {
    const folder = path.join(this.root, 'rawlog');
    const said = fs.readdirSync(folder).filter((name) => name.endsWith('.in'));
    const lines = said.flatMap((name) => fs.readFileSync(path.join(folder, name), 'latin1').split('\r\n'));
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name));
    return lines.filter((line) => line !== '').map((line) => line.replace(/^\d+\.\d+ /, ''));
  }

  /** The files of messages in a Maildir as they came, for making one unreadable. Their microseconds (`M…`) have no leading zeros. */
  messageFiles(user: string, folder: string): string[] {
    const maildir = path.join(this.root, 'mail', user, 'Maildir', folder === 'INBOX' ? '' : folder);
    const files = ['cur', 'new'].flatMap((part) => {
      const place = path.join(maildir, part);
      return fs.existsSync(place) ? fs.readdirSync(place).map((name) => path.join(place, name)) : [];
    });
    const byArrival = new Intl.Collator('en', { numeric: true });
    return files.sort((one, other) => byArrival.compare(path.basename(one), path.basename(other)));
  }

  /** Puts messages into a Maildir folder behind Dovecot's back: thousands in a second, where APPEND takes a minute. */
  fill(user: string, folder: string, messages: Iterable<Uint8Array>): void {
    const place = path.join(this.root, 'mail', user, 'Maildir', folder);
    for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(place, part), { recursive: true });
    let n = 0;
    for (const bytes of messages) {
      n += 1;
      const file = path.join(place, 'cur', `${1_700_000_000 + n}.M${n}P1.test,S=${bytes.length},W=${bytes.length}:2,`);
      fs.writeFileSync(file, bytes);
      fs.utimesSync(file, 1_700_000_000 + n, 1_700_000_000 + n);
    }
    execFileSync('chown', ['-R', `${mailUser}:${mailUser}`, path.join(this.root, 'mail')]);
  }

  /** One message that is never whole in memory here, behind Dovecot's back as well. */
  putLarge(user: string, folder: string, length: number, pieces: Iterable<Uint8Array>): void {
    this.fill(user, folder, []);
    const place = path.join(this.root, 'mail', user, 'Maildir', folder, 'cur', `1700000000.M1P1.test,S=${length},W=${length}:2,`);
    const file = fs.openSync(place, 'w');
    for (const piece of pieces) fs.writeSync(file, piece);
    fs.closeSync(file);
    execFileSync('chown', [`${mailUser}:${mailUser}`, place]);
  }

  async stop(): Promise<void> {
    await endDaemon(path.join(this.root, 'run/master.pid'));
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

function giveToMail(folder: string): void {
  execFileSync('chown', [`${mailUser}:${mailUser}`, folder]);
}
