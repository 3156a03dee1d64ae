import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { shell } from '../../client/index.ts';
import { type SourceSummary, useSources } from '../../state/index.ts';
import { Choice, Choices, FieldRow, Fields, LinkButton } from '../../widgets/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import { LetIn, SetUpAgain } from './accounts.tsx';
import { MatchFields } from './match-fields.tsx';
import { canHaveOwnFolder, hasOwnFolder, isRootName, needsPath, takes } from './restore-answers.ts';
import type { RestoreWizardState } from './use-restore-wizard.ts';

export function WhereStep({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const say = useFailureWords();
  const { answers, kinds, obstacle } = wizard;
  return (
    <Fields>
      <Choices
        label={t('restoreWizard.where.heading')}
        hideLabel
        value={answers.target}
        onChange={(target) => wizard.change({ target })}
      >
        {obstacle && <Choice value="original" title={t('restoreWizard.where.original')} meaning={say(obstacle)} disabled />}
        {wizard.targets.map((target) => (
          <Choice
            key={target}
            value={target}
            title={t(`restoreWizard.where.${target}`)}
            meaning={t(`restoreWizard.where.${target}Meaning`)}
          />
        ))}
      </Choices>
      {needsPath(answers.target) && <PathField wizard={wizard} />}
      {answers.target === 'source' && <SourceField wizard={wizard} />}
      {answers.target === 'matched' && <MatchFields wizard={wizard} />}
      <Accounts wizard={wizard} />
      {canHaveOwnFolder(answers.target, kinds) && <OwnFolder wizard={wizard} />}
    </Fields>
  );
}

/** What stands in the way of writing to accounts, and how to get it out of the way. */
function Accounts({ wizard }: { readonly wizard: RestoreWizardState }) {
  const { storage, unknown, lockedOut } = wizard;
  return (
    <>
      {storage !== undefined && unknown.map((saved) => <SetUpAgain key={saved.id} storage={storage.id} saved={saved} />)}
      {lockedOut.map((source) => (
        <LetIn key={source.id} source={source} />
      ))}
    </>
  );
}

function PathField({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { path } = wizard.answers;
  const choose = async (): Promise<void> => {
    const picked = await shell.call('shell.pickDirectory', { title: t('restoreWizard.where.path'), start: path || null });
    if (picked.path !== null) wizard.change({ path: picked.path });
  };
  return (
    <FieldRow>
      <TextInput
        label={t('restoreWizard.where.path')}
        value={path}
        spellCheck={false}
        onChange={(event) => wizard.change({ path: event.currentTarget.value })}
      />
      <Button leftSection={<FolderOpen size={16} aria-hidden />} onClick={() => void choose()}>
        {t('storageWizard.place.choose')}
      </Button>
    </FieldRow>
  );
}

function SourceField({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { source, folder } = wizard.answers;
  const from = [...(wizard.kinds ?? [])];
  const fits = ({ settings }: SourceSummary): boolean => from.length === 0 || from.some((kind) => takes(settings.kind, kind));
  const accounts = (useSources((feed) => feed.value) ?? []).filter(fits);
  return (
    <>
      <FieldRow>
        <Select
          label={t('restoreWizard.where.sourceLabel')}
          placeholder={t('restoreWizard.missing.source')}
          nothingFoundMessage={t('restoreWizard.where.noSource')}
          value={source}
          data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => wizard.change({ source: accounts.find(({ id }) => id === value)?.id ?? null })}
        />
        <LinkButton to="/sources/new">{t('sources.add')}</LinkButton>
      </FieldRow>
      <TextInput
        label={t('restoreWizard.where.folder')}
        description={t('restoreWizard.where.folderMeaning')}
        value={folder}
        spellCheck={false}
        onChange={(event) => wizard.change({ folder: event.currentTarget.value })}
      />
    </>
  );
}

function OwnFolder({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { answers, kinds } = wizard;
  const on = hasOwnFolder(answers, kinds);
  return (
    <>
      <Checkbox
        label={t('restoreWizard.where.ownFolder')}
        description={t('restoreWizard.where.ownFolderMeaning')}
        checked={on}
        onChange={(event) => wizard.change({ ownFolder: event.currentTarget.checked })}
      />
      {on && (
        <TextInput
          label={t('restoreWizard.where.rootLabel')}
          value={answers.rootName}
          maxLength={200}
          {...(isRootName(answers.rootName) ? {} : { error: t('restoreWizard.where.rootInvalid') })}
          onChange={(event) => wizard.change({ rootName: event.currentTarget.value })}
        />
      )}
    </>
  );
}
