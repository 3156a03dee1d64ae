import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Square } from 'lucide-react';
import { useEffect } from 'react';
import type { RunId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { RunName, useRunName } from '../../parts/run-name.tsx';
import { RunState } from '../../parts/run-state.tsx';
import { useCauseWords } from '../../parts/use-cause-words.ts';
import { useStopRun } from '../../parts/use-stop-run.ts';
import { NotThere } from '../../frame/not-there.tsx';
import { type LiveRun, type RunRecord, useAnswer, useLiveRun } from '../../state/index.ts';
import { Card, FailureNote, LinkButton, Page, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { CheckReportCard } from './check-report-card.tsx';
import { CountsCard } from './counts-card.tsx';
import { LiveCard } from './live-card.tsx';
import { LogCard } from './log-card.tsx';
import { ProblemsCard } from './problems-card.tsx';
import { PurgeCard, RetentionCard } from './removal-cards.tsx';
import { RepairCard } from './repair-card.tsx';
import { RestoreReportCard } from './restore-report-card.tsx';
import css from './run-detail.module.css';
import { StepsCard } from './steps-card.tsx';
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
  return answer.value ? <Detail key={id} run={answer.value} live={live} /> : <Waiting rows={8} />;
}

function Detail({ run, live }: { readonly run: RunRecord; readonly live: LiveRun | undefined }) {
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
          <RepairLink run={run} />
          {run.kind === 'retention' && (run.retention?.versions ?? 0) > 0 && <UndoRetention run={run} />}
          {running && <StopButtons id={run.id} />}
        </>
      }
    >
      {run.failure && <FailureNote failure={run.failure} title={t('runs.failure')} />}
      <LiveCard run={run} live={live} earlier={earlier} />
      {run.kind === 'backup' && <CountsCard counts={live?.progress?.counts ?? run.counts} />}
      <StepsCard run={run} />
      {run.restore && <RestoreReportCard report={run.restore} />}
      {run.check && <CheckReportCard report={run.check} />}
      {run.retention && <RetentionCard report={run.retention} />}
      {run.purge && <PurgeCard report={run.purge} />}
      {run.repair && <RepairCard report={run.repair} />}
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

function StopButtons({ id }: { readonly id: RunId }) {
  const t = useWords();
  const { asked, stop } = useStopRun(id);
  return (
    <>
      {asked && <span className="st-soft">{t('runs.stopping')}</span>}
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
