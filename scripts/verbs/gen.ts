// `npm run gen`: writes what is made from code: the pages of docs/reference, and whatever the scripts of scripts/gen make.
// `--check` writes nothing and fails when one is out of date.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup/folders.ts';
import { show } from '../setup/process.ts';
import { setUp } from '../setup/set-up.ts';

export async function run(words: readonly string[]): Promise<number> {
  const isCheck = words.includes('--check');
  if (!isCheck) await setUp([]);
  // Loaded only now: the contract needs the packages.
  const { contractPage } = await import('../pages/contract.ts');
  const { errorCodesPage } = await import('../pages/error-codes.ts');
  const { setupSchemaPage } = await import('../pages/setup-schema.ts');
  const pages: Readonly<Record<string, string>> = {
    'docs/reference/contract.md': contractPage(),
    'docs/reference/error-codes.md': errorCodesPage(),
    'docs/reference/setup.schema.json': setupSchemaPage(),
  };
  const stale = Object.entries(pages).filter(([path, text]) => readIfThere(join(root, path)) !== text);
  if (isCheck) {
    for (const [path] of stale) console.error(`${path} is out of date: npm run gen`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const [path, text] of stale) write(join(root, path), text);
  // What these write has a test beside it, which tells when it is out of date.
  for (const maker of globSync('scripts/gen/*.mjs', { cwd: root })) await show([process.execPath, maker]);
  console.log(stale.length === 0 ? 'All pages were up to date.' : stale.map(([path]) => `Wrote ${path}.`).join('\n'));
  return 0;
}

const readIfThere = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
