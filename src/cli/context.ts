import type { Client } from '../shared/contract/client.ts';
import { fill, type Language } from '../shared/words/say.ts';
import { cliWords, type CliWord } from '../shared/words/cli.ts';
import type { Facts } from '../shared/domain/strata-error.ts';
import { type Formats, formatsFor } from './output/formats.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly yes?: boolean;
  readonly progress?: string;
  readonly passwordFile?: string;
  readonly passwordStdin?: boolean;
  readonly recoveryKeyFile?: string;
  readonly mirrorPasswordFile?: string;
  readonly secretFile?: string;
  readonly secretStdin?: boolean;
}

/** What a command works with: the contract's client, and the two streams. Results go to `print`, everything else to `tell`. */
export interface Context {
  readonly client: Client;
  readonly options: GlobalOptions;
  readonly language: Language;
  readonly formats: Formats;
  /** A sentence of the command line in the reader's language. */
  say(word: CliWord, facts?: Facts): string;
  /** A result: standard output. */
  print(text: string): void;
  /** One JSON document. */
  printJson(value: unknown): void;
  /** Progress, warnings: standard error; nothing with `--quiet`. */
  tell(text: string): void;
}

export function createContext(client: Client, options: GlobalOptions, language: Language): Context {
  const words = cliWords[language];
  return {
    client,
    options,
    language,
    formats: formatsFor(language),
    say: (word, facts = {}) => fill(words[word], facts),
    print: (text) => void process.stdout.write(`${text}\n`),
    printJson: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    tell(text) {
      if (!options.quiet) process.stderr.write(`${text}\n`);
    },
  };
}
