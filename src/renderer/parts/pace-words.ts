import type { Pace } from '../state/index.ts';
import { useFormat, useWords } from '../words/index.ts';

export interface PaceWords {
  /** `62%`; null while it is still being counted. */
  readonly percent: string | null;
  readonly rate: string | null;
  /** `about 3 min left`, `at least 4 min left`; null when nobody can tell. */
  readonly left: string | null;
}

export function usePaceWords(): (pace: Pace) => PaceWords {
  const t = useWords();
  const format = useFormat();
  return ({ share, bytesPerSecond, left }) => ({
    percent: share === null ? null : format.percent(share),
    rate: bytesPerSecond === null ? null : format.rate(bytesPerSecond),
    left: left === null ? null : t(`parts.left.${left.kind}`, { time: format.roughly(left.ms) }),
  });
}
