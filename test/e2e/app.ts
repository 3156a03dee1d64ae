import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput } from '../../src/shared/contract/calls.ts';
import { test as base } from './desk.ts';

const root = resolve(import.meta.dirname, '../..');
/** The built app: the checkout, or the folder that holds another build of it. */
const appDir = process.env['STRATA_APP_DIR'] ?? root;

/** The Electron that the set-up found; playwright.config.ts puts it into the environment. */
export function electronBinary(): string {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (folder === undefined) throw new Error('no Electron: run `npm run e2e`, which sets it up');
  if (process.platform === 'darwin') return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** Chromium refuses to be root inside its sandbox. */
export const rootSwitches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

interface Started {
  readonly app: ElectronApplication;
  /** The window's page, once there is one. */
  page(): Promise<Page>;
}

interface Fixtures {
  readonly profile: string;
  /** Starts the app with this profile. Ended after the test, however it behaves. */
  readonly start: (...words: string[]) => Promise<Started>;
  readonly app: ElectronApplication;
  readonly page: Page;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  profile: async ({}, use) => {
    const profile = realpathSync(mkdtempSync(join(tmpdir(), 'strata-e2e-')));
    await use(profile);
    rmSync(profile, { recursive: true, force: true });
  },
  start: async ({ profile }, use) => {
    const started: ChildProcess[] = [];
    await use(async (...words) => {
      const app = await _electron.launch({
        executablePath: electronBinary(),
        args: [...rootSwitches, appDir, '--profile', profile, ...words],
        env: environment(),
      });
      started.push(app.process()); // asked for now: Playwright forgets it with the app
      return { app, page: () => app.firstWindow() };
    });
    for (const main of started) await end(main);
  },
  app: async ({ start }, use) => use((await start()).app),
  page: async ({ app }, use) => {
    const page = await app.firstWindow();
    await page.waitForLoadState('load');
    await use(page);
  },
});
export { expect };

function environment(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return { STRATA_KEYCHAIN: 'off', LANG: 'en_US.UTF-8', ...(env as Record<string, string>) };
}

/** Asks it to end, and does not wait for ever. */
async function end(main: ChildProcess): Promise<void> {
  if (main.exitCode !== null || main.signalCode !== null) return;
  const gone = new Promise<void>((settle) => main.once('exit', () => settle()));
  main.kill('SIGTERM');
  const timer = setTimeout(() => main.kill('SIGKILL'), 8_000);
  await gone;
  clearTimeout(timer);
}

/** Starts the app beside Playwright: to see how it ends by itself, or as another user. */
export function startPlain(words: readonly string[], user?: number): ChildProcessByStdio<null, null, Readable> {
  const switches = user === undefined ? rootSwitches : [];
  const who = user === undefined ? {} : { uid: user, gid: user };
  return spawn(electronBinary(), [...switches, ...words], { env: environment(), stdio: ['ignore', 'ignore', 'pipe'], ...who });
}
export const plainAppWords = (profile: string): string[] => [appDir, '--profile', profile];

export function exitCodeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((settle) => child.once('exit', (code) => settle(code)));
}

/** Asks the app to end, and waits until it has. */
export async function quit(main: ChildProcess): Promise<void> {
  const ended = exitCodeOf(main);
  main.kill('SIGTERM');
  await ended;
}

/** The process in which the engine runs; undefined while there is none. */
export function enginePid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(({ app: main }) => main.getAppMetrics().find((metric) => metric.name === 'Strata engine')?.pid);
}

/**
 * A call through a port that the page asks for, as its own client does: through the preload, the main process and the engine's process.
 * Fails after ten seconds without an answer.
 */
export async function callFromPage<Name extends CallName>(
  page: Page,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const answer = await page.evaluate(
    ([callName, callInput]) =>
      new Promise<unknown>((settle, refuse) => {
        setTimeout(() => refuse(new Error(`no answer to ${callName}`)), 10_000);
        // Far from the numbers of the page's own client, which may be handed the same port.
        const id = 900_000_000 + Math.floor(Math.random() * 1_000_000);
        window.addEventListener('message', function hear(event) {
          const [port] = event.ports;
          if (event.data !== 'strata-engine-port' || !port) return;
          port.addEventListener('message', (message) => {
            const data = message.data as { id: number; type: string; value: unknown; failure: { code: string } };
            if (data.id !== id) return;
            // A call that was answered must not be made again through the port of the next.
            window.removeEventListener('message', hear);
            if (data.type === 'reply') settle(data.value);
            if (data.type === 'refusal') refuse(new Error(data.failure.code));
          });
          port.start();
          port.postMessage({ type: 'hello', protocol: 1 });
          port.postMessage({ type: 'call', id, name: callName, input: callInput });
        });
        (window as unknown as { strata: { ready(): void } }).strata.ready();
      }),
    [name, input] as const,
  );
  return answer as CallOutput<Name>;
}
