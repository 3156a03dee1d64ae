import type { RunRecord } from '../../state/index.ts';
import { type BarPart, Card, classes, ShareBar } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './restore-wizard.module.css';

export type Report = NonNullable<RunRecord['restore']>;

/** Four big numbers over a bar of their shares. */
export function Outcome({ report }: { readonly report: Report }) {
  const t = useWords();
  const format = useFormat();
  const tense = report.dryRun ? 'would' : 'did';
  const counts = [
    { key: 'create', count: report.created, tone: 'moss' },
    { key: 'replace', count: report.replaced, tone: 'primary' },
    { key: 'skip', count: report.skipped, tone: 'control' },
    { key: 'fail', count: report.failed.length, tone: 'brick' },
  ] as const;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const parts: BarPart[] = counts.filter(({ count }) => count > 0).map(({ count, tone }) => ({ share: count / total, tone }));
  const words = counts.map(({ key, count }) => `${format.number(count)} ${t(`restoreWizard.run.${tense}.${key}`)}`);
  return (
    <Card>
      <dl className={css['numbers']}>
        {counts.map(({ key, count, tone }) => (
          <div key={key}>
            <dt>
              <i className={css[tone]} aria-hidden />
              {t(`restoreWizard.run.${tense}.${key}`)}
            </dt>
            <dd className={classes(key === 'fail' && count > 0 && css['bad'])}>{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      <ShareBar parts={parts} height={14} label={format.list(words)} />
    </Card>
  );
}

/** The first lines answer the question; the rest is a click away. */
export function Written({ report }: { readonly report: Report }) {
  const t = useWords();
  const format = useFormat();
  const tense = report.dryRun ? 'would' : 'did';
  const all = report.created + report.replaced + report.skipped + report.failed.length;
  const isCut = report.entries.length < all;
  return (
    <Card
      title={t(report.dryRun ? 'runs.restore.dryTitle' : 'runs.restore.title')}
      fact={
        isCut ? t('restoreWizard.run.first', { shown: format.number(report.entries.length), all: format.number(all) }) : undefined
      }
      flush
    >
      {/* Focusable, so that it scrolls by keyboard. */}
      <div className={css['entries']} tabIndex={0} role="region" aria-label={t('runs.restore.dryTitle')}>
        <table>
          <thead>
            <tr>
              <th>{t('runs.restore.column.name')}</th>
              <th>{t('runs.restore.column.folder')}</th>
              <th className="st-number">{t('restoreWizard.run.date')}</th>
              <th className="st-number">{t('runs.restore.column.size')}</th>
              <th>{t(report.dryRun ? 'restoreWizard.run.outcome' : 'runs.restore.column.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {report.entries.map((entry, index) => (
              <tr key={`${index} ${entry.name}`}>
                <td>{entry.name}</td>
                <td>{entry.folder}</td>
                <td className="st-number">{entry.timeMs === null ? '' : format.shortDate(entry.timeMs)}</td>
                <td className="st-number">{format.bytes(entry.sizeBytes)}</td>
                <td className={css[entry.outcome]}>
                  {t(`restoreWizard.run.${tense}.${entry.outcome}`)}
                  {entry.isConflict === true && `, ${t('restoreWizard.run.room.other')}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
