import type { ExitCode } from './exit-codes.ts';

/** Ends a command with a code after it has said all that there is to say. */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}
