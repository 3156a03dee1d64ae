import type { Retention } from '../../../shared/domain/retention.ts';
import { KeepFields } from '../../parts/keep-fields.tsx';
import { Card } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly retention: Retention | null;
  readonly onChange: (retention: Retention | null) => void;
}

export function KeepCard(props: Props) {
  const t = useWords();
  return (
    <Card title={t('jobs.keep.title')}>
      <KeepFields {...props} />
    </Card>
  );
}
