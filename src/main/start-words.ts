/** What the person, the system's autostart or the launcher said on the command line. */
export interface StartWords {
  /** As it was given; undefined means the default. */
  readonly profile: string | undefined;
  /** Start in the tray. */
  readonly hidden: boolean;
  /** `--strata-cli -- ARGS`: be the command line and nothing else. */
  readonly commandLine: readonly string[] | undefined;
}

/**
 * Reads only the words that are ours, wherever they stand: Electron, Chromium and the launcher put theirs among them.
 * `words` is the whole of argv; its first is the program.
 */
export function readStartWords(words: readonly string[]): StartWords {
  const dashes = words.indexOf('--');
  const ours = dashes === -1 ? words : words.slice(0, dashes);
  if (ours.includes('--strata-cli')) {
    return { profile: undefined, hidden: true, commandLine: dashes === -1 ? [] : words.slice(dashes + 1) };
  }
  return { profile: valueOf('--profile', ours), hidden: ours.includes('--hidden'), commandLine: undefined };
}

function valueOf(option: string, words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = words[index];
  if (word === undefined) return undefined;
  return (word === option ? words[index + 1] : word.slice(option.length + 1)) || undefined;
}
