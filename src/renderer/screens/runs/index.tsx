import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function RunList() {
  const t = useWords();
  return <PageTitle title={t('frame.runs')} />;
}

export function RunDetail() {
  const t = useWords();
  return <PageTitle title={t('frame.runs')} />;
}
