import { changesNothing, piecesLost, repairFacts, type RepairReport } from '../../../shared/domain/repair.ts';
import { LostVersions } from '../../parts/lost-versions.tsx';
import { Glyph, type GlyphName, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './repair.module.css';
import cards from './storages.module.css';

const glyphOf: Readonly<Record<(typeof repairFacts)[number], GlyphName>> = {
  packsAside: 'waiting',
  packsMissing: 'warning',
  packsFound: 'fine',
  copiesMended: 'fine',
  waysLost: 'warning',
  chunksSaved: 'fine',
  chunksFromMirror: 'fine',
  manifestsRemembered: 'fine',
  chunksLost: 'failed',
  manifestsLost: 'failed',
};

/** What a repair would do, in sentences: what is put aside, what is saved and from where, what is lost and whose it is. */
export function RepairPlan({ report }: { readonly report: RepairReport }) {
  const t = useWords();
  const format = useFormat();
  const isLosing = piecesLost(report) > 0;
  const reached = report.mirrors.filter((mirror) => mirror.reached).map(({ name }) => name);
  const unasked = report.mirrors.filter((mirror) => !mirror.reached).map(({ name }) => name);
  if (changesNothing(report) && !isLosing) return <Note tone="fine" title={t('storages.repair.whole')} live />;
  return (
    <>
      <Note tone={isLosing ? 'warning' : 'fine'} title={t('storages.repair.verdict', { context: verdictOf(report) })} live>
        {t('storages.repair.deletesNothing')}
      </Note>
      <ul className={css['doings']}>
        {repairFacts
          .filter((fact) => report[fact] > 0)
          .map((fact) => (
            <li key={fact}>
              <Glyph name={glyphOf[fact]} />
              <span>{t(`storages.repair.plan.${fact}`, { count: report[fact], names: format.list(reached) })}</span>
            </li>
          ))}
      </ul>
      {report.lost.length > 0 && <Lost report={report} />}
      {isLosing && unasked.length > 0 && (
        <Note tone="warning">{t('storages.repair.unasked', { names: format.list(unasked) })}</Note>
      )}
    </>
  );
}

function verdictOf(report: RepairReport): 'nothingMore' | 'all' | 'some' {
  if (changesNothing(report)) return 'nothingMore';
  return piecesLost(report) === 0 ? 'all' : 'some';
}

function Lost({ report }: { readonly report: RepairReport }) {
  const t = useWords();
  return (
    <section className={css['lost']}>
      <h3>{t('storages.repair.lacks', { count: report.versionsLost, items: t('parts.items', { count: report.itemsLost }) })}</h3>
      <p className={cards['meaning']}>{t('storages.repair.lacksMeaning')}</p>
      <LostVersions lost={report.lost} />
    </section>
  );
}
