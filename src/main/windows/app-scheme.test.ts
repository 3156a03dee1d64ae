import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppAddress, listAppFiles, serveApp } from './app-scheme.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'strata-page-'));
  mkdirSync(join(directory, 'page', 'assets'), { recursive: true });
  writeFileSync(join(directory, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(directory, 'page', 'assets', 'a.js'), 'export {};');
  writeFileSync(join(directory, 'page', 'assets', 'a.js.map'), '{}');
  writeFileSync(join(directory, 'secret.html'), 'secret');
});
afterAll(() => rmSync(directory, { recursive: true }));

const get = (address: string, method = 'GET'): Promise<Response> =>
  serveApp(listAppFiles(join(directory, 'page')), new Request(address, { method }));

describe('app://strata', () => {
  it('serves the bundled files with their type and the policy', async () => {
    const page = await get('app://strata/index.html?at=2026#/browse');
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self';");
    expect(page.headers.get('Content-Security-Policy')).not.toMatch(/script-src[^;]*unsafe|default-src '(?!none)/);
    expect(await (await get('app://strata/assets/a.js')).text()).toBe('export {};');
  });

  it.each([
    'app://strata/../secret.html',
    'app://strata/%2e%2e/secret.html',
    'app://strata/..%2fsecret.html',
    'app://strata/assets%2fa.js',
    'app://strata/assets/../../secret.html',
    'app://strata//index.html',
    'app://strata/assets/a.js.map',
    'app://strata/',
    'app://other/index.html',
    'app://strata.example/index.html',
  ])('serves nothing for %s', async (address) => {
    expect((await get(address)).status).toBe(404);
  });

  it('answers no other method than GET', async () => {
    expect((await get('app://strata/index.html', 'POST')).status).toBe(404);
  });

  it('is told from what only begins like it', () => {
    expect(isAppAddress('app://strata/index.html#/runs')).toBe(true);
    for (const other of [
      'app://strata.example/',
      'app://user@strata.example/',
      'https://strata/',
      'mail-preview://strata/',
      'app:strata',
      '',
    ])
      expect(isAppAddress(other)).toBe(false);
  });
});
