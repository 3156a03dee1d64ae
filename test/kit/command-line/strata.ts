import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  /** As it came, where it is no text. */
  readonly bytes: Buffer;
  readonly err: string;
  /** The one JSON document that `--json` prints. */
  json<Value>(): Value;
}

export const password = 'granite otter ferry cobalt';

/** What `npm test` has built (scripts/verbs/test.ts), else the sources as they are now, which takes each command a second longer. */
const entry = process.env['STRATA_BUILT_CLI'] ?? path.resolve(import.meta.dirname, '../../../src/cli/index.ts');

/** The command line as a person has it: a process of its own, with a profile of its own and no keychain. */
export class Strata {
  readonly profile: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(profile: string, environment: Readonly<Record<string, string>> = {}) {
    this.profile = profile;
    this.#environment = environment;
  }

  /** With a running process in hand, so that a test can kill it, or stop listening to it. */
  start(
    words: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): {
    readonly kill: (signal: NodeJS.Signals) => void;
    readonly stopListening: () => void;
    /** Waits for what it says on standard error while it runs; fails when it ends without having said it. */
    readonly told: (pattern: RegExp) => Promise<RegExpExecArray>;
    readonly answer: Promise<Answer>;
  } {
    const child = spawn(process.execPath, [entry, ...words], {
      env: {
        ...process.env,
        LANG: 'en',
        LC_ALL: 'en',
        STRATA_PROFILE: this.profile,
        STRATA_KEYCHAIN: 'off',
        STRATA_PASSWORD: password,
        STRATA_DEBUG: '1',
        NODE_NO_WARNINGS: '1',
        // Reading hundreds of sources takes longer than most commands.
        NODE_COMPILE_CACHE: path.resolve(import.meta.dirname, '../../../.cache/compiled'),
        ...this.#environment,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
    const answer = new Promise<Answer>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        const bytes = Buffer.concat(out);
        const text = bytes.toString();
        resolve({ code, out: text, bytes, err: Buffer.concat(err).toString(), json: () => JSON.parse(text) as never });
      });
    });
    const stopListening = (): void => {
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const told = (pattern: RegExp): Promise<RegExpExecArray> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(Buffer.concat(err).toString());
          if (found !== null) resolve(found);
        };
        child.stderr.on('data', look);
        child.on('close', () => reject(new Error(`it never said ${pattern}: ${Buffer.concat(err).toString()}`)));
        look();
      });
    return { told, kill: (signal) => void child.kill(signal), stopListening, answer };
  }

  async run(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.start(words, more).answer;
  }

  /** Fails the test unless it ended with 0. */
  async ok(...words: string[]): Promise<Answer> {
    const answer = await this.run(words);
    if (answer.code !== 0) throw new Error(`strata ${words.join(' ')}: exit ${answer.code}\n${answer.err}${answer.out}`);
    return answer;
  }
}
