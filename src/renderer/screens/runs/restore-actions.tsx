import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { FileDown, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { restoreCsv } from '../../../shared/words/csv.ts';
import { engine, shell } from '../../client/index.ts';
import { type RunRecord, tellFailure } from '../../state/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import { UndoRestore } from './undo-restore.tsx';

const icon = { size: 14, strokeWidth: 2, 'aria-hidden': true } as const;

/** What can be done with a restore that is over. */
export function RestoreActions({ run }: { readonly run: RunRecord }) {
  const { restore, status } = run;
  if (status === 'running' || restore?.dryRun === true) return null;
  const isWhole = status === 'success' || status === 'warning';
  return (
    <>
      {restore && <SaveCsv report={restore} />}
      {(!isWhole || hasFailed(restore)) && <Retry run={run} isWhole={isWhole} />}
      <UndoRestore run={run} />
    </>
  );
}

const hasFailed = (report: RunRecord['restore']): boolean =>
  (report?.failedItems ?? []).length > 0 || (report?.failedSources ?? []).length > 0;

function SaveCsv({ report }: { readonly report: NonNullable<RunRecord['restore']> }) {
  const t = useWords();
  const say = useFailureWords();
  const save = (): void =>
    void tellFailure(t('runs.restore.saveCsv'), async () => {
      const bytes = new TextEncoder().encode(`${restoreCsv(report, say)}\n`);
      await shell.call('shell.saveBytes', { title: t('runs.restore.saveCsv'), fileName: 'strata-restore.csv', bytes });
    });
  return (
    <Button size="sm" leftSection={<FileDown {...icon} />} onClick={save}>
      {t('runs.restore.saveCsv')}
    </Button>
  );
}

function Retry({ run: { id }, isWhole }: { readonly run: RunRecord; readonly isWhole: boolean }) {
  const t = useWords();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const label = t(isWhole ? 'runs.restore.retry' : 'runs.restore.goOn');
  const retry = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(label, async () => {
      const { run } = await engine.call('restore.retry', { run: id });
      void navigate({ to: '/runs/$run', params: { run } });
    });
    setBusy(false);
  };
  return (
    <Button size="sm" loading={busy} leftSection={<RotateCcw {...icon} />} onClick={() => void retry()}>
      {label}
    </Button>
  );
}
