import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The window's pages: `app://strata/…`, a fixed list of bundled files, and nothing else of the disk. */
export const appOrigin = { protocol: 'app:', host: 'strata' } as const;
export const appAddress = 'app://strata/index.html';

/** Compared part by part: a prefix test would take `app://strata.example/` for ours. */
export function isAppAddress(address: string): boolean {
  const url = parseUrl(address);
  return url?.protocol === appOrigin.protocol && url.host === appOrigin.host;
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Path in the address → file on the disk. Read once: what is not there at the start is never served. */
export function listAppFiles(directory: string, below = ''): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true })) {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) for (const [inner, file] of listAppFiles(directory, path)) files.set(inner, file);
    else if (extname(entry.name) in types) files.set(path, join(directory, path));
  }
  return files;
}

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // The component library sets style attributes and adds style elements; scripts stay strict, and previews have a policy of their own.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  'frame-src mail-preview:',
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export async function serveApp(files: ReadonlyMap<string, string>, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const file = files.get(pathname);
  // An encoded or climbing path is not in the list, however it is written: the list is asked, never the disk.
  if (request.method !== 'GET' || !isAppAddress(request.url) || file === undefined) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(await readFile(file)), {
    headers: {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': contentPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  });
}
