import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { password as credential } from '../../../src/engine/sources/testing/credentials.ts';
import { endDaemon, freePort } from '../daemon.ts';
import type { DavServer } from '../dav/server.ts';

const program = '/usr/bin/xandikos';

/** Why no Xandikos can be started here; undefined where one can. */
export function xandikosIsMissing(): string | undefined {
  if (!fs.existsSync(program)) return 'Xandikos is not installed (Debian: xandikos)';
  return spawnSync(program, ['--version'], { encoding: 'utf8' }).status === 0 ? undefined : 'Xandikos does not start here';
}

/**
 * A Xandikos of our own: loopback, a free port, a temporary folder; gone with `stop`. Calendars and contacts in git; asks nobody
 * for a password, answers 500 where the standard has 403, and does not say which objects are tasks.
 */
export class Xandikos implements DavServer {
  readonly name = 'Xandikos';
  readonly password = '';
  readonly credential = credential('any');
  readonly root: string;
  readonly url: string;

  private constructor(root: string, url: string) {
    this.root = root;
    this.url = url;
  }

  static async start(): Promise<Xandikos> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-xandikos-'));
    const port = await freePort();
    const log = fs.openSync(path.join(root, 'log'), 'w');
    const place = ['-l', '127.0.0.1', '-p', String(port), '-d', path.join(root, 'dav')];
    const child = spawn(program, [...place, '--current-user-principal', '/alice/', '--autocreate', '--defaults'], {
      stdio: ['ignore', log, log],
      detached: true,
    });
    child.unref();
    fs.writeFileSync(path.join(root, 'pid'), String(child.pid));
    const xandikos = new Xandikos(root, `http://127.0.0.1:${port}`);
    for (let tries = 0; !(await answers(xandikos.url)); tries++) {
      if (tries === 200) {
        const said = fs.readFileSync(path.join(root, 'log'), 'utf8');
        await xandikos.stop();
        throw new Error(`Xandikos did not come up: ${said}`);
      }
      await wait(50);
    }
    return xandikos;
  }

  /** There is one. */
  newUser(): string {
    return 'alice';
  }

  async stop(): Promise<void> {
    await endDaemon(path.join(this.root, 'pid'));
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
