import { spawn } from 'node:child_process';
import { root } from '../setup/folders.ts';
import { ended, script } from '../setup/process.ts';
import { nothing, type Part } from './part.ts';

/** A command that is right or wrong as a whole. */
function check(name: string, command: readonly string[]): Part {
  return {
    name,
    async run(say) {
      const [program = '', ...words] = command;
      const child = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.setEncoding('utf8').on('data', say);
      child.stderr.setEncoding('utf8').on('data', say);
      const failed = (await ended(child)) === 0 ? 0 : 1;
      return { ...nothing, passed: 1 - failed, failed };
    },
  };
}

const own = (path: string, ...words: string[]): readonly string[] => [process.execPath, `scripts/${path}`, ...words];

// The slow ones first: two run side by side.
export const checks: readonly Part[] = [
  check('Types', script('typescript/bin/tsc', '--build')),
  check('Lint', script('eslint/bin/eslint.js', '--max-warnings', '0', '.')),
  check('Dead code', script('knip/bin/knip.js')),
  check('Format', script('@biomejs/biome/bin/biome', 'format')),
  check('Boundaries', own('boundaries/check.ts')),
  check('Generated pages', own('bootstrap.mjs', 'gen', '--check')),
];
