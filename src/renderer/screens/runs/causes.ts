import type { RunRecord } from '../../state/index.ts';
import { grouped } from '../../parts/grouped.ts';

type Problem = RunRecord['problems'][number];

/** Problems with one reason. What repairs one repairs all. */
export interface Cause {
  readonly code: Problem['failure']['code'];
  /** Newest last. */
  readonly problems: readonly [Problem, ...Problem[]];
  /** Folders that it concerns, each once. */
  readonly places: readonly string[];
}

/** The most frequent first: it is what a person wants to be rid of. */
export function causesOf(problems: readonly Problem[]): readonly Cause[] {
  const groups = grouped(problems, ({ failure }) => failure.code);
  return [...groups]
    .flatMap(([code, found]): Cause[] => {
      const [first, ...rest] = found.sort((a, b) => a.atMs - b.atMs);
      if (!first) return [];
      const places = new Set(
        found
          .map(({ source, folder }) => [source, folder].filter((part) => part !== '').join('/'))
          .filter((place) => place !== ''),
      );
      return [{ code, problems: [first, ...rest], places: [...places] }];
    })
    .sort((a, b) => b.problems.length - a.problems.length);
}
