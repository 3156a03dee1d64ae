import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';

export const folder = resolve('dist/linux-unpacked');
export const binary = join(folder, 'strata-desktop');

/** As a person has it: nothing that leads the app to our own runtime, database or packages. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const ours = /^(STRATA_|ELECTRON_|NODE_|npm_|VITEST)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))), ...more };
}

export const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The installed app's own `strata`. */
export async function strata(environment: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(join(folder, 'bin', 'strata'), words, { env: environment });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}

export interface Window {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * Opens the app and connects to its page through Chromium's own port. Playwright's Electron launcher wants Node's inspector,
 * which a fuse has closed for ever.
 */
export async function openWindow(profile: string): Promise<Window> {
  const words = [...sandbox, '--remote-debugging-port=0', `--profile=${profile}`];
  const app = spawn(binary, words, { env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
  const browser = await chromium.connectOverCDP(await debuggingAddress(app));
  return { page: await firstPage(browser), close: () => end(app, browser) };
}

function debuggingAddress(app: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    app.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) done(address);
    });
    app.once('error', fail);
    app.once('exit', (code) => fail(new Error(`the app ended with ${code} before it opened its port:\n${said}`)));
  });
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('the app has no browser context');
  return context.pages()[0] ?? context.waitForEvent('page');
}

/** A main process that shows an error dialog ignores SIGTERM. */
async function end(app: ChildProcess, browser: Browser): Promise<void> {
  const exit = once(app, 'exit');
  app.kill('SIGTERM');
  const force = setTimeout(() => app.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(force);
  await browser.close();
}
