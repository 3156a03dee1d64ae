import type { RunRecord } from '../../state/index.ts';
import { BigFacts, Card, Glyph } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

type Report = NonNullable<RunRecord['rehearsal']>;

/** What a trial restore tried of each source; what did not come back is among the run's problems. */
export function RehearsalReportCard({ report }: { readonly report: Report }) {
  const t = useWords();
  const format = useFormat();
  const sum = (of: (source: Report['sources'][number]) => number): number =>
    report.sources.reduce((total, source) => total + of(source), 0);
  return (
    <Card title={t('runs.rehearsal.title')} fact={t('runs.rehearsal.seed', { seed: String(report.seed) })} flush>
      <BigFacts
        facts={[
          { name: t('runs.rehearsal.items'), value: format.number(sum(({ items }) => items)) },
          { name: t('runs.rehearsal.bytes'), value: format.bytes(sum(({ bytes }) => bytes)) },
          { name: t('runs.rehearsal.unequal'), value: format.number(sum(({ unequal }) => unequal)) },
        ]}
      />
      <ul>
        {report.sources.map((source) => (
          <Source key={source.source} source={source} />
        ))}
      </ul>
    </Card>
  );
}

function Source({ source }: { readonly source: Report['sources'][number] }) {
  const t = useWords();
  const format = useFormat();
  const { name, outcome, items, bytes, unequal, notSet, tooLarge, oldestMs, newestMs } = source;
  const glyph = outcome === 'proven' ? 'fine' : outcome === 'unequal' ? 'failed' : 'nothing';
  const notes = [
    outcome === 'nothing' ? '' : t('runs.rehearsal.tried', { count: items, bytes: format.bytes(bytes) }),
    oldestMs === null || newestMs === null
      ? ''
      : t('runs.rehearsal.moments', { oldest: format.moment(oldestMs), newest: format.moment(newestMs) }),
    notSet === 0 ? '' : t('runs.rehearsal.notSet', { count: notSet }),
    tooLarge === 0 ? '' : t('runs.rehearsal.tooLarge', { count: tooLarge }),
  ].filter((note) => note !== '');
  return (
    <li className={css['cause']}>
      <Glyph name={glyph} />
      <div className={css['causeWords']}>
        <p>{t(`runs.rehearsal.outcome.${outcome}`, { name, unequal: format.number(unequal) })}</p>
        {notes.length > 0 && <p className="st-soft">{notes.join(' ')}</p>}
      </div>
    </li>
  );
}
