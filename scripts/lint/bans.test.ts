import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';
import { noLooseText } from './no-loose-text.js';

/** The rules that need no types, as eslint.config.js has them for a file, asked about one piece of code. */
async function complaints(file: string, code: string): Promise<readonly (string | null)[]> {
  const config = (await new ESLint().calculateConfigForFile(file)) as Linter.Config;
  const rules = Object.entries(config.rules ?? {}).filter(([name]) => /^(no-restricted|strata\/)/.test(name));
  const messages = new Linter().verify(
    code,
    {
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { strata: { rules: { 'no-loose-text': noLooseText } } },
      rules: Object.fromEntries(rules),
    },
    file,
  );
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

it.each([
  'const now = Date.now();',
  'const now = new Date();',
  'const now = Date();',
  'const now = performance.now();',
  'const chance = Math.random();',
  'setTimeout(work, 1);',
  'globalThis.setInterval(work, 1);',
  "import { readFile } from 'node:fs/promises';",
  "import fs from 'fs';",
  "import { setTimeout as sleep } from 'node:timers/promises';",
])('keeps the engine from going past its ports: %s', async (code) => {
  expect(await complaints('src/engine/backup/cycle.ts', code)).toHaveLength(1);
  expect(await complaints('src/engine/kernel/system-clock.ts', code)).toEqual([]);
  expect(await complaints('src/engine/backup/cycle.test.ts', code)).toEqual([]);
});

it('lets the engine read a time that it was given', async () => {
  expect(await complaints('src/engine/backup/cycle.ts', 'const then = new Date(timeMs).getTime();')).toEqual([]);
});

it.each([
  ["import { ipcMain } from 'electron';", 'src/main/bridge/bridge.ts', 'src/main/windows/window.ts'],
  ["import { ipcRenderer } from 'electron';", 'src/preload/index.ts', 'src/main/bridge/bridge.ts'],
  ["import electron from 'electron'; electron.ipcMain.on('a', b);", 'src/main/bridge/bridge.ts', 'src/main/index.ts'],
])('keeps messages between processes in one place: %s', async (code, allowed, forbidden) => {
  expect(await complaints(allowed, code)).toEqual([]);
  expect(await complaints(forbidden, code)).toHaveLength(1);
});

it.each([
  '<p>Saved</p>',
  "<p>{'Saved'}</p>",
  '<p>{`Saved`}</p>',
  '<input placeholder="Name" />',
  "<button aria-label={'Close'} />",
])('keeps loose words out of the window: %s', async (jsx) => {
  expect(await complaints('src/renderer/screens/home.tsx', `const x = ${jsx};`)).toEqual(['strata/no-loose-text']);
});

it.each(['<p>{t("saved")}</p>', '<p> · </p>', '<p className="Saved">{size} %</p>', '<p>{count}×</p>'])(
  'leaves alone what is no word: %s',
  async (jsx) => {
    expect(await complaints('src/renderer/screens/home.tsx', `const x = ${jsx};`)).toEqual([]);
  },
);
