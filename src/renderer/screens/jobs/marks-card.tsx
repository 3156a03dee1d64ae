import { Autocomplete, Radio, SegmentedControl } from '@mantine/core';
import { jobColors, priorities } from '../../../shared/domain/job-marks.ts';
import { ColorMark } from '../../parts/color-mark.tsx';
import { isName } from '../../parts/names.ts';
import { useJobs } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import type { JobDraft } from './job-draft.ts';
import css from './jobs.module.css';

type Marks = Pick<JobDraft, 'group' | 'color' | 'priority'>;

interface Props {
  readonly draft: Marks;
  readonly onChange: (change: Partial<Marks>) => void;
}

/** Where it stands in the list, by which colour it is told apart, and who goes first. */
export function MarksCard({ draft, onChange }: Props) {
  const t = useWords();
  const jobs = useJobs(({ value }) => value) ?? [];
  const groups = [...new Set(jobs.flatMap(({ group }) => group ?? []))];
  return (
    <Card title={t('jobs.mark.title')}>
      <div className={css['marks']}>
        <Autocomplete
          label={t('jobs.mark.group')}
          description={t('jobs.mark.groupMeaning')}
          data={groups}
          value={draft.group}
          error={draft.group === '' || isName(draft.group) ? undefined : t('jobs.nameInvalid')}
          onChange={(group) => onChange({ group })}
        />
        <Radio.Group
          label={t('jobs.mark.color')}
          value={draft.color ?? 'none'}
          onChange={(value) => onChange({ color: jobColors.find((color) => color === value) ?? null })}
        >
          <div className={css['colors']}>
            {(['none', ...jobColors] as const).map((color) => (
              <Radio
                key={color}
                value={color}
                label={
                  <>
                    {color !== 'none' && <ColorMark color={color} />} {t(`jobs.mark.colors.${color}`)}
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
        <div>
          <b className={css['label']}>{t('jobs.mark.priority')}</b>
          <SegmentedControl
            size="xs"
            aria-label={t('jobs.mark.priority')}
            value={draft.priority}
            data={priorities.map((one) => ({ value: one, label: t(`jobs.mark.priorities.${one}`) }))}
            onChange={(priority) => onChange({ priority })}
          />
          <p className={css['hint']}>{t('jobs.mark.priorityMeaning')}</p>
        </div>
      </div>
    </Card>
  );
}
