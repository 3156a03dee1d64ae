import { usualNewJobs } from '../../../shared/domain/new-jobs.ts';
import { presetOf } from '../../parts/keep-presets.ts';
import { saysSame } from '../../parts/schedule/when.ts';
import { TimingWords } from '../../parts/schedule/when-words.tsx';
import { usePreferences } from '../../state/index.ts';
import { Card, LinkButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './settings.module.css';

/** What new jobs begin with, in words, and the way to where it is changed. */
export function NewJobsCard() {
  const t = useWords();
  const { timing, retention } = usePreferences((feed) => feed.value?.newJobs) ?? usualNewJobs;
  const isUsual = saysSame({ timing, retention }, usualNewJobs);
  return (
    <Card title={t('settings.newJobs.title')}>
      <div className={css['row']}>
        <span className={css['wide']}>
          <span>{t('settings.newJobs.meaning')}</span>
          <small>
            {isUsual ? (
              t('settings.newJobs.usual')
            ) : (
              <>
                <TimingWords timing={timing} />
                {t('settings.newJobs.keeps', { preset: t(`jobs.keep.preset.${presetOf(retention)}`) })}
              </>
            )}
          </small>
        </span>
        <LinkButton to="/settings/new-jobs">{t('settings.newJobs.open')}</LinkButton>
      </div>
    </Card>
  );
}
