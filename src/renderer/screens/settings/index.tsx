import type { ReactNode } from 'react';
import { engine } from '../../client/index.ts';
import {
  LanguageChoice,
  PriorityChoice,
  ServersChoice,
  ThemeChoice,
  useSetPreferences,
  WorkersChoice,
} from '../../parts/preference-choices.tsx';
import { useAnswer, usePreferences } from '../../state/index.ts';
import { Card, Choice, Choices, CopyButton, FactList, FailureNote, LinkButton, Page, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './settings.module.css';
import { NewJobsCard } from './new-jobs-card.tsx';
import { RecordCard } from './record-card.tsx';
import { SetupCard } from './setup-card.tsx';

export { NewJobsPage } from './new-jobs.tsx';

/** Everything here holds at once; there is nothing to save. */
export function Settings() {
  const t = useWords();
  const failure = usePreferences((feed) => feed.failure);
  const retry = usePreferences((feed) => feed.refresh);
  return (
    <Page title={t('settings.title')}>
      <div className={css['settings']}>
        {failure && <FailureNote failure={failure} title={t('parts.broken')} retry={() => void retry()} />}
        <Card title={t('settings.look')}>
          <Row name={t('settings.theme')} meaning={t('settings.themeMeaning')}>
            <ThemeChoice />
          </Row>
          <Row name={t('settings.language')} meaning={t('settings.languageMeaning')}>
            <LanguageChoice />
          </Row>
        </Card>
        <Card title={t('settings.load.title')}>
          <Row name={t('settings.load.priority')} meaning={t('settings.load.priorityMeaning')}>
            <PriorityChoice />
          </Row>
          <Row name={t('settings.load.workers')} meaning={t('settings.load.workersMeaning')}>
            <WorkersChoice />
          </Row>
          <Row name={t('settings.load.servers')} meaning={t('settings.load.serversMeaning')}>
            <ServersChoice />
          </Row>
        </Card>
        <NewJobsCard />
        <Card title={t('alerts.title')}>
          <Row name={t('alerts.channels.title')} meaning={t('settings.alertsMeaning')}>
            <LinkButton to="/alerts">{t('settings.alertsOpen')}</LinkButton>
          </Row>
        </Card>
        <Card title={t('settings.closing')}>
          <Closing />
        </Card>
        <RecordCard />
        <SetupCard />
        <Card title={t('settings.commandLine')}>
          <p>{t('settings.commandLineMeaning')}</p>
          <pre className={css['command']}>{t('settings.commandLineExample')}</pre>
        </Card>
        <About />
      </div>
    </Page>
  );
}

function Row({ name, meaning, children }: { readonly name: string; readonly meaning: string; readonly children: ReactNode }) {
  return (
    <div className={css['row']}>
      <span>
        <b>{name}</b>
        <small>{meaning}</small>
      </span>
      {children}
    </div>
  );
}

type ClosingAnswer = 'ask' | 'keep' | 'quit';
const asPreference: Readonly<Record<ClosingAnswer, boolean | null>> = { ask: null, keep: true, quit: false };

function Closing() {
  const t = useWords();
  const closeToTray = usePreferences((feed) => feed.value?.closeToTray ?? null);
  const set = useSetPreferences();
  const value: ClosingAnswer = closeToTray === null ? 'ask' : closeToTray ? 'keep' : 'quit';
  return (
    <Choices
      label={t('settings.closing')}
      hideLabel
      value={value}
      onChange={(answer) => set({ closeToTray: asPreference[answer] })}
    >
      <Choice value="keep" title={t('settings.keep')} meaning={t('settings.keepMeaning')} />
      <Choice value="quit" title={t('settings.quit')} meaning={t('settings.quitMeaning')} />
      <Choice value="ask" title={t('settings.ask')} />
    </Choices>
  );
}

function About() {
  const t = useWords();
  const { value: info, failure, refresh } = useAnswer('app.info', () => engine.call('app.info', {}));
  if (failure) return <FailureNote failure={failure} title={t('parts.broken')} retry={() => void refresh()} />;
  if (info === null) return <Waiting rows={3} />;
  const facts = [
    { name: t('settings.about.version'), value: info.version },
    { name: t('settings.about.format'), value: String(info.format) },
    { name: t('settings.about.runtime'), value: `${info.runtime}, ${info.platform}` },
    { name: t('settings.about.profile'), value: info.profile },
    { name: t('settings.about.keychain'), value: t(`settings.about.keychains.${info.keychain}`) },
    { name: t('settings.about.crypto'), value: t(`settings.about.cryptos.${info.crypto}`) },
  ];
  return (
    <Card
      title={t('settings.about.title')}
      action={
        <CopyButton text={facts.map(({ name, value }) => `${name}: ${value}`).join('\n')} label={t('settings.about.copy')} />
      }
    >
      <FactList wide facts={facts} />
      <p className={css['licence']}>{t('settings.about.licence')}</p>
    </Card>
  );
}
