import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Pause, Play, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RunId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { RunName, useRunName } from '../../parts/run-name.tsx';
import { RunState } from '../../parts/run-state.tsx';
import { useCauseWords } from '../../parts/use-cause-words.ts';
import { useStopRun } from '../../parts/use-stop-run.ts';
import { NotThere } from '../../frame/not-there.tsx';
import { type LiveRun, type RunRecord, tellFailure, useAnswer, useLiveRun } from '../../state/index.ts';
import { Card, CopyButton, FailureNote, LinkButton, Page, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ChangedCard } from './changed-card.tsx';
import { CheckReportCard } from './check-report-card.tsx';
import { CountsCard } from './counts-card.tsx';
import { LiveCard } from './live-card.tsx';
import { LogCard } from './log-card.tsx';
import { ProblemsCard } from './problems-card.tsx';
import { PurgeCard, RetentionCard } from './removal-cards.tsx';
import { RehearsalReportCard } from './rehearsal-card.tsx';
import { RepairCard } from './repair-card.tsx';
import { RestoreActions } from './restore-actions.tsx';
import { RestoreReportCard } from './restore-report-card.tsx';
import css from './run-detail.module.css';
import { StepsCard } from './steps-card.tsx';
import { UndoReportCard } from './undo-report-card.tsx';
import { UndoRetention } from './undo-retention.tsx';
import { UsualCard } from './usual-card.tsx';
import { comparable } from './usual.ts';

/** Enough earlier runs to say what is usual. */
const comparedRuns = 60;

export function RunDetail() {
  const t = useWords();
  // Whether the id is a real one is for the engine to say.
  const id = useParams({ from: '/runs/$run' }).run as RunId;
  const live = useLiveRun(id);
  const answer = useAnswer(`run ${id}`, () => engine.call('run.show', { id }));
  const phase = live?.progress?.phase;
  const { refresh } = answer;
  useEffect(() => {
    if (phase) void refresh(); // its record has a new phase
  }, [phase, refresh]);
  if (answer.failure?.code === 'name.unknown' || answer.failure?.code === 'input.invalid') return <NotThere />;
  if (answer.failure && !answer.value)
    return <FailureNote failure={answer.failure} title={t('parts.broken')} retry={() => void refresh()} />;
  return answer.value ? <Detail key={id} run={answer.value} live={live} onChange={() => void refresh()} /> : <Waiting rows={8} />;
}

interface DetailProps {
  readonly run: RunRecord;
  readonly live: LiveRun | undefined;
  readonly onChange: () => void;
}

function Detail({ run, live, onChange }: DetailProps) {
  const t = useWords();
  const nameOf = useRunName();
  const format = useFormat();
  const history = useAnswer(run.kind === 'backup' && run.job !== null ? `history ${run.job}` : null, () =>
    engine.call('run.list', { job: run.job, storage: null, kind: 'backup', limit: comparedRuns }),
  );
  const earlier = comparable(run, history.value ?? []);
  const running = run.status === 'running';
  const because = useCauseWords()(run);
  const fact = t('runs.started', { moment: format.moment(run.startedAtMs), because });
  const took =
    run.endedAtMs === null ? '' : ` · ${t('runs.took', { duration: format.duration(run.endedAtMs - run.startedAtMs) })}`;
  return (
    <Page
      crumb={{ label: t('runs.title'), to: '/runs' }}
      title={<RunName run={run} />}
      name={nameOf(run)}
      chip={<RunState status={run.status} phase={live?.progress?.phase} />}
      fact={`${fact}${took}`}
      actions={
        <>
          {run.job !== null && (
            <LinkButton size="sm" to="/jobs/$job" params={{ job: run.job }}>
              {t('runs.showJob')}
            </LinkButton>
          )}
          <CopyButton text={JSON.stringify(detailsOf(run), null, 2)} label={t('runs.copyDetails')} />
          <RepairLink run={run} />
          {run.kind === 'retention' && (run.retention?.versions ?? 0) > 0 && <UndoRetention run={run} />}
          {run.kind === 'restore' && <RestoreActions run={run} />}
          {running && <StopButtons run={run} />}
          {run.status === 'paused' && <PausedButtons id={run.id} onDone={onChange} />}
        </>
      }
    >
      {run.failure && <FailureNote failure={run.failure} title={t('runs.failure')} />}
      <LiveCard run={run} live={live} earlier={earlier} />
      {run.kind === 'backup' && <CountsCard counts={live?.progress?.counts ?? run.counts} />}
      {run.kind === 'backup' && !running && <ChangedCard run={run} />}
      <StepsCard run={run} />
      {run.restore && <RestoreReportCard report={run.restore} />}
      {run.undo && <UndoReportCard report={run.undo} />}
      {run.check && <CheckReportCard report={run.check} />}
      {run.retention && <RetentionCard report={run.retention} />}
      {run.purge && <PurgeCard report={run.purge} />}
      {run.repair && <RepairCard report={run.repair} />}
      {run.rehearsal && <RehearsalReportCard report={run.rehearsal} />}
      <div className={css['columns']}>
        {/* A check and a repair tell what they found in cards of their own. */}
        {((run.check === null && run.repair === null) || run.problems.length > 0) && (
          <ProblemsCard problems={run.problems} running={running} />
        )}
        {run.kind === 'backup' && !running && <SizeCard run={run} />}
        <UsualCard run={run} earlier={earlier} />
      </div>
      <LogCard id={run.id} running={running} />
    </Page>
  );
}

/** For a question to somebody else: codes, times and numbers, and no names of items. */
function detailsOf({ problems, restore, check, repair, ...run }: RunRecord) {
  const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    ...{ id: run.id, kind: run.kind, status: run.status, job: run.jobName, storage: run.storageName, trigger: run.trigger },
    ...{ started: time(run.startedAtMs), ended: time(run.endedAtMs), counts: run.counts, bytes: run.bytes },
    phases: run.phases.map(({ phase, startedAtMs, endedAtMs }) => ({ phase, from: time(startedAtMs), to: time(endedAtMs) })),
    failure: run.failure?.code ?? null,
    problems: problems.map(({ failure }) => failure.code),
    findings: check?.findings.map(({ failure }) => failure.code) ?? [],
    ...{ notRestored: restore?.failed.length ?? 0, lost: repair?.lost.length ?? 0 },
  };
}

/** From damage to what can be done about it. */
function RepairLink({ run: { storage, check, repair } }: { readonly run: RunRecord }) {
  const t = useWords();
  const isWanted = (check?.findings.length ?? 0) > 0 || repair?.dryRun === true;
  if (storage === null || !isWanted) return null;
  return (
    <LinkButton size="sm" to="/storages/$storage" params={{ storage }} search={{ repair: true }}>
      {t('storages.repair.open')}
    </LinkButton>
  );
}

function StopButtons({ run: { id, kind } }: { readonly run: RunRecord }) {
  const t = useWords();
  const { asked, stop } = useStopRun(id);
  const [pausing, setPausing] = useState(false);
  const pause = (): void => {
    setPausing(true);
    void tellFailure(t('runs.pause'), async () => {
      await engine.call('run.pause', { id }).catch((error: unknown) => {
        setPausing(false);
        throw error;
      });
    });
  };
  return (
    <>
      {(asked || pausing) && <span className="st-soft">{t(asked ? 'runs.stopping' : 'runs.pausing')}</span>}
      {kind === 'backup' && !asked && (
        <Button size="sm" disabled={pausing} leftSection={<Pause size={14} strokeWidth={2} aria-hidden />} onClick={pause}>
          {t('runs.pause')}
        </Button>
      )}
      <Button
        size="sm"
        leftSection={<Square size={14} strokeWidth={2} aria-hidden />}
        onClick={() => stop(asked ? 'now' : 'after-item')}
      >
        {t(asked ? 'runs.stopNow' : 'runs.stopAfterItem')}
      </Button>
    </>
  );
}

/** It waits for a person: to go on, or to be ended as it is. */
function PausedButtons({ id, onDone }: { readonly id: RunId; readonly onDone: () => void }) {
  const t = useWords();
  const resume = (): void =>
    void tellFailure(t('runs.resume'), async () => {
      await engine.call('run.resume', { id });
      onDone();
    });
  const end = (): void =>
    void tellFailure(t('runs.end'), async () => {
      await engine.call('run.stop', { id, how: 'now' });
      onDone();
    });
  return (
    <>
      <Button size="sm" onClick={end}>
        {t('runs.end')}
      </Button>
      <Button size="sm" variant="filled" leftSection={<Play size={14} strokeWidth={2} aria-hidden />} onClick={resume}>
        {t('runs.resume')}
      </Button>
    </>
  );
}

function SizeCard({ run }: { readonly run: RunRecord }) {
  const t = useWords();
  const format = useFormat();
  const { read, stored } = run.bytes;
  return (
    <Card title={t('runs.bytes.title')}>
      <p className={css['size']}>
        <b>{format.bytes(stored)}</b> {t('runs.bytes.stored')}
      </p>
      <p className="st-soft">
        {format.bytes(read)} {t('runs.bytes.read')}
        {read > 0 && ` · ${t('runs.bytes.share', { percent: format.percent(stored / read) })}`}
      </p>
    </Card>
  );
}
