import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { nowMs } from './sample-setup.ts';
import type { WorldName } from './world.ts';

const root = resolve(import.meta.dirname, '../../..');
const built = join(root, '.cache/renderer-kit');

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly locale?: string;
  readonly world?: WorldName;
  /** Off: progress stands still, so that pictures can be compared. */
  readonly live?: boolean;
  readonly contrast?: 'more';
  readonly reducedMotion?: boolean;
}

/** The page and the stand-in for everything behind it, each as it would be shipped. */
export async function buildWindow(): Promise<void> {
  await build({
    root: join(root, 'src/renderer'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(built, 'page'),
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
    },
  });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: join(built, 'shell'),
      emptyOutDir: true,
      target: 'chrome130',
      lib: {
        entry: join(import.meta.dirname, 'fake-shell.ts'),
        name: 'strataFakeShell',
        formats: ['iife'],
        fileName: () => 'fake-shell.js',
      },
    },
  });
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  woff: 'font/woff',
  svg: 'image/svg+xml',
};

async function serve(context: BrowserContext): Promise<void> {
  await context.route('http://window.test/**', async (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = path === '/' ? 'index.html' : path.slice(1);
    const bytes = await readFile(join(built, 'page', file)).catch(() => null);
    if (bytes === null) return route.fulfill({ status: 404 });
    // The frame of a mail is a blob here; in the app it is an address of its own.
    const body = file === 'index.html' ? bytes.toString('utf8').replace('frame-src mail-preview:', 'frame-src blob:') : bytes;
    return route.fulfill({ body, contentType: types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream' });
  });
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['STRATA_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

export async function openWindow(browser: Browser, options: WindowOptions = {}): Promise<Page> {
  const { width = 1360, height = 860, scheme = 'light', locale = 'en-GB', world = 'rich', live = true } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    timezoneId: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(options.contrast ? { contrast: options.contrast } : {}),
    ...(options.reducedMotion ? { reducedMotion: 'reduce' } : {}),
  });
  await serve(context);
  const page = await context.newPage();
  await page.clock.setFixedTime(nowMs);
  await page.addInitScript((settings) => Object.assign(window, { strataWorld: settings }), { name: world, locale, live });
  await page.addInitScript({ path: join(built, 'shell/fake-shell.js') });
  await page.goto('http://window.test/');
  return page;
}
