import { PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function JobList() {
  const t = useWords();
  return <PageTitle title={t('frame.jobs')} />;
}

export function JobDetail() {
  const t = useWords();
  return <PageTitle title={t('frame.jobs')} />;
}
