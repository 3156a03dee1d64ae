import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { freePort } from '../daemon.ts';

const versions = '/usr/lib/postgresql';

/** Where Debian keeps them, the newest version; undefined: no PostgreSQL is installed. */
export function databasePrograms(): string | undefined {
  if (!fs.existsSync(versions)) return undefined;
  const found = fs.readdirSync(versions).filter((version) => fs.existsSync(path.join(versions, version, 'bin/initdb')));
  const newest = found.sort((one, other) => Number(one) - Number(other)).at(-1);
  return newest === undefined ? undefined : path.join(versions, newest, 'bin');
}

/** A PostgreSQL of our own, beside whichever the machine has: loopback, a free port, a folder. */
export class Database {
  readonly url: string;
  readonly #folder: string;

  private constructor(url: string, folder: string) {
    this.url = url;
    this.#folder = folder;
  }

  /** With one role and one database, called `sogo`, in which `setUp` was done. */
  static async start(root: string, setUp: string): Promise<Database> {
    const port = await freePort();
    const folder = path.join(root, 'database');
    fs.mkdirSync(folder);
    execFileSync('chown', ['postgres', folder]);
    asPostgres('initdb', '-D', folder, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
    const options = [
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
    ];
    asPostgres('pg_ctl', '-D', folder, '-w', '-l', path.join(folder, 'log'), '-o', options.join(' '), 'start');
    const database = new Database(`postgresql://sogo:sogo@127.0.0.1:${port}/sogo`, folder);
    const say = (user: string, name: string, words: string): void =>
      asPostgres('psql', '-q', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(port), '-U', user, '-c', words, name);
    say('postgres', 'postgres', "CREATE ROLE sogo LOGIN PASSWORD 'sogo'");
    say('postgres', 'postgres', 'CREATE DATABASE sogo OWNER sogo');
    say('sogo', 'sogo', setUp);
    return database;
  }

  stop(): Promise<void> {
    asPostgres('pg_ctl', '-D', this.#folder, '-m', 'immediate', '-w', 'stop');
    return Promise.resolve();
  }
}

function asPostgres(program: string, ...words: readonly string[]): void {
  execFileSync('runuser', ['-u', 'postgres', '--', path.join(databasePrograms() ?? '', program), ...words], {
    stdio: 'ignore',
    cwd: '/',
  });
}
