import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { Catalog } from '../catalog.ts';
import { openCatalog } from '../open-catalog.ts';

export const testKey = '0123456789abcdef'.repeat(4);
export const testFiles = new NodeFileSystem();

/** Is gone when the test is over. */
export function testDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'strata-catalog-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** An empty catalog of its own for one test. */
export function openTestCatalog(): Catalog {
  const catalog = openCatalog({ path: path.join(testDirectory(), 'catalog.sqlite'), key: testKey, files: testFiles });
  onTestFinished(() => catalog.close());
  return catalog;
}

/** For a test that needs one after the other. */
export function withCatalog(use: (catalog: Catalog) => void): void {
  const directory = mkdtempSync(path.join(tmpdir(), 'strata-catalog-'));
  const catalog = openCatalog({ path: path.join(directory, 'catalog.sqlite'), key: testKey, files: testFiles });
  try {
    use(catalog);
  } finally {
    catalog.close();
    rmSync(directory, { recursive: true });
  }
}
