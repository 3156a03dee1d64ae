import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function RestoreWizard() {
  const t = useWords();
  return <PageTitle title={t('wizards.title')} />;
}
