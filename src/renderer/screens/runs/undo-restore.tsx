import { Button, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { RunId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type RunRecord, tellFailure, useAnswer, useAttempt, useLiveRun } from '../../state/index.ts';
import { FailureNote, Note, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { ProblemsCard } from './problems-card.tsx';
import css from './run-detail.module.css';
import { type UndoReport, UndoNumbers } from './undo-report-card.tsx';

/** The way back of a restore: what would go and what would stay is shown before anything is touched. */
export function UndoRestore({ run: { id } }: { readonly run: RunRecord }) {
  const t = useWords();
  const [trial, setTrial] = useState<RunId | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(t('runs.undo.action'), async () => {
      setTrial((await engine.call('restore.undo', { run: id, dryRun: true })).run);
    });
    setBusy(false);
  };
  return (
    <>
      <Button size="sm" loading={busy} leftSection={<Undo2 size={14} strokeWidth={2} aria-hidden />} onClick={() => void look()}>
        {t('runs.undo.action')}
      </Button>
      {trial !== null && <UndoDialog of={id} trial={trial} onClose={() => setTrial(null)} />}
    </>
  );
}

interface Props {
  readonly of: RunId;
  readonly trial: RunId;
  readonly onClose: () => void;
}

function UndoDialog({ of, trial, onClose }: Props) {
  const t = useWords();
  const live = useLiveRun(trial);
  const { value: run, failure } = useAnswer(`undo ${trial} ${live === undefined}`, () => engine.call('run.show', { id: trial }));
  const isLooking = live !== undefined || run?.status === 'running';
  // Nobody waits for what nobody sees.
  const close = (): void => {
    if (isLooking) void tellFailure(t('parts.cancel'), () => engine.call('run.stop', { id: trial, how: 'now' }));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('runs.undo.ask')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['undo']}>
        {failure && <FailureNote failure={failure} />}
        {run?.failure && <FailureNote failure={run.failure} />}
        {failure === null && (isLooking || run === null) && <Waiting what={t('runs.undo.looking')} />}
        {run?.undo && <Plan run={run} report={run.undo} of={of} onClose={onClose} />}
      </div>
    </Modal>
  );
}

interface PlanProps {
  readonly run: RunRecord;
  readonly report: UndoReport;
  readonly of: RunId;
  readonly onClose: () => void;
}

function Plan({ run, report, of, onClose }: PlanProps) {
  const t = useWords();
  const navigate = useNavigate();
  const { busy, failure, attempt } = useAttempt();
  const { removed, putBack, folders } = report;
  const isNothing = removed + putBack + folders === 0;
  const undo = async (): Promise<void> => {
    const started = await attempt(() => engine.call('restore.undo', { run: of, dryRun: false }));
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <>
      <Note
        tone={isNothing ? 'plain' : 'warning'}
        title={t(isNothing ? 'runs.undo.nothing' : 'runs.undo.consequence', { removed, putBack })}
      >
        {t('runs.undo.meaning')}
      </Note>
      <UndoNumbers report={report} />
      {run.problems.length > 0 && <ProblemsCard problems={run.problems} running={false} />}
      {failure && <FailureNote failure={failure} />}
      <div className={css['undoActions']}>
        <Button data-autofocus onClick={onClose}>
          {t('parts.cancel')}
        </Button>
        <Button variant="filled" loading={busy} disabled={isNothing} onClick={() => void undo()}>
          {t('runs.undo.confirm')}
        </Button>
      </div>
    </>
  );
}
