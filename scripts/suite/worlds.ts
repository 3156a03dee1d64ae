import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cache, root } from '../setup/folders.ts';
import { script, show } from '../setup/process.ts';
import type { Part, Tally } from './part.ts';

const results = join(cache, 'results');
/** No world may hang for ever: the longest takes little more than half of this on two quiet cores. */
const timeout = 50 * 60_000;

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly file: string;
    readonly line: number;
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
}

/** A project of vitest.config.ts. */
export function world(
  name: string,
  project: string,
  words: readonly string[] = [],
  options: { readonly env?: NodeJS.ProcessEnv; readonly timeout?: number; readonly report?: string } = {},
): Part {
  return {
    name,
    async run() {
      const report = freshReport(options.report ?? project);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const code = await show(script('vitest/vitest.mjs', 'run', '--project', project, ...reporters, ...words), {
        timeout,
        ...options,
        // Only now: the desk of the tests has its own display and bus.
        env: { ...process.env, ...options.env },
      });
      const counted = read<VitestReport>(report);
      return honest(code, {
        passed: counted?.numPassedTests ?? 0,
        failed: counted?.numFailedTests ?? 0,
        skipped: (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0),
        failures: counted?.testResults.flatMap(failuresOfFile) ?? [],
        doubts: counted?.testResults.flatMap(doubtsOfFile) ?? [],
      });
    },
  };
}

/** The app through Playwright. */
export function endToEnd(words: readonly string[] = []): Part {
  return {
    name: 'End to end',
    async run() {
      const report = freshReport('e2e');
      const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
      const code = await show(script('@playwright/test/cli.js', 'test', '--reporter=list,json', ...words), { env, timeout });
      const counted = read<PlaywrightReport>(report);
      const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = counted?.stats ?? {};
      const told = (status: string): string[] => counted?.suites.flatMap((suite) => testsOfSuite(suite, status)) ?? [];
      return honest(code, {
        passed: expected + flaky,
        failed: unexpected,
        skipped,
        failures: told('unexpected'),
        doubts: told('flaky'),
      });
    },
  };
}

type TestFile = VitestReport['testResults'][number];

function failuresOfFile(file: TestFile): string[] {
  const failed = file.assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && file.status === 'failed') return [`${relative(root, file.name)}: ${file.message}`];
  return failed.map((test) => inFile(file, test));
}

/** A test that passed says what went wrong only if that was not its first try. */
const doubtsOfFile = (file: TestFile): string[] =>
  file.assertionResults
    .filter((test) => test.status === 'passed' && test.failureMessages.length > 0)
    .map((test) => inFile(file, test));

const inFile = ({ name }: TestFile, { fullName, failureMessages }: TestFile['assertionResults'][number]): string =>
  `${relative(root, name)} › ${fullName}\n${failureMessages.join('\n')}`;

function testsOfSuite({ suites = [], specs }: PlaywrightSuite, wanted: string): string[] {
  const such = specs.filter(({ tests }) => tests.some(({ status }) => status === wanted));
  const told = such.map(({ file, line, title, tests }) => {
    const messages = tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []));
    return `${file}:${line} › ${title}\n${messages.join('\n')}`;
  });
  return [...told, ...suites.flatMap((suite) => testsOfSuite(suite, wanted))];
}

/** A runner can fail without a failed test: a file that does not load, an error that nobody caught, no test at all. */
function honest(code: number, tally: Tally): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function freshReport(name: string): string {
  mkdirSync(results, { recursive: true });
  const path = join(results, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

/** Undefined when the runner died before it wrote one; its exit code tells that. */
function read<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
