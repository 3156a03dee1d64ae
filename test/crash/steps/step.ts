/** What is done to see whether somebody would notice that a step is not done. Each is a file in `trials/`. */
export type TrialName =
  | 'crash'
  | 'disk errors'
  | 'damage'
  | 'pairings'
  | 'bad memory'
  | 'lying disk'
  | 'rotten write'
  | 'two at once'
  | 'changing file'
  | 'wrong catalog'
  | 'lost pack'
  | 'taken name'
  | 'handed over'
  | 'hurried emptying'
  | 'living source'
  | 'other origin'
  | 'rotten slot'
  | 'forged record'
  | 'grown pack'
  | 'forked commit';

/** One thing that the engine does so that nothing is lost or believed, and how the engine reads without it. */
export interface Step {
  readonly name: string;
  /** From the repository's root. */
  readonly file: string;
  /** The text of the step, exactly as it is in the file, once. */
  readonly text: string;
  /** What stands there when the step is left out. */
  readonly without: string;
  readonly trial: TrialName;
  /** For trials of workloads: which. */
  readonly workload?: string;
}

/** Throws unless the step is where it is said to be. */
export function removed(source: string, { name, file, text, without }: Step): string {
  const parts = source.split(text);
  if (parts.length !== 2) {
    throw new Error(`The step "${name}" is ${parts.length - 1} times in ${file}: say in test/crash/steps what it is now.`);
  }
  return parts.join(without);
}
