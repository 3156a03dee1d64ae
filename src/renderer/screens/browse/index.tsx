import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function Browse() {
  const t = useWords();
  return <PageTitle title={t('frame.browse')} />;
}
