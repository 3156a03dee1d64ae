import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { changesNothing, type RepairReport } from '../../../shared/domain/repair.ts';
import { engine } from '../../client/index.ts';
import { usePaceWords } from '../../parts/pace-words.ts';
import { type LiveRun, paceOf, type StorageSummary, tellFailure, useAnswer, useAttempt, useLiveRun } from '../../state/index.ts';
import { FailureNote, Note, ProgressBar, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { RepairPlan } from './repair-plan.tsx';
import css from './storages.module.css';
import type { Trial } from './trial.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly trial: Trial;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** The dry run: how far it is, then what it says, then the way on. */
export function RepairTrial({ storage, trial, onBack, onClose }: Props) {
  const t = useWords();
  const live = useLiveRun(trial.run);
  const { value: run, failure } = useAnswer(`run ${trial.run}`, () => engine.call('run.show', { id: trial.run }));
  if (live !== undefined || run?.status === 'running') return <Reading trial={trial} live={live} onBack={onBack} />;
  if (failure !== null) return <FailureNote failure={failure} />;
  if (run === null) return <Waiting rows={4} />;
  if (run.repair === null) {
    return (
      <div className={css['form']}>
        {run.failure === null ? (
          <Note tone="plain" title={t('storages.repair.stopped')} />
        ) : (
          <FailureNote failure={run.failure} />
        )}
        <div className={css['actions']}>
          <Button onClick={onBack}>{t('parts.back')}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className={css['form']}>
      <RepairPlan report={run.repair} />
      <Decision storage={storage} trial={trial} report={run.repair} onBack={onBack} onClose={onClose} />
    </div>
  );
}

function Reading({
  trial,
  live,
  onBack,
}: {
  readonly trial: Trial;
  readonly live: LiveRun | undefined;
  readonly onBack: () => void;
}) {
  const t = useWords();
  const say = usePaceWords();
  const pace = live?.progress ? paceOf(live.progress, live.samples) : null;
  const words = pace && say(pace);
  const stop = (): void => {
    void tellFailure(t('storages.repair.stop'), () => engine.call('run.stop', { id: trial.run, how: 'now' }));
    onBack();
  };
  return (
    <div className={css['form']}>
      <p>{t('storages.repair.reading')}</p>
      <ProgressBar share={pace?.share ?? null} label={t('storages.repair.reading')} />
      <p className={css['meaning']} aria-live="polite">
        {[words?.percent ?? t('parts.stillCounting'), words?.left, words?.rate].filter((part) => part).join(' · ')}
      </p>
      <div className={css['actions']}>
        <Button data-autofocus onClick={stop}>
          {t('storages.repair.stop')}
        </Button>
      </div>
    </div>
  );
}

interface DecisionProps extends Props {
  readonly report: RepairReport;
}

function Decision({ storage, trial, report, onBack, onClose }: DecisionProps) {
  const t = useWords();
  const navigate = useNavigate();
  const { busy, failure, attempt } = useAttempt();
  const repair = async (): Promise<void> => {
    const wish = { storage: storage.id, dryRun: false, fromMirror: trial.from };
    const started = await attempt(() => engine.call('storage.repair', wish));
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      <div className={css['actions']}>
        <Button onClick={onBack}>{t('parts.back')}</Button>
        {changesNothing(report) ? (
          <Button variant="filled" onClick={onClose}>
            {t('parts.close')}
          </Button>
        ) : (
          <Button variant="filled" loading={busy} onClick={() => void repair()}>
            {t('storages.repair.action')}
          </Button>
        )}
      </div>
    </>
  );
}
