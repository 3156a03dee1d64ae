import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function StorageList() {
  const t = useWords();
  return <PageTitle title={t('frame.storages')} />;
}

export function StorageDetail() {
  const t = useWords();
  return <PageTitle title={t('frame.storages')} />;
}
