import { defineConfig } from '@playwright/test';
import { electronPlaces } from './scripts/setup/set-up.ts';

// So that `npx playwright test` finds the same Electron as `npm run e2e`.
Object.assign(process.env, electronPlaces());

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2, // each at a desk of its own (test/e2e/desk.ts); one leaves a third of two cores idle
  retries: process.env['CI'] ? 1 : 0, // as for the live servers (vitest.config.ts); what needed it is named at the end
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  use: { trace: 'retain-on-failure' },
});
