// Writes src/engine/format/chunker-wasm.ts: the inner loop of the chunker as WebAssembly.
// `node scripts/gen/chunker.mjs` writes the file, `--print` prints it. A test compares both.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const target = new URL('../../src/engine/format/chunker-wasm.ts', import.meta.url);

/**
 * From $at up to a border: h = (h << 1) + gear[byte]; below the threshold the chunk ends behind the byte.
 * 4, 8 or 16 bytes per turn of the loop were not faster (all 2.8 GB/s, the skipped bytes counted).
 */
const stretch = (name, border, threshold) => `
    (block $${name}End
      (loop $${name}
        (br_if $${name}End (i32.ge_u (local.get $at) (local.get ${border})))
        (local.set $h (i64.add (i64.shl (local.get $h) (i64.const 1))
          (i64.load (i32.shl (i32.load8_u (local.get $at)) (i32.const 3)))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (if (i64.lt_u (local.get $h) (local.get ${threshold}))
          (then (return (i32.sub (local.get $at) (local.get $from)))))
        (br $${name})))`;

// The gear table lies at address 0. Returns the length of the first chunk of the bytes from $from to $to.
// The caller has made sure that $from + $min < $to, and that $normal and $last lie between them, in this order.
const wat = `(module
  (memory (import "strata" "memory") 1)
  (func (export "cut")
    (param $from i32) (param $min i32) (param $normal i32) (param $last i32) (param $hard i64) (param $easy i64) (result i32)
    (local $at i32) (local $h i64)
    (local.set $at (i32.add (local.get $from) (local.get $min)))
    ${stretch('hard', '$normal', '$hard')}
    ${stretch('easy', '$last', '$easy')}
    (i32.sub (local.get $last) (local.get $from))))`;

async function generate() {
  const { parseWat } = await wabt();
  const module = parseWat('chunker.wat', wat);
  module.validate();
  const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
  const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
  return `// Made by scripts/gen/chunker.mjs from WebAssembly text; do not edit.
export const chunkerWasm =
${lines.join(' +\n')};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await generate();
  if (process.argv.includes('--print')) process.stdout.write(text);
  else writeFileSync(target, text);
}
