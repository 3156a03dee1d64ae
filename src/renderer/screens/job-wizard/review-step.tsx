import { TextInput } from '@mantine/core';
import { shell } from '../../client/index.ts';
import { useStorages } from '../../state/index.ts';
import { Card, CopyButton, FailureNote, Fields } from '../../widgets/index.ts';
import { Trans, useFormat, useWords } from '../../words/index.ts';
import { captures, scheduleOf } from './answers.ts';
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
  const storage = useStorages((feed) => feed.value?.find(({ id }) => id === answers.storage));
  const schedule = scheduleOf(answers);
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
          : { name, sources: names, storage: storage?.name ?? '', schedule, captures: captures(answers), chosen: wizard.chosen },
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
              values={{ sources: format.list(names), storage: storage?.name ?? '' }}
              components={{ b: <b /> }}
            />
          )}{' '}
          {!sourceOnly && schedule?.mode === 'manual' && t('jobs.schedule.sentenceManual')}
          {!sourceOnly && schedule?.mode === 'continuous' && (
            <Trans
              t={t}
              i18nKey="jobWizard.review.continuous"
              values={{ idle: format.duration(schedule.idleMs) }}
              components={{ b: <b /> }}
            />
          )}{' '}
          {!sourceOnly && captures(answers) && t('jobWizard.review.captures')}{' '}
          {sourceOnly && leftOut !== null && t('jobWizard.review.leftOut', { what: leftOut })}{' '}
          {!sourceOnly && words !== null && words.all} {t('parts.readOnlyMeaning')}
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
