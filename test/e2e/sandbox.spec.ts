import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, readFileSync } from 'node:fs';
import { electronBinary, expect, plainAppWords, startPlain, test } from './app.ts';

test.skip(process.platform !== 'linux', 'reads /proc');

/** Root has no sandbox; its tests start this one app as nobody. */
const user = process.getuid?.() === 0 ? 65_534 : undefined;

test('the page is in the sandbox of the system: no process of its own choice of calls, no new rights', async ({ profile }) => {
  if (user !== undefined) {
    const mayStart = spawnSync('test', ['-x', electronBinary()], { uid: user }).status === 0;
    test.skip(!mayStart, 'nobody cannot read the folder of this checkout');
    chownSync(profile, user, user);
  }
  const app = startPlain(plainAppWords(profile), user);
  try {
    const status = (): string | undefined => statusOfPage(profile);
    await expect.poll(status, { timeout: 15_000 }).toBeDefined();
    expect(status()).toMatch(/^Seccomp:\t2$/m); // a filter is in force
    expect(status()).toMatch(/^NoNewPrivs:\t1$/m);
  } finally {
    const ended = new Promise((settle) => app.once('exit', settle));
    app.kill('SIGTERM');
    await ended;
  }
});

/** /proc/PID/status of the page's process, found by the profile in its command line. */
function statusOfPage(profile: string): string | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (words.includes('--type=renderer') && words.includes(profile)) return readFileSync(`/proc/${pid}/status`, 'utf8');
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return undefined;
}
