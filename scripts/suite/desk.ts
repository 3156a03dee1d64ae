// A desk for the tests: a display, a session bus and an unlocked keychain that belong to nobody,
// so that no window of a test jumps into a person's work and no secret of a test into a person's keychain.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ended } from '../setup/process.ts';

/** Runs `work` with `process.env` turned to such a desk. Other systems than Linux have no second one: there it is the person's own. */
export async function atDesk<T>(work: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return work();
  const home = mkdtempSync(join(tmpdir(), 'strata-desk-'));
  const running: ChildProcess[] = [];
  const clear = (): void => {
    // The last to come goes first: a keychain without its bus complains.
    for (const child of running.toReversed()) child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', clear);
  try {
    process.env['DISPLAY'] = await startDisplay(running);
    delete process.env['WAYLAND_DISPLAY'];
    process.env['DBUS_SESSION_BUS_ADDRESS'] = await startBus(running);
    await startKeychain(running, home);
    // Debian keeps servers where only root looks.
    process.env['PATH'] = [process.env['PATH'], '/usr/sbin', '/sbin'].join(':');
    return await work();
  } finally {
    clear();
    process.off('exit', clear);
  }
}

async function startDisplay(running: ChildProcess[]): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  running.push(server);
  return `:${await firstLine(server, server.stdio[3] as Readable)}`;
}

async function startBus(running: ChildProcess[]): Promise<string> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(bus);
  return firstLine(bus, bus.stdout);
}

async function startKeychain(running: ChildProcess[], home: string): Promise<void> {
  const keychain = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
  });
  running.push(keychain);
  const death = ended(keychain);
  keychain.stdin.end('a password for tests only');
  const question = ['--print-reply=literal', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  for (let tries = 0; tries < 100; tries++) {
    if (spawnSync('dbus-send', [...question, 'string:org.freedesktop.secrets'], { encoding: 'utf8' }).stdout.includes('true'))
      return;
    await Promise.race([sleep(50), death.then(() => Promise.reject(new Error('gnome-keyring-daemon ended at once')))]);
  }
  throw new Error('gnome-keyring-daemon did not come up within 5 s');
}

function firstLine(child: ChildProcess, stream: Readable): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end >= 0) done(text.slice(0, end));
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`${child.spawnfile} ended with ${code} before it was ready`)));
  });
}
