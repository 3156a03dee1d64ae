// What needs types or an own opinion. Formatting is Biome's, imports between rooms are scripts/boundaries'.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { noLooseText } from './scripts/lint/no-loose-text.js';

const tests = ['**/*.test.{ts,tsx}', '**/testing/**', 'test/**'];

/** One entry of no-restricted-syntax: what is banned, and what to write instead. */
const ban = (selector, message) => ({ selector, message });

const useClock = 'The engine has no clock of its own: take the kernel port Clock, so that a test can turn it.';
const clockAndChance = [
  ban("MemberExpression[object.name='Date'][property.name='now']", useClock),
  ban("MemberExpression[object.name='performance'][property.name='now']", useClock),
  ban("NewExpression[callee.name='Date'][arguments.length=0]", useClock),
  ban("CallExpression[callee.name='Date']", useClock),
  ban('CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]', useClock),
  ban("MemberExpression[object.name='globalThis'][property.name=/^(setTimeout|setInterval|setImmediate)$/]", useClock),
  ban(
    "MemberExpression[object.name='Math'][property.name='random']",
    'The engine draws from the kernel port Random, so that a test can repeat the draw.',
  ),
];
const ownIpcMain = ban(
  ":matches(ImportSpecifier[imported.name='ipcMain'], MemberExpression[property.name='ipcMain'])",
  'Only src/main/bridge speaks to ipcMain: it checks who speaks and parses what was said.',
);
const ownIpcRenderer = ban(
  ":matches(ImportSpecifier[imported.name='ipcRenderer'], MemberExpression[property.name='ipcRenderer'])",
  'Only src/preload speaks to ipcRenderer; screens use src/renderer/client.',
);

const without = (names, message) => names.map((name) => ({ name, message }));
const noFilesNoTimers = [
  ...without(
    ['fs', 'fs/promises', 'node:fs', 'node:fs/promises'],
    'The engine reads and writes through the kernel port FileSystem, so that a test can break it.',
  ),
  ...without(['timers', 'timers/promises', 'node:timers', 'node:timers/promises'], useClock),
];

export default defineConfig(
  { ignores: ['out/', 'dist/', '.cache/', 'coverage/', 'test-results/', 'test/golden/', '**/*.cjs'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      // A default branch that ends in assertNever is as good as naming every case.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 600 }],
      'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
      'no-empty': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['src/**/*.{ts,tsx}'], rules: { 'no-restricted-syntax': ['error', ownIpcMain, ownIpcRenderer] } },
  { files: ['src/main/bridge/**'], rules: { 'no-restricted-syntax': ['error', ownIpcRenderer] } },
  { files: ['src/preload/**'], rules: { 'no-restricted-syntax': ['error', ownIpcMain] } },
  {
    files: ['src/engine/**/*.ts'],
    ignores: ['src/engine/kernel/**', ...tests],
    rules: {
      'no-restricted-syntax': ['error', ownIpcMain, ownIpcRenderer, ...clockAndChance],
      'no-restricted-imports': ['error', { paths: noFilesNoTimers }],
    },
  },
  {
    files: ['src/renderer/**/*.tsx'],
    ignores: tests,
    plugins: { strata: { rules: { 'no-loose-text': noLooseText } } },
    rules: { 'strata/no-loose-text': 'error' },
  },
  {
    files: tests,
    rules: {
      // Whole scenarios read best in one piece.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // vitest's matchers inside an expected value are of type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
);
