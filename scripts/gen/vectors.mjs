// Writes the golden vectors that are not there yet: `node scripts/gen/vectors.mjs`. What is there stays as it is for ever,
// because storages out there were written so; a vector that no longer fits is a bug in the code.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { openSodium } from '../../src/engine/crypto/index.ts';
import { computeVectors } from '../../src/engine/crypto/testing/vectors.ts';

const folder = new URL('../../test/golden/vectors/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, value] of Object.entries(await computeVectors(await openSodium()))) {
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file)) continue;
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  console.log(`${name}.json`);
}
