import { TextInput } from '@mantine/core';
import { useFailureWords, useWords } from '../../words/index.ts';
import css from './fields.module.css';
import type { Forecast } from './use-forecast.ts';

interface Props {
  readonly expression: string;
  readonly forecast: Forecast;
  readonly onChange: (expression: string) => void;
}

/** Whether it is clear is for the engine to say, while somebody types. */
export function CronField({ expression, forecast: { failure, pending }, onChange }: Props) {
  const t = useWords();
  const say = useFailureWords();
  const isRefused = failure?.code.startsWith('schedule.') === true && !pending;
  return (
    <TextInput
      label={t('schedule.cron.label')}
      description={t('schedule.cron.meaning')}
      classNames={{ input: css['mono'] ?? '' }}
      value={expression}
      maxLength={200}
      spellCheck={false}
      {...(isRefused ? { error: say(failure) } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
