import { ActionIcon, Button, Menu } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Ellipsis, Eye, Play } from 'lucide-react';
import { useState } from 'react';
import { NotThere } from '../../frame/not-there.tsx';
import { engine } from '../../client/index.ts';
import { isLate, isUnwatched } from '../../parts/job-due.tsx';
import { JobName } from '../../parts/job-name.tsx';
import { LiveRunCard } from '../../parts/live-run-card.tsx';
import { ScheduleEditor } from '../../parts/schedule/schedule-editor.tsx';
import { type JobSummary, tellFailure, useJobs, useLiveRuns, useStorages, useToasts } from '../../state/index.ts';
import { Chip, ConfirmName, FeedView, LinkButton, Page, SaveBar } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ActionsCard } from './actions-card.tsx';
import { ChangeLines } from './change-lines.tsx';
import { AlertsCard } from './alerts-card.tsx';
import { KeepCard } from './keep-card.tsx';
import { CheckCard } from './check-card.tsx';
import { changesOf, definitionOf, draftOf, isValid, type JobDraft } from './job-draft.ts';
import { CloneDialog } from './clone-dialog.tsx';
import css from './jobs.module.css';
import { MarksCard } from './marks-card.tsx';
import { MissedNote } from './missed-note.tsx';
import { MoveStorageDialog } from './move-storage-dialog.tsx';
import { NameCard } from './name-card.tsx';
import { OverviewCard } from './overview-card.tsx';
import { SourcesCard } from './sources-card.tsx';
import { StorageCard } from './storage-card.tsx';
import { WatchCard } from './watch-card.tsx';
import { ReadAgainDialog } from '../../parts/read-again-dialog.tsx';
import { useRunJob } from '../../parts/use-run-job.ts';

export function JobDetail() {
  const id = useParams({ from: '/jobs/$job' }).job;
  const jobs = useJobs();
  return (
    <FeedView feed={jobs} rows={8}>
      {(value) => {
        const job = value.find((one) => one.id === id);
        return job ? <Detail key={job.id} job={job} /> : <NotThere />;
      }}
    </FeedView>
  );
}

function Detail({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormat();
  const live = useLiveRuns(({ runs }) => runs.find(({ run }) => run.id === job.running));
  // Only what was changed is kept here, so that the rest follows the engine while somebody types.
  const [edits, setEdits] = useState<Partial<JobDraft>>({});
  // Fields that keep what is being typed begin anew with it.
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const [isMoving, setMoving] = useState(false);
  const show = useToasts((store) => store.show);
  const draft: JobDraft = { ...draftOf(job), ...edits };
  const changes = changesOf(job, draft);
  const target = useStorages(({ value }) => value?.find(({ id }) => id === draft.storage));

  const save = async (): Promise<void> => {
    setMoving(false);
    setBusy(true);
    await tellFailure(t('jobs.save'), async () => {
      await engine.call('job.edit', definitionOf(job, draft));
      await useJobs.getState().refresh();
      setEdits({});
      show({ tone: 'success', title: t('jobs.saved', { name: draft.name }) });
    });
    setBusy(false);
  };

  const discard = (): void => {
    setEdits({});
    setRound(round + 1);
  };

  return (
    <Page
      crumb={{ label: t('jobs.title'), to: '/jobs' }}
      title={<JobName job={job.name} storage={job.storageName} />}
      name={job.name}
      chip={<StateChip job={job} />}
      actions={<Actions job={job} />}
      foot={
        changes.length > 0 && (
          <SaveBar
            title={t('jobs.unsaved', { count: changes.length })}
            meaning={format.list(changes.map((change) => t(`jobs.change.${change}`)))}
            saveLabel={t('jobs.save')}
            busy={busy}
            disabled={!isValid(draft)}
            onDiscard={discard}
            onSave={() => (draft.storage === job.storage ? void save() : setMoving(true))}
          >
            <ChangeLines job={job} draft={draft} />
          </SaveBar>
        )
      }
    >
      {isMoving && (
        <MoveStorageDialog
          name={job.name}
          before={job.storageName}
          after={target?.name ?? ''}
          onClose={() => setMoving(false)}
          onConfirm={() => void save()}
        />
      )}
      {live && <LiveRunCard live={live} />}
      <MissedNote job={job} />
      <OverviewCard job={job} />
      <CheckCard job={job} />
      <section className={css['when']}>
        <h2>{t('jobs.schedule.title')}</h2>
        <ScheduleEditor
          key={`${round} ${JSON.stringify([job.schedule, job.timing, job.zone])}`}
          when={draft.when}
          job={job.id}
          isScanOn={draft.scan === 'on'}
          onChange={(when) => setEdits({ ...edits, when })}
        />
      </section>
      <div className={css['columns']}>
        <WatchCard job={job} draft={draft} onChange={(next) => setEdits({ ...edits, ...next })} />
        <div className={css['stack']}>
          <NameCard name={draft.name} onChange={(name) => setEdits({ ...edits, name })} />
          <StorageCard job={job} draft={draft} onChange={(changed) => setEdits({ ...edits, ...changed })} />
          <MarksCard draft={draft} onChange={(next) => setEdits({ ...edits, ...next })} />
        </div>
      </div>
      <SourcesCard
        draft={draft}
        onChange={(sources) => setEdits({ ...edits, sources })}
        onChoose={(choices) => setEdits({ ...edits, choices })}
      />
      <ActionsCard job={job} />
      <AlertsCard job={job} />
      <KeepCard retention={draft.retention} onChange={(retention) => setEdits({ ...edits, retention })} />
    </Page>
  );
}

/** Never calm while the job is late. */
function StateChip({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormat();
  if (isUnwatched(job)) {
    return (
      <Chip tone="failed" glyph="failed">
        {t('jobs.unwatched')}
      </Chip>
    );
  }
  if (isLate(job) && job.nextRunAtMs !== null) {
    return (
      <Chip tone="warning" glyph="late">
        {t('jobs.lateSince', { moment: format.shortMoment(job.nextRunAtMs) })}
      </Chip>
    );
  }
  if (job.protectedUntilMs === null) return <Chip glyph="nothing">{t('jobs.notYet')}</Chip>;
  const failed = job.lastRun?.status === 'failed' && job.running === null;
  return (
    <Chip tone={failed ? 'failed' : 'fine'} glyph={failed ? 'failed' : 'fine'}>
      {t('jobs.protectedUntil', { moment: format.moment(job.protectedUntilMs) })}
    </Chip>
  );
}

function Actions({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const run = useRunJob();
  return (
    <>
      <Chip icon={<Eye size={14} strokeWidth={2} aria-hidden />} title={t('parts.readOnlyMeaning')}>
        {t('parts.readOnly')}
      </Chip>
      <LinkButton size="sm" to="/browse" search={{ storage: job.storage }}>
        {t('jobs.browse')}
      </LinkButton>
      {job.running === null ? (
        <Button size="sm" leftSection={<Play size={14} strokeWidth={2} aria-hidden />} onClick={() => run(job)}>
          {t('jobs.runNow')}
        </Button>
      ) : (
        <LinkButton size="sm" to="/runs/$run" params={{ run: job.running }}>
          {t('jobs.showRun')}
        </LinkButton>
      )}
      <RemoveMenu job={job} />
    </>
  );
}

function RemoveMenu({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const navigate = useNavigate();
  const show = useToasts((store) => store.show);
  const [asking, setAsking] = useState(false);
  const [copying, setCopying] = useState(false);
  const [reading, setReading] = useState(false);
  const remove = (): Promise<void> =>
    tellFailure(t('jobs.removeAction'), async () => {
      await engine.call('job.remove', { id: job.id });
      await useJobs.getState().refresh();
      show({ tone: 'success', title: t('jobs.removed', { name: job.name }), meaning: t('jobs.removedMeaning') });
      await navigate({ to: '/jobs' });
    });
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('parts.more')}>
            <Ellipsis size={18} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={job.running !== null} onClick={() => setReading(true)}>
            {t('jobs.readAgain.action')}
          </Menu.Item>
          <Menu.Item onClick={() => setCopying(true)}>{t('jobs.clone.action')}</Menu.Item>
          <Menu.Item className={css['dangerItem'] ?? ''} onClick={() => setAsking(true)}>
            {t('jobs.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {reading && <ReadAgainDialog name={job.name} jobs={[job]} sources={null} onClose={() => setReading(false)} />}
      {copying && <CloneDialog job={job} onClose={() => setCopying(false)} />}
      <ConfirmName
        opened={asking}
        title={t('jobs.removeTitle', { name: job.name })}
        name={job.name}
        action={t('jobs.removeAction')}
        onClose={() => setAsking(false)}
        onConfirm={remove}
      >
        {t('jobs.removeMeaning', { storage: job.storageName })}
      </ConfirmName>
    </>
  );
}
