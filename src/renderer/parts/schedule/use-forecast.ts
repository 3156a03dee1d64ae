import { useEffect, useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { scheduleOf, type When } from './when.ts';

export const forecastDays = 14;
export const mostRuns = 1000;
const pauseMs = 300;

/** What the engine would do by this schedule, asked once nobody has typed for a moment. The answer before stays until then. */
export function useForecast(when: When, job: JobId | null) {
  const schedule = scheduleOf(when);
  const question =
    schedule === null
      ? null
      : JSON.stringify({
          id: job,
          schedule,
          timing: when.timing,
          zone: when.zone,
          days: forecastDays,
          limit: mostRuns,
        } satisfies CallInput<'job.forecast'>);
  const settled = useSettled(question);
  const answer = useAnswer(
    settled,
    () => engine.call('job.forecast', JSON.parse(settled ?? '{}') as CallInput<'job.forecast'>),
    true,
  );
  return { ...answer, pending: answer.pending || settled !== question, isClear: schedule !== null };
}
export type Forecast = ReturnType<typeof useForecast>;

/** The first value at once, later ones when they have stood for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
