import { Button, Checkbox, Modal, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { oauthOf } from '../../../shared/domain/sign-in.ts';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine, shell } from '../../client/index.ts';
import { isName } from '../../parts/names.ts';
import { type SourceSummary, useSources, useToasts } from '../../state/index.ts';
import { FailureNote } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { begin, type Edited, settingsOf } from './edited-source.ts';
import css from './sources.module.css';

interface Props {
  readonly source: SourceSummary;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Opened anew each time, so that nothing of a former edit, least of all a password, is left in it. */
export function EditDialog({ source, opened, onClose }: Props) {
  const t = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={520}
      title={t('sources.editForm.title', { name: source.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      {opened && <EditForm source={source} onClose={onClose} />}
    </Modal>
  );
}

function EditForm({ source, onClose }: { readonly source: SourceSummary; readonly onClose: () => void }) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const [edited, setEdited] = useState(() => begin(source));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const settings = settingsOf(source.settings, edited);
  const { kind } = source.settings;
  const hasAddress = 'url' in source.settings;
  const valid = settings !== undefined && isName(edited.name);
  const set = (change: Partial<Edited>): void => setEdited({ ...edited, ...change });

  const save = async (): Promise<void> => {
    if (!settings) return;
    setBusy(true);
    setFailure(null);
    try {
      await engine.call('source.edit', {
        id: source.id,
        name: edited.name,
        settings,
        secret: edited.secret === '' ? null : edited.secret,
        keepInKeychain: edited.keep,
      });
      await useSources.getState().refresh();
      show({ tone: 'success', title: t('sources.editForm.saved', { name: edited.name }) });
      onClose();
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };

  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid && !busy) void save();
      }}
    >
      <TextInput
        data-autofocus
        label={t('sources.editForm.name')}
        value={edited.name}
        error={isName(edited.name) ? undefined : t('jobs.nameInvalid')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {source.settings.kind === 'imap' && <ServerFields edited={edited} set={set} />}
      {hasAddress && <AddressField edited={edited} set={set} />}
      {'user' in source.settings ? (
        <SignInFields edited={edited} set={set} hasPassword={oauthOf(source.settings) === undefined} />
      ) : (
        <PathFields edited={edited} set={set} many={source.settings.kind === 'files'} />
      )}
      {'user' in source.settings && <LimitFields edited={edited} set={set} />}
      <Textarea
        label={t('sources.editForm.exclude')}
        description={t(
          `sources.editForm.${kind === 'imap' || kind === 'jmap' ? 'excludeImap' : hasAddress ? 'excludeDav' : 'excludeFiles'}`,
        )}
        autosize
        minRows={2}
        maxRows={6}
        value={edited.exclude}
        onChange={(event) => set({ exclude: event.currentTarget.value })}
      />
      {failure && <FailureNote failure={failure} />}
      <div className={css['actions']}>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
        <Button type="submit" variant="filled" loading={busy} disabled={!valid}>
          {t('parts.save')}
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly edited: Edited;
  readonly set: (change: Partial<Edited>) => void;
}

function AddressField({ edited, set }: FieldProps) {
  const t = useWords();
  return (
    <TextInput
      label={t('sources.settings.address')}
      value={edited.url}
      spellCheck={false}
      onChange={(event) => set({ url: event.currentTarget.value })}
    />
  );
}

function ServerFields({ edited, set }: FieldProps) {
  const t = useWords();
  return (
    <div className={css['server']}>
      <TextInput
        label={t('sources.settings.host')}
        value={edited.host}
        onChange={(event) => set({ host: event.currentTarget.value })}
      />
      <TextInput
        label={t('sources.settings.port')}
        inputMode="numeric"
        value={edited.port}
        onChange={(event) => set({ port: event.currentTarget.value })}
      />
    </div>
  );
}

function LimitFields({ edited, set }: FieldProps) {
  const t = useWords();
  return (
    <fieldset className={css['limits']}>
      <legend>{t('sources.editForm.limits')}</legend>
      <TextInput
        label={t('sources.editForm.limitRequests')}
        description={t('sources.editForm.limitEmpty')}
        inputMode="numeric"
        value={edited.requests}
        onChange={(event) => set({ requests: event.currentTarget.value })}
      />
      <TextInput
        label={t('sources.editForm.limitBytes')}
        description={t('sources.editForm.limitEmpty')}
        inputMode="decimal"
        value={edited.megabytes}
        onChange={(event) => set({ megabytes: event.currentTarget.value })}
      />
    </fieldset>
  );
}

function SignInFields({ edited, set, hasPassword }: FieldProps & { readonly hasPassword: boolean }) {
  const t = useWords();
  return (
    <>
      <TextInput
        label={t('sources.settings.user')}
        value={edited.user}
        onChange={(event) => set({ user: event.currentTarget.value })}
      />
      {hasPassword && (
        <>
          <PasswordInput
            label={t('sources.editForm.password')}
            description={t('sources.editForm.passwordMeaning')}
            autoComplete="off"
            value={edited.secret}
            onChange={(event) => set({ secret: event.currentTarget.value })}
          />
          <Checkbox
            label={t('sources.editForm.keep')}
            checked={edited.keep}
            onChange={(event) => set({ keep: event.currentTarget.checked })}
          />
        </>
      )}
    </>
  );
}

function PathFields({ edited, set, many }: FieldProps & { readonly many: boolean }) {
  const t = useWords();
  const pick = async (): Promise<void> => {
    const { path } = await shell.call('shell.pickDirectory', { title: t('sources.editForm.addFolder'), start: null });
    if (path !== null) set({ paths: many && edited.paths.trim() !== '' ? `${edited.paths}\n${path}` : path });
  };
  return (
    <div className={css['paths']}>
      {many ? (
        <Textarea
          label={t('sources.editForm.paths')}
          autosize
          minRows={2}
          maxRows={6}
          value={edited.paths}
          onChange={(event) => set({ paths: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label={t('sources.settings.path')}
          value={edited.paths}
          onChange={(event) => set({ paths: event.currentTarget.value })}
        />
      )}
      <Button size="sm" onClick={() => void pick()}>
        {t('sources.editForm.addFolder')}
      </Button>
    </div>
  );
}
