import { defineConfig } from 'vitest/config';

// Of all chance in all tests, whichever process they run in.
process.env['STRATA_SEED'] ??= '1';
if (process.env['VITEST'] !== undefined) console.log(`STRATA_SEED=${process.env['STRATA_SEED']}`);

/** Real servers and windows, on a machine that a build server shares: one second try there, which the end of the run names. */
const secondTries = process.env['CI'] ? 1 : 0;

// One project per world, so that each can be run by itself: `npx vitest run --project unit`.
// A packaged app is installed and removed as a person does it: that world runs one file at a time.
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'test/{kit,suites,corpus}/**/*.test.ts'],
          // Against a test that hangs. How long one takes depends on what else the machine does, and proves nothing.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          // Each works on disks of its own, simulated or mounted; the full tier runs them side by side, too.
          maxWorkers: 2,
          // Against a test that hangs; the longest takes 140 seconds alone on two quiet cores.
          testTimeout: process.env['STRATA_TIER'] === 'full' ? 1_800_000 : 900_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          // Its server is set up by `npm run test:full` alone.
          exclude: process.env['STRATA_TIER'] === 'full' ? [] : ['test/live/sogo.test.ts'],
          // Each has servers of its own; one leaves almost half of two cores idle.
          maxWorkers: 2,
          retry: secondTries,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'packaged',
          include: ['test/packaged/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
    environment: 'node',
    setupFiles: ['test/kit/one-seed.ts'],
    // Of itself it leaves one core alone, which is half of them where there are two.
    maxWorkers: '100%',
    restoreMocks: true,
  },
});
