import type { RunId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { LiveRunCard } from '../../parts/live-run-card.tsx';
import { type RunRecord, useAnswer, useLiveRun } from '../../state/index.ts';
import { Card, FailureNote, Glyph, type GlyphName, Waiting } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import { EmptiedCard } from './emptied-card.tsx';
import { Outcome, Written } from './report-cards.tsx';
import css from './restore-wizard.module.css';
import { RoomNotes } from './room-notes.tsx';
import { SummaryCard } from './summary-card.tsx';
import type { RestoreWizardState } from './use-restore-wizard.ts';

/** The dry run's record, or the restore's once it was begun. Asked again when a run ends. */
export function useRecord(id: RunId | null): RunRecord | null {
  const answer = useAnswer(id === null ? null : `restore run ${id}`, () =>
    engine.call('run.show', { id: id as NonNullable<typeof id> }),
  );
  return answer.value;
}

interface Props {
  readonly wizard: RestoreWizardState;
  readonly record: RunRecord | null;
}

export function RunStep({ wizard, record }: Props) {
  const t = useWords();
  const say = useFailureWords();
  const { failure, run, dryRun } = wizard;
  const again = run === null ? () => void wizard.check() : undefined;
  if (failure) return <FailureNote failure={failure} title={t('restoreWizard.run.notBegun')} retry={again} />;
  const running = record === null || record.status === 'running';
  if (running) return <Progress id={run ?? dryRun} />;
  const report = record.restore;
  return (
    <div className={css['columns']}>
      <div className={css['main']}>
        {run === null && <SummaryCard wizard={wizard} />}
        {record.failure && <FailureNote failure={record.failure} title={t('runs.failure')} retry={again} />}
        {report && run === null && <RoomNotes wizard={wizard} report={report} />}
        {report?.emptied && <EmptiedCard record={record} emptied={report.emptied} />}
        {report && <Outcome report={report} />}
        {report && report.failed.length > 0 && (
          <Card title={t('restoreWizard.run.failed', { count: report.failed.length })} icon={<Glyph name="failed" />}>
            <ul className={css['problems']}>
              {report.failed.slice(0, shownProblems).map(({ failure: why, folder, item }, index) => (
                <li key={`${index} ${item}`}>
                  <b>{[folder, item].filter((part) => part !== '').join('/')}</b>
                  <span>{say(why)}</span>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {report && report.entries.length > 0 && <Written report={report} />}
      </div>
      {report && <Checked record={record} />}
    </div>
  );
}

/** Enough to see of what kind they are; all of them are in the run. */
const shownProblems = 50;

function Progress({ id }: { readonly id: RunId | null }) {
  const t = useWords();
  const live = useLiveRun((id ?? '') as RunId);
  return (
    <div className={css['main']} aria-live="polite">
      {live ? <LiveRunCard live={live} /> : <Waiting what={t('restoreWizard.run.check')} />}
    </div>
  );
}

/** What the run proved, in words. */
function Checked({ record }: { readonly record: RunRecord }) {
  const t = useWords();
  const format = useFormat();
  const report = record.restore;
  if (!report) return null;
  const facts: readonly { readonly key: string; readonly glyph: GlyphName; readonly title: string; readonly meaning: string }[] =
    [
      report.failed.length > 0
        ? {
            key: 'read',
            glyph: 'warning',
            title: t('restoreWizard.run.notAll'),
            meaning: t('restoreWizard.run.notAllMeaning', { count: report.failed.length }),
          }
        : {
            key: 'read',
            glyph: 'fine',
            title: t(report.dryRun ? 'restoreWizard.run.everyPlace' : 'restoreWizard.run.everyByte'),
            meaning: t(report.dryRun ? 'restoreWizard.run.everyPlaceMeaning' : 'restoreWizard.run.everyByteMeaning'),
          },
      {
        key: 'size',
        glyph: 'fine',
        title: t('restoreWizard.run.size', { bytes: format.bytes(report.bytes) }),
        meaning: t(report.dryRun ? 'restoreWizard.run.sizeMeaning' : 'restoreWizard.run.writtenMeaning'),
      },
      {
        key: 'sent',
        glyph: 'fine',
        title: t('restoreWizard.run.nothingSent'),
        meaning: t('restoreWizard.run.nothingSentMeaning'),
      },
    ];
  return (
    <Card title={t('restoreWizard.run.checked')} className={css['side']}>
      <ul className={css['checks']}>
        {facts.map(({ key, glyph, title, meaning }) => (
          <li key={key}>
            <Glyph name={glyph} />
            <span>
              {title}
              <small>{meaning}</small>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
