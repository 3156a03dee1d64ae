import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { password as credential } from '../../../src/engine/sources/testing/credentials.ts';
import { endDaemon, freePort, makeCertificate } from '../daemon.ts';
import type { DavServer } from '../dav/server.ts';

const password = 'secret';
/** Debian's; one that somebody put before it in PATH may be another Python's. */
const program = '/usr/bin/radicale';
const users = 1200;

/** Why no Radicale can be started here; undefined where one can. */
export function radicaleIsMissing(): string | undefined {
  if (!fs.existsSync(program)) return 'Radicale is not installed (Debian: radicale)';
  const found = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return found.startsWith('3.') ? undefined : `the configuration is for Radicale 3, this is ${found}`;
}

/** A Radicale of our own: loopback, a free port, a temporary folder; gone with `stop`. It rewrites what it is given. */
export class Radicale implements DavServer {
  readonly name = 'Radicale';
  readonly password = password;
  readonly credential = credential(password);
  readonly root: string;
  readonly url: string;
  #users = 0;

  private constructor(root: string, url: string) {
    this.root = root;
    this.url = url;
  }

  static async start(encryption: 'none' | 'tls' = 'none'): Promise<Radicale> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-radicale-'));
    const port = await freePort();
    const names = Array.from({ length: users }, (_, n) => `user${n + 1}:${password}\n`);
    fs.writeFileSync(path.join(root, 'users'), names.join(''));
    if (encryption === 'tls') {
      fs.mkdirSync(path.join(root, 'tls'));
      makeCertificate(path.join(root, 'tls'));
    }
    fs.writeFileSync(path.join(root, 'config'), configuration(root, port, encryption));
    const log = fs.openSync(path.join(root, 'log'), 'w');
    const child = spawn(program, ['--config', path.join(root, 'config')], { stdio: ['ignore', log, log], detached: true });
    child.unref();
    fs.writeFileSync(path.join(root, 'pid'), String(child.pid));
    const scheme = encryption === 'tls' ? 'https' : 'http';
    const radicale = new Radicale(root, `${scheme}://127.0.0.1:${port}`);
    for (let tries = 0; !radicale.log().includes('Radicale server ready'); tries++) {
      if (tries === 200) {
        const said = radicale.log();
        await radicale.stop();
        throw new Error(`Radicale did not come up: ${said}`);
      }
      await wait(50);
    }
    return radicale;
  }

  newUser(): string {
    this.#users += 1;
    if (this.#users > users) throw new Error('more users than were made');
    return `user${this.#users}`;
  }

  /** For settings that approve the server's certificate. */
  get certificateSha256(): string {
    const certificate = new X509Certificate(fs.readFileSync(path.join(this.root, 'tls/cert.pem')));
    return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  }

  log(): string {
    return fs.readFileSync(path.join(this.root, 'log'), 'utf8');
  }

  /** Methods of the requests since the last call, in their order. */
  takeMethods(): string[] {
    const said = [...this.log().matchAll(/\] ([A-Z]+) request for /g)].map(([, method = '']) => method);
    fs.truncateSync(path.join(this.root, 'log'));
    return said;
  }

  async stop(): Promise<void> {
    await endDaemon(path.join(this.root, 'pid'));
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

const configuration = (root: string, port: number, encryption: 'none' | 'tls'): string => `[server]
hosts = 127.0.0.1:${port}
max_connections = 50
${encryption === 'tls' ? `ssl = True\ncertificate = ${root}/tls/cert.pem\nkey = ${root}/tls/key.pem\n` : ''}
[auth]
type = htpasswd
htpasswd_filename = ${root}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = ${root}/collections
[web]
type = none
[logging]
level = info
`;
