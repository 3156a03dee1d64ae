import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { FolderPlus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { shell } from '../../client/index.ts';
import { kindOfSource } from '../../parts/kinds.ts';
import { Choice, Choices, FailureNote, FieldRow, Fields, KindIcon, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { withAddress } from './answers.ts';
import { localChoices, type What } from './what.ts';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';

export function WhatStep({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers, sources, sourceOnly } = wizard;
  const choice = (what: Exclude<What, 'known'>, icon: ReactNode) => (
    <Choice value={what} title={t(`jobWizard.what.${what}`)} meaning={t(`jobWizard.what.${what}Meaning`)} mark={icon} />
  );
  return (
    <Fields>
      <Choices
        label={t('jobWizard.what.heading')}
        hideLabel
        value={answers.what}
        onChange={(what) => wizard.change({ what, url: '' })}
      >
        {choice('mail', <KindIcon kind="mail" size={18} tile />)}
        {choice('calendars', <KindIcon kind="calendar" size={18} tile />)}
        {choice('contacts', <KindIcon kind="contacts" size={18} tile />)}
        {choice('jmap', <KindIcon kind="mail" size={18} tile />)}
        {choice('files', <KindIcon kind="files" size={18} tile />)}
        {choice('local', <KindIcon kind="mail" size={18} tile />)}
        {!sourceOnly && sources.length > 0 && (
          <Choice
            value="known"
            title={t('jobWizard.what.known')}
            meaning={t('jobWizard.what.knownMeaning', { count: sources.length })}
          />
        )}
      </Choices>
      <Detail wizard={wizard} />
      {wizard.tested?.failure && <FailureNote failure={wizard.tested.failure} title={t('jobWizard.what.worksNot')} />}
      {wizard.failure && <FailureNote failure={wizard.failure} />}
      <Note tone="plain" title={t('parts.readOnly')}>
        {t('parts.readOnlyMeaning')}
      </Note>
    </Fields>
  );
}

function Detail({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers } = wizard;
  switch (answers.what) {
    case 'mail':
      return (
        <TextInput
          type="email"
          label={t('jobWizard.what.address')}
          description={t('jobWizard.what.addressHint')}
          placeholder={t('jobWizard.what.addressExample')}
          value={answers.address}
          autoComplete="email"
          spellCheck={false}
          onChange={(event) => wizard.change(withAddress(answers, event.currentTarget.value))}
        />
      );
    case 'calendars':
    case 'contacts':
    case 'jmap':
      return (
        <TextInput
          label={t('jobWizard.what.addressOrServer')}
          description={t('jobWizard.what.addressOrServerHint')}
          placeholder={t('jobWizard.what.addressExample')}
          value={answers.address}
          autoComplete="email"
          spellCheck={false}
          onChange={(event) => wizard.change(withAddress(answers, event.currentTarget.value))}
        />
      );
    case 'files':
      return <Paths wizard={wizard} />;
    case 'local':
      return <Local wizard={wizard} />;
    case 'known':
      return <Known wizard={wizard} />;
  }
}

function Local({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { localKind, localPath } = wizard.answers;
  return (
    <>
      <Select
        label={t('jobWizard.what.localKind')}
        description={t(`jobWizard.what.localMeaningOf.${localKind}`)}
        value={localKind}
        data={localChoices.map((kind) => ({ value: kind, label: t(`parts.sourceKind.${kind}`) }))}
        onChange={(value) => {
          const kind = localChoices.find((known) => known === value);
          if (kind) wizard.change({ localKind: kind });
        }}
      />
      <PathField
        label={t(`jobWizard.what.localPath.${localKind}`)}
        path={localPath}
        onChange={(path) => wizard.change({ localPath: path })}
      />
    </>
  );
}

interface PathProps {
  readonly label: string;
  readonly path: string;
  readonly onChange: (path: string) => void;
}

function PathField({ label, path, onChange }: PathProps) {
  const t = useWords();
  const choose = async (): Promise<void> => {
    const picked = await shell.call('shell.pickDirectory', { title: label, start: path || null });
    if (picked.path !== null) onChange(picked.path);
  };
  return (
    <FieldRow>
      <TextInput label={label} value={path} spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)} />
      <Button leftSection={<FolderPlus size={16} aria-hidden />} onClick={() => void choose()}>
        {t('storageWizard.place.choose')}
      </Button>
    </FieldRow>
  );
}

function Paths({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { paths } = wizard.answers;
  const add = async (): Promise<void> => {
    const picked = await shell.call('shell.pickDirectory', { title: t('jobWizard.what.addFolder'), start: paths.at(-1) ?? null });
    const { path } = picked;
    if (path !== null && !paths.includes(path)) wizard.change({ paths: [...paths, path] });
  };
  return (
    <section aria-label={t('jobWizard.what.files')} className={css['list']}>
      {paths.length > 0 && (
        <ul>
          {paths.map((path) => (
            <li key={path}>
              <KindIcon kind="files" />
              <span>{path}</span>
              <ActionIcon
                size={24}
                aria-label={t('jobWizard.what.removeFolder', { path })}
                onClick={() => wizard.change({ paths: paths.filter((other) => other !== path) })}
              >
                <X size={14} strokeWidth={2} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Button leftSection={<FolderPlus size={16} aria-hidden />} onClick={() => void add()}>
        {t('jobWizard.what.addFolder')}
      </Button>
    </section>
  );
}

function Known({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { known } = wizard.answers;
  return (
    <fieldset className={css['list']}>
      <legend>{t('jobWizard.what.knownLabel')}</legend>
      <ul>
        {wizard.sources.map(({ id, name, settings }) => (
          <li key={id}>
            <Checkbox
              label={name}
              checked={known.includes(id)}
              onChange={(event) =>
                wizard.change({ known: event.currentTarget.checked ? [...known, id] : known.filter((other) => other !== id) })
              }
            />
            <KindIcon kind={kindOfSource[settings.kind]} label={t(`parts.sourceKind.${settings.kind}`)} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
