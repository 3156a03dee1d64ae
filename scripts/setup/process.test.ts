import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { record, show } from './process.ts';

const node = (code: string): readonly string[] => [process.execPath, '-e', code];

it('gives the exit code of a command, and of a signal as a shell does', async () => {
  expect(await show(node('process.exitCode = 7'))).toBe(7);
  expect(await show(node('process.kill(process.pid, "SIGKILL")'))).toBe(137);
});

it.skipIf(process.platform === 'win32')('passes a signal on to the command, waits for it, and ends with it', async () => {
  const module = resolve(import.meta.dirname, 'process.ts');
  const command = 'process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready")';
  const code = `import { show } from ${JSON.stringify(module)}; await show([process.execPath, '-e', ${JSON.stringify(command)}]); process.exit(0);`;
  const outer = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(outer.stdout, 'data');
  outer.kill('SIGTERM');
  expect(await once(outer, 'exit')).toEqual([9, null]);
});

it('tells the reason of a failed step without colours and stacks', async () => {
  const failing = node('console.error("\\u001b[31mno such table\\u001b[0m\\n    at somewhere (file.js:1:1)"); process.exit(3)');
  await expect(record('process-test', failing)).rejects.toThrow(/ended with 3:\nno such table\n\(whole output: /);
});
