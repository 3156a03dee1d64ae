import { Select } from '@mantine/core';
import { alertEvents, type InboxFilter } from '../../../shared/domain/alert.ts';
import { useJobs } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './alerts.module.css';

/** Less than a warning is in the inbox only where a channel asked for it. */
const levels = ['warning', 'error', 'critical'] as const;

interface Props {
  readonly filter: InboxFilter;
  readonly onChange: (filter: InboxFilter) => void;
}

/** Whose, how grave, and what for. */
export function InboxFilters({ filter, onChange }: Props) {
  const t = useWords();
  const jobs = useJobs((feed) => feed.value) ?? [];
  const look = { size: 'xs', className: css['filter'] ?? '', allowDeselect: false } as const;
  return (
    <div className={css['filters']}>
      <Select
        {...look}
        aria-label={t('alerts.filter.job')}
        data={[{ value: '', label: t('alerts.filter.anyJob') }, ...jobs.map(({ id, name }) => ({ value: id, label: name }))]}
        value={filter.job ?? ''}
        onChange={(value) => onChange({ ...filter, job: jobs.find(({ id }) => id === value)?.id ?? null })}
      />
      <Select
        {...look}
        aria-label={t('alerts.filter.level')}
        data={[
          { value: '', label: t('alerts.filter.anyLevel') },
          ...levels.map((level) => ({ value: level, label: t(`alerts.filter.levels.${level}`) })),
        ]}
        value={filter.least ?? ''}
        onChange={(value) => onChange({ ...filter, least: levels.find((level) => level === value) ?? null })}
      />
      <Select
        {...look}
        aria-label={t('alerts.filter.event')}
        data={[
          { value: '', label: t('alerts.filter.anyEvent') },
          ...alertEvents.map((event) => ({ value: event, label: t(`alerts.events.${event}`) })),
        ]}
        value={filter.event ?? ''}
        onChange={(value) => onChange({ ...filter, event: alertEvents.find((event) => event === value) ?? null })}
      />
    </div>
  );
}
