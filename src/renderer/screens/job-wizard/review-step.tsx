import { TextInput } from '@mantine/core';
import { usualNewJobs } from '../../../shared/domain/new-jobs.ts';
import { shell } from '../../client/index.ts';
import { usePreferences, useStorages } from '../../state/index.ts';
import { Card, CopyButton, FailureNote, Fields } from '../../widgets/index.ts';
import { Trans, useFormat, useWords } from '../../words/index.ts';
import { scheduleOf } from '../../parts/schedule/when.ts';
import { WhenWords } from '../../parts/schedule/when-words.tsx';
import { captures, furtherOf } from './answers.ts';
import { KeptWords } from './inherited.tsx';
import { commandLines } from './command-line.ts';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';
import { signsIn } from './what.ts';
import { useChosenWords } from './use-chosen-words.ts';
import { useLeftOutWords } from './use-left-out-words.ts';

interface Props {
  readonly wizard: JobWizardState;
  readonly name: string;
  readonly nameFault: string | undefined;
}

export function ReviewStep({ wizard, name, nameFault }: Props) {
  const t = useWords();
  const format = useFormat();
  const leftOut = useLeftOutWords(wizard);
  const words = useChosenWords(wizard);
  const { answers, sourceOnly, settings, sources, sourceName } = wizard;
  const { timing, zone } = answers.when;
  const newJobs = usePreferences((feed) => feed.value?.newJobs) ?? usualNewJobs;
  const storages = useStorages((feed) => feed.value) ?? [];
  const storage = storages.find(({ id }) => id === answers.storage);
  const alsoTo = storages.filter(({ id }) => furtherOf(answers).includes(id)).map((one) => one.name);
  const schedule = scheduleOf(answers.when);
  const names =
    settings === null
      ? sources.filter(({ id }) => answers.known.includes(id)).map((source) => source.name)
      : [sourceOnly ? name : sourceName];
  const lines = commandLines(
    {
      source: settings === null ? null : { name: names[0] ?? '', settings },
      job:
        sourceOnly || schedule === null
          ? null
          : {
              name,
              sources: names,
              storage: storage?.name ?? '',
              alsoTo,
              schedule,
              timing,
              usual: newJobs.timing,
              zone,
              captures: captures(answers),
              chosen: wizard.chosen,
            },
    },
    shell.platform,
  );
  return (
    <Fields>
      <TextInput
        label={t('jobs.name')}
        value={name}
        maxLength={100}
        autoFocus
        {...(nameFault === undefined ? {} : { error: nameFault })}
        onChange={(event) => wizard.change({ name: event.currentTarget.value })}
      />
      <Card title={t('jobs.schedule.words')}>
        <p>
          {sourceOnly ? (
            <Trans
              t={t}
              i18nKey="jobWizard.review.sourceSentence"
              values={{ source: names[0] ?? '' }}
              components={{ b: <b /> }}
            />
          ) : (
            <Trans
              t={t}
              i18nKey="jobWizard.review.sentence"
              values={{ sources: format.list(names), storage: format.list([storage?.name ?? '', ...alsoTo]) }}
              components={{ b: <b /> }}
            />
          )}{' '}
          {!sourceOnly && <WhenWords when={answers.when} />}
          {!sourceOnly && captures(answers) && t('jobWizard.review.captures')}{' '}
          {sourceOnly && leftOut !== null && t('jobWizard.review.leftOut', { what: leftOut })}{' '}
          {!sourceOnly && words !== null && words.all} {t('parts.readOnlyMeaning')}{' '}
          {!sourceOnly && <KeptWords storage={answers.storage} />} {!sourceOnly && t('jobWizard.review.actions')}
        </p>
      </Card>
      <Card
        title={t('jobWizard.review.command')}
        fact={
          signsIn(answers.what)
            ? t(wizard.account.isInBrowser ? 'jobWizard.review.commandMeaningBrowser' : 'jobWizard.review.commandMeaning')
            : undefined
        }
        action={<CopyButton text={lines.join('\n')} label={t('jobWizard.review.copy')} />}
      >
        {/* Focusable, since it can be wider than its room. */}
        <pre className={css['command']} tabIndex={0} aria-label={t('jobWizard.review.command')}>
          {lines.join('\n')}
        </pre>
      </Card>
      {wizard.failure && <FailureNote failure={wizard.failure} />}
    </Fields>
  );
}
