import { Button, SegmentedControl, Select, Switch } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { engine } from '../../client/index.ts';
import { runKinds } from '../../../shared/domain/run.ts';
import type { RunsSearch } from '../../search-params.ts';
import { type RunRecord, useAnswer, useJobs, useRuns, useStorages } from '../../state/index.ts';
import { EmptyState, FailureNote, FeedView, LinkButton, Page } from '../../widgets/index.ts';
import { startOfDay, useFormat, useWords } from '../../words/index.ts';
import { GoingCard } from './going-card.tsx';
import css from './run-list.module.css';
import { RunTable } from './run-table.tsx';

/** The contract gives as many at once. */
const mostRuns = 1000;

const hadTrouble = ({ status, problems }: RunRecord): boolean =>
  problems.length > 0 || status === 'failed' || status === 'warning' || status === 'interrupted';

export function RunList() {
  const t = useWords();
  const search = useSearch({ from: '/runs' });
  const recent = useRuns();
  const { job = null, storage = null, kind = null } = search;
  // The newest of all are here already; those of one job or storage reach further back and are asked for.
  const narrow = job !== null || storage !== null;
  const older = useAnswer(narrow ? `runs ${job} ${storage} ${kind}` : null, () =>
    engine.call('run.list', { job: job, storage: storage, kind, limit: mostRuns }),
  );
  return (
    <Page
      title={t('runs.title')}
      fact={recent.value ? t('runs.fact', { count: recent.value.length }) : undefined}
      bar={<Filters search={search} />}
      actions={
        <LinkButton size="sm" to="/record">
          {t('record.title')}
        </LinkButton>
      }
    >
      <GoingCard />
      {older.failure && <FailureNote failure={older.failure} title={t('parts.broken')} retry={() => void older.refresh()} />}
      <FeedView feed={narrow ? { value: older.value, failure: null, refresh: older.refresh } : recent}>
        {(runs) => <Filtered runs={runs} search={search} />}
      </FeedView>
    </Page>
  );
}

function Filtered({ runs, search }: { readonly runs: readonly RunRecord[]; readonly search: RunsSearch }) {
  const t = useWords();
  const shown = runs.filter(
    (run) =>
      (search.kind === undefined || run.kind === search.kind) &&
      (search.day === undefined || startOfDay(run.startedAtMs) === search.day) &&
      (!search.trouble || hadTrouble(run)),
  );
  if (shown.length > 0) return <RunTable runs={shown} />;
  if (Object.keys(search).length > 0) {
    return <EmptyState title={t('runs.emptyFilter')} action={<LinkButton to="/runs">{t('parts.clearFilters')}</LinkButton>} />;
  }
  return <EmptyState title={t('runs.empty')} action={<LinkButton to="/jobs">{t('runs.toJobs')}</LinkButton>} />;
}

function Filters({ search }: { readonly search: RunsSearch }) {
  const t = useWords();
  const format = useFormat();
  const navigate = useNavigate({ from: '/runs' });
  const jobs = useJobs((feed) => feed.value) ?? [];
  const storages = useStorages((feed) => feed.value) ?? [];
  const change = (next: { readonly [Key in keyof RunsSearch]?: RunsSearch[Key] | undefined }): void =>
    void navigate({ replace: true, search: (former) => ({ ...former, ...next }) as RunsSearch });
  return (
    <div className={css['filters']}>
      <SegmentedControl
        className={css['kinds'] ?? ''}
        aria-label={t('runs.filter.kind')}
        data={[
          { value: 'all', label: t('runs.filter.all') },
          ...runKinds.map((kind) => ({ value: kind, label: t(`runs.filter.${kind}`) })),
        ]}
        value={search.kind ?? 'all'}
        onChange={(kind) => change({ kind: runKinds.find((known) => known === kind) })}
      />
      {jobs.length > 1 && (
        <Select
          className={css['select'] ?? ''}
          aria-label={t('runs.filter.job')}
          data={[{ value: '', label: t('runs.filter.anyJob') }, ...jobs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={search.job ?? ''}
          onChange={(job) => change({ job: job === null || job === '' ? undefined : job })}
        />
      )}
      {storages.length > 1 && (
        <Select
          className={css['select'] ?? ''}
          aria-label={t('runs.filter.storage')}
          data={[
            { value: '', label: t('runs.filter.anyStorage') },
            ...storages.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={search.storage ?? ''}
          onChange={(storage) => change({ storage: storage === null || storage === '' ? undefined : storage })}
        />
      )}
      <Switch
        label={t('runs.filter.trouble')}
        checked={search.trouble === true}
        onChange={(event) => change({ trouble: event.currentTarget.checked || undefined })}
      />
      {search.day !== undefined && (
        <Button
          size="sm"
          rightSection={<X size={14} strokeWidth={2} aria-hidden />}
          title={t('runs.filter.clearDay')}
          onClick={() => change({ day: undefined })}
        >
          {t('runs.filter.day', { day: format.day(search.day) })}
        </Button>
      )}
    </div>
  );
}
