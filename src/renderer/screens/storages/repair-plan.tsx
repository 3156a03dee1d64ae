import { LostVersions } from '../../parts/lost-versions.tsx';
import type { RunRecord } from '../../state/index.ts';
import { Glyph, type GlyphName, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './repair.module.css';
import cards from './storages.module.css';

export type RepairReport = NonNullable<RunRecord['repair']>;

/** What changes something. What is lost and was lost before is no reason to repair again. */
const doings = [
  'packsAside',
  'packsMissing',
  'packsFound',
  'copiesMended',
  'waysLost',
  'chunksSaved',
  'chunksFromMirror',
  'manifestsRemembered',
] as const;

export const changesNothing = (report: RepairReport): boolean => doings.every((doing) => report[doing] === 0);

const glyphOf: Readonly<Record<(typeof doings)[number], GlyphName>> = {
  packsAside: 'waiting',
  packsMissing: 'warning',
  packsFound: 'fine',
  copiesMended: 'fine',
  waysLost: 'warning',
  chunksSaved: 'fine',
  chunksFromMirror: 'fine',
  manifestsRemembered: 'fine',
};

/** What a repair would do, in sentences: what is put aside, what is saved and from where, what is lost and whose it is. */
export function RepairPlan({ report }: { readonly report: RepairReport }) {
  const t = useWords();
  const format = useFormat();
  const isLosing = report.chunksLost + report.manifestsLost > 0;
  const reached = report.mirrors.filter((mirror) => mirror.reached).map(({ name }) => name);
  const unasked = report.mirrors.filter((mirror) => !mirror.reached).map(({ name }) => name);
  if (changesNothing(report) && !isLosing) return <Note tone="fine" title={t('storages.repair.whole')} live />;
  return (
    <>
      <Note tone={isLosing ? 'warning' : 'fine'} title={t('storages.repair.verdict', { context: verdictOf(report) })} live>
        {t('storages.repair.deletesNothing')}
      </Note>
      <ul className={css['doings']}>
        {doings
          .filter((doing) => report[doing] > 0)
          .map((doing) => (
            <li key={doing}>
              <Glyph name={glyphOf[doing]} />
              <span>{t(`storages.repair.plan.${doing}`, { count: report[doing], names: format.list(reached) })}</span>
            </li>
          ))}
        {report.manifestsLost > 0 && (
          <li>
            <Glyph name="failed" />
            <span>{t('storages.repair.plan.manifestsLost', { count: report.manifestsLost })}</span>
          </li>
        )}
        {report.chunksLost > 0 && (
          <li>
            <Glyph name="failed" />
            <span>{t('storages.repair.plan.chunksLost', { count: report.chunksLost })}</span>
          </li>
        )}
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
  return report.chunksLost + report.manifestsLost === 0 ? 'all' : 'some';
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
