import { type SourceSummary, useJobs } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

/** What of this kind of source nobody notices as it happens, and the next scan that will see it. */
export function BlindCard({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const format = useFormat();
  const jobs = (useJobs((feed) => feed.value) ?? []).filter(({ sources }) => sources.includes(source.id));
  const next = jobs.flatMap(({ nextRunAtMs }) => nextRunAtMs ?? []).sort((one, other) => one - other)[0];
  return (
    <Card title={t('jobs.watch.blind')}>
      <p>{t(`sources.blind.${source.settings.kind}`)}</p>
      <p className="st-soft">
        {next === undefined ? t('jobs.watch.blindNever') : t('jobs.watch.blindUntil', { moment: format.moment(next) })}
      </p>
    </Card>
  );
}
