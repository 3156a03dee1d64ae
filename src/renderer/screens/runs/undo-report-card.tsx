import type { RunRecord } from '../../state/index.ts';
import { BigFacts, Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

export type UndoReport = NonNullable<RunRecord['undo']>;

/** What went, what came back, and what stayed as it is. */
export function UndoReportCard({ report }: { readonly report: UndoReport }) {
  const t = useWords();
  return (
    <Card title={t(report.dryRun ? 'runs.undo.dryTitle' : 'runs.undo.title')} flush>
      <UndoNumbers report={report} />
    </Card>
  );
}

export function UndoNumbers({ report }: { readonly report: UndoReport }) {
  const t = useWords();
  const format = useFormat();
  const { removed, putBack, stayed, gone, folders } = report;
  return (
    <BigFacts
      facts={[
        { name: t('runs.undo.removed'), value: format.number(removed) },
        { name: t('runs.undo.putBack'), value: format.number(putBack) },
        { name: t('runs.undo.stayed'), value: format.number(stayed), tone: stayed > 0 ? 'warning' : 'plain' },
        { name: t('runs.undo.gone'), value: format.number(gone) },
        { name: t('runs.undo.folders'), value: format.number(folders) },
      ]}
    />
  );
}
