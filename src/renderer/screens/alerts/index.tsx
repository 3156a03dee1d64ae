import { Page } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './alerts.module.css';
import { ChannelsCard } from './channels-card.tsx';
import { InboxCard } from './inbox-card.tsx';
import { TimesCard } from './times-card.tsx';

/** What was said, and who is told what: everything here holds at once. */
export function Alerts() {
  const t = useWords();
  return (
    <Page title={t('alerts.title')}>
      <div className={css['alerts']}>
        <InboxCard />
        <div className={css['side']}>
          <ChannelsCard />
          <TimesCard />
        </div>
      </div>
    </Page>
  );
}
