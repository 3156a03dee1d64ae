import type { RunCounts } from '../../../shared/domain/run.ts';
import { BigFacts, Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

export function CountsCard({ counts }: { readonly counts: RunCounts }) {
  const t = useWords();
  const format = useFormat();
  return (
    <Card flush>
      <BigFacts
        facts={[
          { name: t('runs.counts.added'), value: format.number(counts.new) },
          { name: t('runs.counts.changed'), value: format.number(counts.changed + counts.metadataOnly) },
          {
            name: t('runs.counts.vanished'),
            value: format.number(counts.vanished),
            tone: counts.vanished > 0 ? 'warning' : 'plain',
          },
          { name: t('runs.counts.moved'), value: format.number(counts.moved) },
          { name: t('runs.counts.same'), value: format.number(counts.unchanged) },
          { name: t('runs.counts.failed'), value: format.number(counts.failed), tone: counts.failed > 0 ? 'failed' : 'plain' },
        ]}
      />
    </Card>
  );
}
