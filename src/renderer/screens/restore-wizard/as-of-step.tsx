import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { localDateTime, parseLocalDateTime } from '../../parts/local-date-time.ts';
import { useAnswer } from '../../state/index.ts';
import { Choice, Choices, FailureNote, Fields, Note, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import type { AsOf } from './restore-answers.ts';
import type { RestoreWizardState } from './use-restore-wizard.ts';
import { Measured } from './what-step.tsx';

/** More would be a list that nobody reads; an older moment is reached by its time. */
const listedMoments = 500;
const weekMs = 7 * 86_400_000;

export function AsOfStep({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { answers, selection } = wizard;
  const given = selection?.asOf;
  const choose = (kind: AsOf['kind']): void => {
    if (kind === given?.kind) wizard.change({ asOf: given });
    else if (kind === 'now') wizard.change({ asOf: { kind } });
    else if (kind === 'vanished') wizard.change({ asOf: { kind, fromMs: Date.now() - weekMs, toMs: Date.now() } });
    else if (kind === 'time') wizard.change({ asOf: { kind, atMs: Date.now() } });
    else wizard.change({ asOf: { kind: 'now' } });
  };
  // A moment is chosen by its run; until one is, the list alone is open.
  const [picking, setPicking] = useState(answers.asOf.kind === 'run');
  return (
    <Fields>
      <Choices
        label={t('restoreWizard.asOf.heading')}
        hideLabel
        value={picking ? 'run' : answers.asOf.kind}
        onChange={(kind) => {
          setPicking(kind === 'run');
          if (kind !== 'run') choose(kind);
        }}
      >
        {given?.kind === 'version' && (
          <Choice
            value="version"
            title={t('restoreWizard.asOf.version', { version: given.version })}
            meaning={t('restoreWizard.asOf.versionMeaning')}
          />
        )}
        <Choice value="now" title={t('restoreWizard.asOf.now')} meaning={t('restoreWizard.asOf.nowMeaning')} />
        <Choice value="run" title={t('restoreWizard.asOf.moment')} meaning={t('restoreWizard.asOf.momentMeaning')} />
        <Choice value="time" title={t('restoreWizard.asOf.time')} meaning={t('restoreWizard.asOf.timeMeaning')} />
        <Choice value="vanished" title={t('restoreWizard.asOf.vanished')} meaning={t('restoreWizard.asOf.vanishedMeaning')} />
      </Choices>
      {picking && <MomentField wizard={wizard} />}
      {!picking && answers.asOf.kind === 'time' && (
        <TimeField
          key="time"
          label={t('restoreWizard.asOf.timeLabel')}
          atMs={answers.asOf.atMs}
          choose={(atMs) => wizard.change({ asOf: { kind: 'time', atMs } })}
        />
      )}
      {!picking && answers.asOf.kind === 'vanished' && <PeriodFields period={answers.asOf} wizard={wizard} />}
      <Measured wizard={wizard} />
      <LossNote wizard={wizard} chosen={() => setPicking(false)} />
    </Fields>
  );
}

/** Who restores after a loss means the state before it. */
function LossNote({ wizard, chosen }: { readonly wizard: RestoreWizardState; readonly chosen: () => void }) {
  const t = useWords();
  const format = useFormat();
  const { value } = wizard.measured;
  if (!value?.before) return null;
  const { atMs, items } = value.before;
  const take = (): void => {
    chosen();
    wizard.change({ asOf: { kind: 'time', atMs } });
  };
  return (
    <Note
      tone="warning"
      live
      title={t('restoreWizard.asOf.loss', { before: format.number(items), time: format.fullMoment(atMs) })}
      action={
        <Button size="sm" variant="default" onClick={take}>
          {t('restoreWizard.asOf.lossTake')}
        </Button>
      }
    >
      {t('restoreWizard.asOf.lossMeaning', { items: format.number(value.items) })}
    </Note>
  );
}

function MomentField({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const format = useFormat();
  const { storage, asOf } = wizard.answers;
  const moments = useAnswer(storage === null ? null : `restore moments ${storage}`, () =>
    engine.call('browse.moments', { storage: storage as NonNullable<typeof storage>, limit: listedMoments }),
  );
  if (moments.failure) return <FailureNote failure={moments.failure} retry={() => void moments.refresh()} />;
  if (moments.value === null) return <Waiting rows={1} />;
  return (
    <Select
      label={t('restoreWizard.asOf.momentLabel')}
      placeholder={t('restoreWizard.asOf.momentChoose')}
      searchable
      limit={200}
      nothingFoundMessage={t('restoreWizard.asOf.momentNone')}
      value={asOf.kind === 'run' ? asOf.run : null}
      data={moments.value.map(({ run, atMs, jobName }) => ({ value: run, label: `${format.fullMoment(atMs)} · ${jobName}` }))}
      onChange={(value) => {
        const moment = moments.value?.find(({ run }) => run === value);
        if (moment) wizard.change({ asOf: { kind: 'run', run: moment.run }, momentMs: moment.atMs });
      }}
    />
  );
}

function PeriodFields({
  period,
  wizard,
}: {
  readonly period: Extract<AsOf, { kind: 'vanished' }>;
  readonly wizard: RestoreWizardState;
}) {
  const t = useWords();
  const { fromMs, toMs } = period;
  return (
    <>
      <TimeField
        label={t('restoreWizard.asOf.vanishedFrom')}
        atMs={fromMs}
        choose={(atMs) => wizard.change({ asOf: { kind: 'vanished', fromMs: atMs, toMs } })}
      />
      <TimeField
        label={t('restoreWizard.asOf.vanishedTo')}
        atMs={toMs}
        choose={(atMs) => wizard.change({ asOf: { kind: 'vanished', fromMs, toMs: atMs } })}
      />
    </>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly atMs: number;
  readonly choose: (atMs: number) => void;
}

function TimeField({ label, atMs, choose }: TimeFieldProps) {
  const t = useWords();
  const [text, setText] = useState(() => localDateTime(atMs));
  const isTyped = parseLocalDateTime(text) !== null;
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={text}
      {...(isTyped ? {} : { error: t('restoreWizard.asOf.timeInvalid') })}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const typed = parseLocalDateTime(event.currentTarget.value);
        if (typed !== null) choose(typed);
      }}
    />
  );
}
