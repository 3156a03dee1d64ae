/** A program to be run as it is written: nothing is looked up, split or filled in by anybody. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** All of it: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Aborted: it is ended as by its timeout. */
  readonly signal: AbortSignal;
}

/** How it ended. `error`: it did not begin, with the system's name for why. */
export type CommandEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'error'; readonly code: string };

export interface CommandResult {
  readonly end: CommandEnd;
  /** The end of what it wrote to both streams, in the order in which it came. */
  readonly output: Uint8Array;
  /** How much was written before that. */
  readonly droppedBytes: number;
}

export type RunCommand = (command: Command) => Promise<CommandResult>;
