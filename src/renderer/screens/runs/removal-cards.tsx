import type { RunRecord } from '../../state/index.ts';
import { removalReasons } from '../../../shared/domain/retention.ts';
import { BigFacts, Card, FactList, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

type Retention = NonNullable<RunRecord['retention']>;
type Purge = NonNullable<RunRecord['purge']>;

/** What is not shown any more, and why; what was left alone because somebody has to answer first. */
export function RetentionCard({ report }: { readonly report: Retention }) {
  const t = useWords();
  const format = useFormat();
  const reasons = removalReasons.filter((reason) => (report.reasons[reason] ?? 0) > 0);
  return (
    <>
      {report.frozen.map(({ source, name }) => (
        <Note key={source} tone="warning">
          {t('storages.plan.frozen', { source: name })}
        </Note>
      ))}
      <Card title={t('runs.retention.title')} flush>
        <BigFacts
          facts={[
            { name: t('runs.retention.forgotten'), value: format.number(report.momentsForgotten) },
            { name: t('runs.retention.kept'), value: format.number(report.momentsKept) },
            { name: t('runs.retention.items'), value: format.number(report.items) },
            { name: t('runs.retention.versions'), value: format.number(report.versions) },
            { name: t('runs.retention.bytes'), value: format.bytes(report.bytes) },
          ]}
        />
        {reasons.length > 0 && (
          <div className={css['reasons']}>
            <FactList
              facts={reasons.map((reason) => ({
                name: t(`storages.plan.reason.${reason}`),
                value: t('storages.plan.versions', { count: report.reasons[reason] ?? 0 }),
              }))}
            />
          </div>
        )}
      </Card>
    </>
  );
}

/** What moved to the trash, what left it for good, what waits there. */
export function PurgeCard({ report }: { readonly report: Purge }) {
  const t = useWords();
  const format = useFormat();
  return (
    <>
      {report.retention && <RetentionCard report={report.retention} />}
      <Card title={t('runs.purge.title')} fact={report.dryRun ? t('runs.purge.dryRun') : undefined} flush>
        <BigFacts
          facts={[
            { name: t('runs.purge.trashed'), value: format.bytes(report.trashedBytes) },
            { name: t('runs.purge.rewritten'), value: format.bytes(report.rewrittenBytes) },
            { name: t('runs.purge.deleted'), value: format.bytes(report.deletedBytes) },
            { name: t('runs.purge.waiting'), value: format.bytes(report.waitingBytes) },
          ]}
        />
        {report.spared && <Spared spared={report.spared} />}
      </Card>
    </>
  );
}

/** What stayed, and because of which freeze. */
function Spared({ spared }: { readonly spared: NonNullable<Purge['spared']> }) {
  const t = useWords();
  const format = useFormat();
  return (
    <Note tone="warning" title={t('runs.purge.spared')}>
      {spared.sources.map(({ source, name, versions, bytes }) => (
        <p key={source}>{t('runs.purge.sparedSource', { source: name, count: versions, bytes: format.bytes(bytes) })}</p>
      ))}
      {spared.trashPacks > 0 && <p>{t('runs.purge.sparedTrash', { bytes: format.bytes(spared.trashBytes) })}</p>}
    </Note>
  );
}
