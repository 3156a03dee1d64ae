/** What a person typed: after the script's name, or after `--strata-cli --` where the packaged app is the command. */
export function wordsOf(argv: readonly string[]): string[] {
  const flag = argv.indexOf('--strata-cli');
  if (flag < 0) return argv.slice(2);
  const after = argv.slice(flag + 1);
  return after[0] === '--' ? after.slice(1) : after;
}
