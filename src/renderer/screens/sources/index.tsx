import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function SourceList() {
  const t = useWords();
  return <PageTitle title={t('frame.sources')} />;
}

export function SourceDetail() {
  const t = useWords();
  return <PageTitle title={t('frame.sources')} />;
}
