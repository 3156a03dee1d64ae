import type { Failure } from '../../shared/domain/strata-error.ts';
import type { RunCommand } from '../kernel/command.ts';
import type { Web } from '../kernel/web.ts';

/** What came of it, and the end of what it said. */
export interface DeedEnd {
  readonly failure: Failure | null;
  readonly output: string;
  readonly droppedBytes: number;
}

/** What would be run or sent, to the letter; secret values are left out. */
export type Preview =
  | {
      readonly kind: 'command';
      readonly words: readonly string[];
      readonly folder: string;
      readonly environment: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'webhook';
      readonly method: string;
      readonly url: string;
      readonly headers: readonly { readonly name: string; readonly value: string | null }[];
      readonly body: string;
      readonly verifiesTls: boolean;
    };

export interface DeedPorts {
  readonly runCommand: RunCommand;
  /** @param timeoutMs Until the answer is there. */
  readonly webFor: (options: { readonly timeoutMs: number; readonly verifiesTls: boolean }) => Web;
  /** What this process was given: a few names of it are handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
}
