import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function Settings() {
  const t = useWords();
  return <PageTitle title={t('settings.title')} />;
}
