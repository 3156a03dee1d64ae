import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort, makeCertificate } from '../daemon.ts';

/** Debian's, for which the server is packaged; one that comes before it in PATH may be another. */
const python = '/usr/bin/python3';
const script = path.join(import.meta.dirname, 'server.py');

/** Why no SMTP server can be started here; undefined where one can. */
export function smtpIsMissing(): string | undefined {
  if (!fs.existsSync(python)) return 'Python is not installed (Debian: python3)';
  const { status } = spawnSync(python, ['-c', 'import aiosmtpd']);
  return status === 0 ? undefined : 'aiosmtpd is not installed (Debian: python3-aiosmtpd)';
}

/** aiosmtpd on loopback. It lets in whoever speaks to it in the open, and else `anna` with the password `grün`, knows nobody called `nobody`, and puts mail into a Maildir. */
export class SmtpServer {
  static readonly user = 'anna';
  static readonly password = 'grün';
  readonly port: number;
  readonly #root: string;
  readonly #child: ChildProcess;

  private constructor(root: string, port: number, child: ChildProcess) {
    this.#root = root;
    this.port = port;
    this.#child = child;
  }

  static async start(tls: 'none' | 'starttls' | 'implicit'): Promise<SmtpServer> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-smtp-'));
    const port = await freePort();
    makeCertificate(root);
    const words = [script, String(port), path.join(root, 'mail'), tls, path.join(root, 'cert.pem'), path.join(root, 'key.pem')];
    const child = spawn(python, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error(`no SMTP server: ${complaint}`)));
    });
    return new SmtpServer(root, port, child);
  }

  /** Whom to trust to speak to it. */
  get authorityFile(): string {
    return path.join(this.#root, 'cert.pem');
  }

  /** All that was delivered, in no order. */
  mails(): string[] {
    const folder = path.join(this.#root, 'mail', 'new');
    if (!fs.existsSync(folder)) return [];
    return fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
    fs.rmSync(this.#root, { recursive: true });
  }
}
