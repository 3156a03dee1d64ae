/** One thing that must be so before a script can do its work. */
export interface Step {
  readonly name: string;
  /** Is the result already there? Cheap: it is asked at every start. */
  isDone(): boolean;
  /** Makes it so; returns what a person may want to know about it. */
  run(): Promise<string>;
}

/**
 * Takes the steps in order and tells one line a step with its time.
 * `tell` is silent for the command line, whose standard output carries results only.
 */
export async function take(steps: readonly Step[], tell: (text: string) => void): Promise<void> {
  const began = Date.now();
  let taken = 0;
  for (const step of steps) {
    if (step.isDone()) continue;
    if (taken++ === 0) tell('Set-up\n');
    tell(`  ${step.name.padEnd(16)}… `);
    const stepBegan = Date.now();
    try {
      const remark = await step.run();
      tell(`${seconds(stepBegan).padStart(7)}  ${remark}\n`);
    } catch (error) {
      tell(`${seconds(stepBegan).padStart(7)}  failed\n`);
      throw error;
    }
  }
  if (taken === 0) tell(`Set-up: all there (${seconds(began)})\n`);
}

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
