import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { password as credential } from '../../../src/engine/sources/testing/credentials.ts';
import { endDaemon, freePort } from '../daemon.ts';
import type { DavServer } from '../dav/server.ts';
import { Database, databasePrograms } from './database.ts';

const password = 'secret';
const program = '/usr/sbin/sogod';
const memcached = '/usr/bin/memcached';

/** Why no SOGo can be started here; undefined where one can. */
export function sogoIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'SOGo tests run on Linux only';
  if (process.getuid?.() !== 0) return 'SOGo tests run as root only: its processes change to another user';
  for (const file of [program, memcached])
    if (!fs.existsSync(file)) return `SOGo is not installed: no ${file} (Debian: sogo, memcached)`;
  return databasePrograms() === undefined ? 'SOGo has no database: no PostgreSQL is installed (Debian: postgresql)' : undefined;
}

/**
 * A SOGo of our own, with its own PostgreSQL and memcached: loopback, free ports, a temporary folder; gone with `stop`. Nothing of /etc is
 * touched: all that its configuration would say stands on its command line, which goes before.
 */
export class Sogo implements DavServer {
  readonly name = 'SOGo';
  readonly password = password;
  readonly credential = credential(password);
  readonly root: string;
  readonly url: string;
  readonly #database: Database;
  #users = 0;

  private constructor(root: string, url: string, database: Database) {
    this.root = root;
    this.url = url;
    this.#database = database;
  }

  static async start(): Promise<Sogo> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-sogo-'));
    fs.chmodSync(root, 0o755);
    for (const folder of ['run', 'spool', 'home']) fs.mkdirSync(path.join(root, folder));
    const [port, cachePort] = [await freePort(), await freePort()];
    const database = await Database.start(root, setUp);
    const sogo = new Sogo(root, `http://127.0.0.1:${port}`, database);
    fs.writeFileSync(path.join(root, 'sogo.log'), '');
    execFileSync('chown', ['-R', 'sogo:sogo', ...['run', 'spool', 'home', 'sogo.log'].map((name) => path.join(root, name))]);
    execFileSync(memcached, [
      '-d',
      '-u',
      'sogo',
      '-l',
      '127.0.0.1',
      '-p',
      String(cachePort),
      '-P',
      path.join(root, 'run/memcached.pid'),
      '-m',
      '32',
    ]);
    const words = settings({ root, port, cachePort, database: database.url });
    const started = spawnSync('runuser', ['-u', 'sogo', '--', program, ...words], {
      env: { ...process.env, HOME: path.join(root, 'home') },
      encoding: 'utf8',
    });
    for (let tries = 0; !(await answers(sogo.url)); tries++) {
      if (tries === 200) {
        const said = `${started.stderr}${fs.readFileSync(path.join(root, 'sogo.log'), 'utf8')}`;
        await sogo.stop();
        throw new Error(`SOGo did not come up: ${said}`);
      }
      await wait(50);
    }
    return sogo;
  }

  newUser(): string {
    this.#users += 1;
    if (this.#users > users) throw new Error('more users than were made');
    return `user${this.#users}`;
  }

  /** Its workers outlive a TERM by seconds, and have nothing that anybody wants. */
  async stop(): Promise<void> {
    const pidFile = path.join(this.root, 'run/sogo.pid');
    if (fs.existsSync(pidFile)) {
      const pid = fs.readFileSync(pidFile, 'utf8').trim();
      const workers = spawnSync('pgrep', ['-P', pid], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter((one) => one !== '');
      for (const one of [pid, ...workers]) spawnSync('kill', ['-9', one]);
    }
    await endDaemon(path.join(this.root, 'run/memcached.pid'));
    await this.#database.stop();
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

const users = 400;

/** Who may sign in. Everything else SOGo makes by itself. */
const setUp = `CREATE TABLE sogo_users (c_uid text PRIMARY KEY, c_name text, c_password text, c_cn text, mail text);
INSERT INTO sogo_users SELECT u, u, '${password}', u, u || '@example.com' FROM (SELECT 'user' || n AS u FROM generate_series(1, ${users}) n) names;`;

interface Place {
  readonly root: string;
  readonly port: number;
  readonly cachePort: number;
  readonly database: string;
}

function settings({ root, port, cachePort, database }: Place): readonly string[] {
  const tables = {
    SOGoProfileURL: 'sogo_user_profile',
    OCSFolderInfoURL: 'sogo_folder_info',
    OCSSessionsFolderURL: 'sogo_sessions_folder',
    OCSEMailAlarmsFolderURL: 'sogo_alarms_folder',
    OCSAdminURL: 'sogo_admin',
    OCSStoreURL: 'sogo_store',
    OCSAclURL: 'sogo_acl',
    OCSCacheFolderURL: 'sogo_cache_folder',
  };
  const source = `{ type = sql; id = users; viewURL = "${database}/sogo_users"; canAuthenticate = YES; isAddressBook = NO; userPasswordAlgorithm = plain; }`;
  const all = {
    WOPort: `127.0.0.1:${port}`,
    WOWorkersCount: '4',
    WOPidFile: path.join(root, 'run/sogo.pid'),
    WOLogFile: path.join(root, 'sogo.log'),
    SOGoMemcachedHost: `127.0.0.1:${cachePort}`,
    SOGoMailSpoolPath: path.join(root, 'spool'),
    SOGoTimeZone: 'UTC',
    SOGoMailDomain: 'example.com',
    SOGoUserSources: `(${source})`,
    ...Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, `${database}/${table}`])),
  };
  return Object.entries(all).flatMap(([name, value]) => [`-${name}`, value]);
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/SOGo/dav/`).then(
    () => true,
    () => false,
  );
