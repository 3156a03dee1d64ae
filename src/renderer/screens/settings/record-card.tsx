import { Select } from '@mantine/core';
import { leastRecordDays, usualRecordDays } from '../../../shared/domain/act.ts';
import { useSetPreferences } from '../../parts/preference-choices.tsx';
import { usePreferences } from '../../state/index.ts';
import { Card, LinkButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './settings.module.css';

const offered = [leastRecordDays, 90, usualRecordDays, 3 * usualRecordDays, 10 * usualRecordDays] as const;

/** How far the record of who did what goes back, and the way to it. */
export function RecordCard() {
  const t = useWords();
  const days = usePreferences((feed) => (feed.value === null ? usualRecordDays : feed.value.recordDays));
  const set = useSetPreferences();
  const say = (count: number): string => {
    if (count === usualRecordDays) return t('record.year');
    return count % usualRecordDays === 0 ? t('record.years', { count: count / usualRecordDays }) : t('record.days', { count });
  };
  const choices = [...new Set(days === null ? offered : [...offered, days])].sort((a, b) => a - b);
  return (
    <Card title={t('record.title')} action={<LinkButton to="/record">{t('record.open')}</LinkButton>}>
      <div className={css['row']}>
        <span>
          <b>{t('record.keep')}</b>
          <small>
            {t('record.meaning')}. {t('record.keepMeaning')}
          </small>
        </span>
        <Select
          aria-label={t('record.keep')}
          allowDeselect={false}
          data={[
            ...choices.map((count) => ({ value: String(count), label: say(count) })),
            { value: 'ever', label: t('record.ever') },
          ]}
          value={days === null ? 'ever' : String(days)}
          onChange={(value) => set({ recordDays: value === 'ever' ? null : Number(value) })}
        />
      </div>
    </Card>
  );
}
