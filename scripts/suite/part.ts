import { seconds } from '../setup/step.ts';

/** What a part of the suite found. Every number is counted by whoever ran the tests; a check counts as one. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, each in a few lines: said once more at the end, because a build server may keep no more than that. */
  readonly failures: readonly string[];
  /** What passed at its second try only. It counts as passed, and is said at the end as something to be looked into. */
  readonly doubts: readonly string[];
}

export interface Part {
  readonly name: string;
  /** Runs the part. Whatever it says goes through `say`, or straight to the terminal where parts run one after the other. */
  run(say: (text: string) => void): Promise<Tally>;
}

/** Characters of a failure, and failures, that are said again at the end. */
const longest = 1500;
const most = 20;

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0, failures: [], doubts: [] };

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
  const whole = said.join('').trimEnd();
  if (tally.failed > 0) console.log(whole);
  console.log(
    `${tally.failed > 0 ? '✗' : '✓'} ${part.name.padEnd(20)} ${inWords(tally).padEnd(34)} ${seconds(began).padStart(8)}`,
  );
  const failures = tally.failed > 0 && tally.failures.length === 0 ? [whole.slice(-longest)] : tally.failures;
  const named = (texts: readonly string[]): string[] => texts.map((text) => `${part.name}: ${text}`);
  return { ...tally, failures: named(failures), doubts: named(tally.doubts) };
}

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
  doubts: [...a.doubts, ...b.doubts],
});

/** What failed and what passed at its second try only, in the room that the end of a log has for them. */
export const inShort = ({ failures, doubts }: Tally): string =>
  [...listed('What failed:', '✗', failures), ...listed('Passed at the second try only, to be looked into:', '?', doubts)].join(
    '\n',
  );

function listed(title: string, mark: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const shown = texts.slice(0, most).map((text) => (text.length > longest ? `${text.slice(0, longest)}…` : text));
  const rest = texts.length > most ? [`and ${texts.length - most} more`] : [];
  return ['', title, ...[...shown, ...rest].map((text) => `${mark} ${text}`)];
}

/** The form that the build server reads as a test result. */
export const inWords = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
