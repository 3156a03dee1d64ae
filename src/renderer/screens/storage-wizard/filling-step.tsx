import { Checkbox } from '@mantine/core';
import { KeepFields } from '../../parts/keep-fields.tsx';
import { NextRuns } from '../../parts/schedule/next-runs.tsx';
import { TimesField } from '../../parts/schedule/times-field.tsx';
import { useForecast } from '../../parts/schedule/use-forecast.ts';
import type { When } from '../../parts/schedule/when.ts';
import { ZoneField } from '../../parts/schedule/zone-field.tsx';
import { Choice, Choices, Fields } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storage-wizard.module.css';
import type { ArchiveState } from './use-archive.ts';

/** When an archive is filled, where it is kept, and by which rules. */
export function FillingStep({ archive: { answers, change } }: { readonly archive: ArchiveState }) {
  const t = useWords();
  const { way, when, retention, isElsewhere } = answers;
  const changeWhen = (part: Partial<When>): void => change({ when: { ...when, ...part } });
  const forecast = useForecast(when, null);
  return (
    <Fields>
      <section className={css['group']}>
        <h2>{t('archives.wizard.when.label')}</h2>
        <Choices label={t('archives.wizard.when.label')} hideLabel value={way} onChange={(next) => change({ way: next })}>
          <Choice value="hand" title={t('archives.wizard.when.hand')} meaning={t('archives.wizard.when.handMeaning')} />
          <Choice value="times" title={t('archives.wizard.when.times')} meaning={t('archives.wizard.when.timesMeaning')} />
        </Choices>
      </section>
      {way === 'times' && (
        <>
          <TimesField when={when} onChange={changeWhen} />
          <ZoneField zone={when.zone} onChange={(zone) => changeWhen({ zone })} />
          <NextRuns when={when} forecast={forecast} />
        </>
      )}
      <Checkbox
        label={t('archives.wizard.when.elsewhere')}
        description={t('storages.mirrors.isElsewhereMeaning')}
        checked={isElsewhere}
        onChange={(event) => change({ isElsewhere: event.currentTarget.checked })}
      />
      <section className={css['group']}>
        <h2>{t('archives.wizard.when.keep')}</h2>
        <p>{t('archives.wizard.when.keepMeaning')}</p>
      </section>
      <KeepFields retention={retention} onChange={(next) => change({ retention: next })} />
    </Fields>
  );
}
