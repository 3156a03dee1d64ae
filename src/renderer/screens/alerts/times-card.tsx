import { Switch, TextInput } from '@mantine/core';
import { clockText, parseClock } from '../../../shared/domain/week-text.ts';
import { engine } from '../../client/index.ts';
import { tellFailure, useAlertSettings } from '../../state/index.ts';
import { Card, FeedView } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './alerts.module.css';

/** Night from ten to seven, where nobody chose another. */
const usualQuiet = { from: 22 * 60, until: 7 * 60 };

/** When it is quiet, and when everything that can wait is told together. */
export function TimesCard() {
  const t = useWords();
  const feed = useAlertSettings();
  const set = (change: Parameters<typeof engine.call<'alert.setSettings'>>[1]): void =>
    void tellFailure(t('alerts.times.title'), () => engine.call('alert.setSettings', change));
  return (
    <Card title={t('alerts.times.title')}>
      <FeedView feed={feed}>
        {({ quiet, digestAt }) => (
          <div className={css['form']}>
            <Switch
              label={t('alerts.times.quiet')}
              description={t('alerts.times.quietMeaning')}
              checked={quiet !== null}
              onChange={({ currentTarget }) => set({ quiet: currentTarget.checked ? usualQuiet : null })}
            />
            {quiet !== null && (
              <div className={css['times']}>
                <ClockField
                  label={t('alerts.times.from')}
                  minute={quiet.from}
                  onChange={(from) => set({ quiet: { ...quiet, from } })}
                />
                <ClockField
                  label={t('alerts.times.until')}
                  minute={quiet.until}
                  onChange={(until) => set({ quiet: { ...quiet, until } })}
                />
              </div>
            )}
            <ClockField label={t('alerts.times.digest')} minute={digestAt} onChange={(at) => set({ digestAt: at })} />
          </div>
        )}
      </FeedView>
    </Card>
  );
}

interface ClockFieldProps {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
}

/** Kept as soon as it is a time. */
function ClockField({ label, minute, onChange }: ClockFieldProps) {
  return (
    <TextInput
      type="time"
      label={label}
      value={clockText(minute)}
      onChange={({ currentTarget }) => {
        const next = parseClock(currentTarget.value);
        if (next !== null && next < 1440) onChange(next);
      }}
    />
  );
}
