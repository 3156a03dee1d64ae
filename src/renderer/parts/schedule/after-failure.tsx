import { NumberInput } from '@mantine/core';
import type { Timing } from '../../../shared/domain/schedule.ts';
import { useWords } from '../../words/index.ts';
import { LengthField } from './length-field.tsx';

interface Props {
  readonly timing: Timing;
  readonly onChange: (timing: Partial<Timing>) => void;
}

const dayMs = 86_400_000;
const isDay = (ms: number): boolean => ms >= 0 && ms <= dayMs;

/** Delay, tries, and what counts for a time. */
export function AfterFailure({ timing: { delayMs, retries, retryPauseMs, enoughMs }, onChange }: Props) {
  const t = useWords();
  return (
    <>
      <LengthField
        label={t('schedule.conditions.delay')}
        value={delayMs}
        isWrong={!isDay(delayMs)}
        error={t('schedule.conditions.lengthInvalid')}
        onChange={(ms) => onChange({ delayMs: ms })}
      />
      <NumberInput
        label={t('schedule.conditions.retries')}
        min={0}
        max={32}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        value={Number.isNaN(retries) ? '' : retries}
        onChange={(count) => onChange({ retries: typeof count === 'number' ? count : Number.NaN })}
      />
      {retries > 0 && (
        <LengthField
          label={t('schedule.conditions.retryPause')}
          description={t('schedule.conditions.retryMeaning')}
          value={retryPauseMs}
          isWrong={!(retryPauseMs >= 60_000 && isDay(retryPauseMs))}
          error={t('schedule.conditions.pauseInvalid')}
          onChange={(ms) => onChange({ retryPauseMs: ms })}
        />
      )}
      <LengthField
        label={t('schedule.conditions.enough')}
        value={enoughMs}
        isWrong={!isDay(enoughMs)}
        error={t('schedule.conditions.lengthInvalid')}
        onChange={(ms) => onChange({ enoughMs: ms })}
      />
    </>
  );
}
