import { piecesLost, type RepairReport } from '../../../shared/domain/repair.ts';
import { LostVersions } from '../../parts/lost-versions.tsx';
import { BigFacts, Card, FactList, Glyph, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

/** Told only where there was something. */
const rare = ['packsFound', 'copiesMended', 'waysLost', 'manifestsRemembered', 'manifestsLost'] as const;

/** What was saved of what was damaged, where it came from, what is lost, and whose it is. */
export function RepairCard({ report }: { readonly report: RepairReport }) {
  const t = useWords();
  const format = useFormat();
  const isLosing = piecesLost(report) > 0;
  const unasked = report.mirrors.filter(({ reached }) => !reached).map(({ name }) => name);
  const details = [
    ...rare
      .filter((fact) => report[fact] > 0)
      .map((fact) => ({ name: t(`runs.repair.${fact}`), value: format.number(report[fact]) })),
    ...(report.aside === null ? [] : [{ name: t('runs.repair.before'), value: report.aside }]),
  ];
  return (
    <>
      {isLosing && unasked.length > 0 && <Note tone="warning">{t('runs.repair.unasked', { names: unasked.join(', ') })}</Note>}
      <Card title={t('runs.repair.title')} fact={report.dryRun ? t('runs.purge.dryRun') : undefined} flush>
        <BigFacts
          facts={[
            { name: t('runs.repair.aside'), value: format.number(report.packsAside) },
            { name: t('runs.repair.missing'), value: format.number(report.packsMissing) },
            { name: t('runs.repair.saved'), value: format.number(report.chunksSaved) },
            { name: t('runs.repair.fromMirror'), value: format.number(report.chunksFromMirror) },
            {
              name: t('runs.repair.lost'),
              value: format.number(report.chunksLost),
              tone: isLosing ? 'failed' : 'plain',
            },
          ]}
        />
        {details.length > 0 && (
          <div className={css['reasons']}>
            <FactList facts={details} />
          </div>
        )}
      </Card>
      <Lost report={report} />
    </>
  );
}

function Lost({ report }: { readonly report: RepairReport }) {
  const t = useWords();
  if (report.lost.length === 0) {
    return (
      <Card title={t('runs.repair.items')} flush>
        <p className={css['noProblems']}>
          <Glyph name="fine" /> {t('runs.repair.none')}
        </p>
      </Card>
    );
  }
  return (
    <Card title={t('runs.repair.items')} fact={t('runs.repair.versions', { count: report.versionsLost })} flush>
      <div className={css['reasons']}>
        <p>{t('runs.repair.itemsMeaning')}</p>
        <LostVersions lost={report.lost} />
      </div>
    </Card>
  );
}
