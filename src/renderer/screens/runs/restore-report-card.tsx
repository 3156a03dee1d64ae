import type { RunRecord } from '../../state/index.ts';
import { type BigFact, BigFacts, Card, classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

type Report = NonNullable<RunRecord['restore']>;

export function RestoreReportCard({ report }: { readonly report: Report }) {
  const t = useWords();
  const format = useFormat();
  const readBackFacts = ({ equal, rewritten, changed, missing }: NonNullable<Report['readBack']>): BigFact[] => [
    { name: t('runs.restore.readEqual'), value: format.number(equal), tone: 'fine' },
    { name: t('runs.restore.rewritten'), value: format.number(rewritten) },
    { name: t('runs.restore.otherwise'), value: format.number(changed), tone: changed > 0 ? 'failed' : 'plain' },
    { name: t('runs.restore.missing'), value: format.number(missing), tone: missing > 0 ? 'failed' : 'plain' },
  ];
  const emptiedFacts = ({ removed, stayed }: NonNullable<Report['emptied']>): BigFact[] => [
    { name: t('runs.restore.emptied'), value: format.number(removed), tone: removed > 0 ? 'warning' : 'plain' },
    { name: t('runs.restore.stayed'), value: format.number(stayed), tone: stayed > 0 ? 'failed' : 'plain' },
  ];
  return (
    <Card
      title={t(report.dryRun ? 'runs.restore.dryTitle' : 'runs.restore.title')}
      fact={
        report.dryRun
          ? t('runs.restore.dry')
          : report.entries.length > 0
            ? t('runs.restore.first', { count: report.entries.length })
            : undefined
      }
      flush
    >
      <BigFacts
        facts={[
          { name: t('runs.restore.created'), value: format.number(report.created) },
          {
            name: t('runs.restore.replaced'),
            value: format.number(report.replaced),
            tone: report.replaced > 0 ? 'warning' : 'plain',
          },
          { name: t('runs.restore.skipped'), value: format.number(report.skipped) },
          {
            name: t('runs.restore.failed'),
            value: format.number(report.failed.length),
            tone: report.failed.length > 0 ? 'failed' : 'plain',
          },
          {
            name: t('runs.restore.verified'),
            value: format.number(report.verified),
            tone: report.verified > 0 ? 'fine' : 'plain',
          },
          { name: t('runs.restore.bytes'), value: format.bytes(report.bytes) },
          ...(report.unkept
            ? [{ name: t('runs.restore.unkept'), value: format.number(report.unkept), tone: 'warning' as const }]
            : []),
          ...(report.emptied ? emptiedFacts(report.emptied) : []),
          ...(report.readBack ? readBackFacts(report.readBack) : []),
        ]}
      />
      {report.entries.length > 0 && (
        <div className={css['entries']}>
          <table className={css['table']}>
            <thead>
              <tr>
                <th>{t('runs.restore.column.name')}</th>
                <th>{t('runs.restore.column.folder')}</th>
                <th className="st-number">{t('runs.restore.column.size')}</th>
                <th>{t('runs.restore.column.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {report.entries.map((entry, index) => (
                <tr key={`${index} ${entry.name}`}>
                  <td>{entry.name}</td>
                  <td>{entry.folder}</td>
                  <td className="st-number">{format.bytes(entry.sizeBytes)}</td>
                  <td className={classes(entry.outcome === 'fail' && css['unusual'])}>
                    {t(`runs.restore.outcome.${entry.outcome}`)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
