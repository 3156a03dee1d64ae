import { NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { tlsModes } from '../../../shared/domain/source-settings.ts';
import { FieldRow } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { type ChannelDraft, ports, secretOf } from './channel-draft.ts';

interface Props {
  readonly draft: ChannelDraft;
  readonly isNew: boolean;
  readonly onChange: (part: Partial<ChannelDraft>) => void;
}

/** Only what this kind needs. */
export function ChannelFields({ draft, isNew, onChange }: Props) {
  const t = useWords();
  const { kind, url, chat, secret } = draft;
  const secretName = secretOf(draft);
  return (
    <>
      {kind === 'email' && <MailFields draft={draft} onChange={onChange} />}
      {(kind === 'gotify' || kind === 'telegram') && (
        <TextInput
          label={t('alerts.dialog.url')}
          value={url}
          spellCheck={false}
          onChange={({ currentTarget }) => onChange({ url: currentTarget.value })}
        />
      )}
      {kind === 'telegram' && (
        <TextInput
          label={t('alerts.dialog.chat')}
          value={chat}
          spellCheck={false}
          onChange={({ currentTarget }) => onChange({ chat: currentTarget.value })}
        />
      )}
      {secretName !== null && (
        <PasswordInput
          label={t(`alerts.dialog.${secretName}`)}
          description={isNew ? t(`alerts.dialog.${secretName}Meaning`) : t('alerts.dialog.unchanged')}
          value={secret}
          autoComplete="off"
          onChange={({ currentTarget }) => onChange({ secret: currentTarget.value })}
          visibilityToggleButtonProps={{ 'aria-label': t('alerts.dialog.show') }}
        />
      )}
    </>
  );
}

function MailFields({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const t = useWords();
  const { host, port, tls, user, from, to } = draft;
  return (
    <>
      <FieldRow>
        <TextInput
          label={t('alerts.dialog.host')}
          value={host}
          spellCheck={false}
          onChange={({ currentTarget }) => onChange({ host: currentTarget.value })}
        />
        <NumberInput
          label={t('alerts.dialog.port')}
          min={1}
          max={65_535}
          allowDecimal={false}
          value={port}
          onChange={(value) => onChange({ port: typeof value === 'number' ? value : ports[tls] })}
        />
      </FieldRow>
      <Select
        label={t('alerts.dialog.tls')}
        allowDeselect={false}
        data={tlsModes.map((mode) => ({ value: mode, label: t(`alerts.tls.${mode}`) }))}
        value={tls}
        onChange={(value) => {
          const mode = tlsModes.find((one) => one === value) ?? tls;
          onChange({ tls: mode, port: port === ports[tls] ? ports[mode] : port });
        }}
      />
      <TextInput
        label={t('alerts.dialog.user')}
        description={t('alerts.dialog.userMeaning')}
        value={user}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ user: currentTarget.value })}
      />
      <TextInput
        label={t('alerts.dialog.from')}
        value={from}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
      />
      <TextInput
        label={t('alerts.dialog.to')}
        description={t('alerts.dialog.toMeaning')}
        value={to}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
      />
    </>
  );
}
