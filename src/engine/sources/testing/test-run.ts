import type { Problem } from '../../../shared/domain/run.ts';
import { fakeClock } from '../../../../test/kit/fake-clock.ts';
import { silentLog } from '../../kernel/log.ts';
import type { RunContext } from '../../kernel/run-context.ts';

/** A run for tests: it collects what is reported, and `stop` cancels it. */
export interface TestRun extends RunContext {
  readonly problems: Problem[];
  stop(): void;
}

export function testRun(): TestRun {
  const controller = new AbortController();
  const problems: Problem[] = [];
  const ignore = (): void => undefined;
  return {
    signal: controller.signal,
    finishSoon: new AbortController().signal,
    clock: fakeClock(),
    log: silentLog,
    problems,
    stop: () => controller.abort(),
    progress: {
      phase: ignore,
      total: ignore,
      done: ignore,
      stored: ignore,
      current: ignore,
      waiting: ignore,
      count: ignore,
      problem: (problem) => void problems.push(problem),
    },
  };
}
