import type { RunRecord } from '../../state/index.ts';
import { BigFacts, Card, Glyph } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

type Report = NonNullable<RunRecord['check']>;

export function CheckReportCard({ report }: { readonly report: Report }) {
  const t = useWords();
  const format = useFormat();
  return (
    <>
      <Card title={t('runs.check.title')} fact={t(`storages.check.level.${report.level}`)} flush>
        <BigFacts
          facts={[
            { name: t('runs.check.packs'), value: format.number(report.packs) },
            { name: t('runs.check.records'), value: format.number(report.records) },
            { name: t('runs.check.chunks'), value: format.number(report.chunks) },
            { name: t('runs.check.commits'), value: format.number(report.commits) },
            { name: t('runs.check.whole'), value: format.number(report.packsRead) },
            { name: t('runs.check.read'), value: format.bytes(report.bytesRead) },
            ...(report.level === 'scrub' ? [{ name: t('runs.check.restored'), value: format.number(report.restored) }] : []),
          ]}
        />
      </Card>
      <Card title={t('runs.check.findings')} flush>
        {report.findings.length === 0 ? (
          <p className={css['noProblems']}>
            <Glyph name="fine" /> {t('runs.check.none')}
          </p>
        ) : (
          <ul>
            {report.findings.map((finding, index) => (
              <Finding key={`${index} ${finding.file}`} finding={finding} />
            ))}
          </ul>
        )}
      </Card>
      {report.flickers.length > 0 && <Flickers report={report} />}
    </>
  );
}

function Flickers({ report }: { readonly report: Report }) {
  const t = useWords();
  return (
    <Card title={t('runs.check.flickers')}>
      <p>{t('runs.check.flickersMeaning')}</p>
      <ul className={css['affected']}>
        {report.flickers.map(({ file }) => (
          <li key={file} className="st-mono">
            {file}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Finding({ finding }: { readonly finding: Report['findings'][number] }) {
  const t = useWords();
  const say = useFailureWords();
  return (
    <li className={css['cause']}>
      <Glyph name="failed" />
      <div className={css['causeWords']}>
        <p>
          {say(finding.failure)}
          {finding.failure.facts['file'] !== finding.file && <span className="st-mono st-soft"> {finding.file}</span>}
        </p>
        {finding.items.length > 0 && (
          <details>
            <summary>{t('runs.check.affected', { count: finding.items.length })}</summary>
            <ul className={css['affected']}>
              {finding.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}
