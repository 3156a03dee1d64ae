import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../../..');
/** Workers of one run build at the same time. */
const built = join(root, '.cache/renderer-kit', process.env['TEST_PARALLEL_INDEX'] ?? '0');

/** The built page, and the script that stands in for everything behind it. */
export const pageDir: string = join(built, 'page');
export const fakeShell: string = join(built, 'shell/fake-shell.js');

/** Each as it would be shipped. */
export async function buildWindow(): Promise<void> {
  await build({
    root: join(root, 'src/renderer'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: pageDir,
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
