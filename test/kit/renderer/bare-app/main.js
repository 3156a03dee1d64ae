// A browser and nothing more: Electron as everybody has it, with the built page behind the app's own scheme.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, protocol } from 'electron';

const page = process.env['STRATA_PAGE'] ?? '';
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2', woff: 'font/woff' };

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
async function serve(request) {
  const path = new URL(request.url).pathname;
  const file = path === '/' ? 'index.html' : path.slice(1);
  try {
    const bytes = await readFile(join(page, file));
    // The frame of a mail is a blob here; in the app it is an address of its own.
    const body = file === 'index.html' ? bytes.toString('utf8').replace('frame-src mail-preview:', 'frame-src blob:') : bytes;
    return new Response(body, { headers: { 'Content-Type': types[file.split('.').at(-1)] ?? 'application/octet-stream' } });
  } catch {
    return new Response(null, { status: 404 });
  }
}

// Not awaited: Electron is ready only when this file has ended.
void app.whenReady().then(async () => {
  protocol.handle('app', serve);
  const window = new BrowserWindow({ width: 1360, height: 860, webPreferences: { backgroundThrottling: false } });
  await window.loadURL('about:blank');
});
