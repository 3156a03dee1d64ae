import { seconds } from '../setup/step.ts';

/** What a part of the suite found. Every number is counted by whoever ran the tests; a check counts as one. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Part {
  readonly name: string;
  /** Runs the part. Whatever it says goes through `say`, or straight to the terminal where parts run one after the other. */
  run(say: (text: string) => void): Promise<Tally>;
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** Runs the parts, `atOnce` of them side by side, and goes on after a failure: a person wants to know all of it. */
export async function runParts(parts: readonly Part[], atOnce: number): Promise<Tally> {
  const waiting = parts.values();
  let total = nothing;
  const lane = async (): Promise<void> => {
    for (const part of waiting) {
      const tally = await runPart(part); // before the sum is read: the other lane adds meanwhile
      total = add(total, tally);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return total;
}

async function runPart(part: Part): Promise<Tally> {
  const began = Date.now();
  const said: string[] = [];
  const tally = await part
    .run((text) => said.push(text))
    .catch((error: unknown): Tally => {
      said.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { ...nothing, failed: 1 };
    });
  if (tally.failed > 0) console.log(said.join('').trimEnd());
  console.log(
    `${tally.failed > 0 ? '✗' : '✓'} ${part.name.padEnd(20)} ${inWords(tally).padEnd(34)} ${seconds(began).padStart(8)}`,
  );
  return tally;
}

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The form that the build server reads as a test result. */
export const inWords = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
