import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What every real server of the kit needs: a port, a certificate, to be waited for, and to be ended. */

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** `cert.pem` and `key.pem` for localhost. */
export function makeCertificate(folder: string, days = 30): void {
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const files = ['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-nodes', '-days', `${days}`, '-subj', '/CN=localhost', '-addext', names, ...files],
    { stdio: 'pipe' },
  );
}

/** Until a mail server's greeting comes. */
export async function greets(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const greeting = await new Promise<string>((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      const end = (text: string): void => {
        socket.destroy();
        resolve(text);
      };
      socket.setTimeout(1000, () => end(''));
      socket.once('error', () => end(''));
      socket.once('data', (data) => end(data.toString('latin1')));
    });
    if (greeting.startsWith('* OK')) return;
    await wait(50);
  }
  throw new Error('no greeting');
}

/** Ends the daemon that wrote this file, if there is one. */
export async function endDaemon(pidFile: string): Promise<void> {
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, 'utf8'));
  if (!isRunning(pid)) return;
  process.kill(pid, 'SIGTERM');
  for (let tries = 0; isRunning(pid); tries++) {
    if (tries === 200) process.kill(pid, 'SIGKILL');
    await wait(50);
  }
}

/** Where nobody reaps orphans at once, a process that has ended stays as a zombie for a while. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return fs.existsSync(status) && !/^State:\s+Z/m.test(fs.readFileSync(status, 'utf8'));
}
