import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The targets are those of the oldest runtime that development and tests may use (Electron 33: Node 20.18, Chrome 130).
// Without them the build follows the installed electron package and may use syntax that this runtime cannot read.
const node = 'node20.18';
const chrome = 'chrome130';

const source = (path: string): string => resolve(import.meta.dirname, 'src', path);

// What is under `dependencies` holds native code and stays outside; everything else becomes part of the bundle.
export default defineConfig({
  main: {
    build: {
      target: node,
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          'engine-host': source('engine-host/utility.ts'),
          'packer-worker': source('engine/packer-worker.ts'),
          'catalog-worker': source('engine/catalog-worker.ts'),
          'reader-worker': source('engine/reader-worker.ts'),
          'text-worker': source('engine/text-worker.ts'),
          cli: source('cli/index.ts'),
        },
        // Every command reads all of it: without comments and white space it is half as long. Names stay, for whoever reads a trace.
        output: { minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } } },
      },
    },
  },
  preload: {
    build: {
      target: node,
      sourcemap: true,
      externalizeDeps: false, // a sandboxed preload cannot require a package
      rolldownOptions: {
        input: { index: source('preload/index.ts'), tray: source('preload/tray.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // nor can it be an ES module
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [react()],
    build: {
      target: chrome,
      minify: true,
      sourcemap: true,
      assetsInlineLimit: 0, // the content security policy allows no data: addresses
      modulePreload: { polyfill: false }, // an inline script, which the policy forbids
      rolldownOptions: { input: { index: source('renderer/index.html'), tray: source('renderer/tray.html') } },
    },
  },
});
