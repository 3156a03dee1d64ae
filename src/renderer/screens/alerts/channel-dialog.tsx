import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type AlertChannel, useAnswer, useAttempt } from '../../state/index.ts';
import { FailureNote, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './alerts.module.css';
import { addedKinds, type ChannelDraft, definitionOf, draftOf, isWhole, secretOf, withKind } from './channel-draft.ts';
import { ChannelFields } from './channel-fields.tsx';
import { EventsField } from '../../parts/events-field.tsx';

interface Props {
  /** Null: a new one. */
  readonly channel: AlertChannel | null;
  readonly onClose: () => void;
}

/** A new channel is tried before the dialog closes: what does not work is said where it can be mended. */
export function ChannelDialog({ channel, onClose }: Props) {
  const t = useWords();
  const [draft, setDraft] = useState(() => draftOf(channel));
  const [id, setId] = useState(channel?.id ?? null);
  const { busy, failure, attempt } = useAttempt();
  const { value: info } = useAnswer('app.info', () => engine.call('app.info', {}));
  const hasKeychain = info?.keychain === 'available';
  const change = (part: Partial<ChannelDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const isDesktop = draft.kind === 'desktop';
  const save = (isTried: boolean): Promise<void> =>
    attempt(async () => {
      const definition = definitionOf(draft, hasKeychain);
      const saved = id ?? (await engine.call('alert.addChannel', definition)).id;
      if (id !== null) await engine.call('alert.editChannel', { ...definition, id: saved });
      setId(saved);
      if (isTried) await engine.call('alert.testChannel', { id: saved });
      onClose();
    }).then(() => undefined);
  return (
    <Modal
      opened
      onClose={onClose}
      size="34rem"
      closeOnClickOutside={false}
      title={
        channel === null
          ? t('alerts.channels.add')
          : t('alerts.dialog.editTitle', { name: isDesktop ? t('alerts.kinds.desktop') : channel.name })
      }
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole(draft, id === null) && !busy) void save(id === null);
        }}
      >
        {channel === null && (
          <Select
            label={t('alerts.dialog.kind')}
            allowDeselect={false}
            disabled={id !== null}
            data={addedKinds.map((kind) => ({ value: kind, label: t(`alerts.kinds.${kind}`) }))}
            value={draft.kind}
            onChange={(value) => setDraft((before) => withKind(before, addedKinds.find((kind) => kind === value) ?? before.kind))}
          />
        )}
        {!isDesktop && (
          <TextInput
            label={t('alerts.dialog.name')}
            value={draft.name}
            maxLength={128}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        )}
        <ChannelFields draft={draft} isNew={channel === null} onChange={change} />
        {info !== null && !hasKeychain && secretOf(draft) !== null && <Note tone="warning">{t('alerts.dialog.noKeychain')}</Note>}
        <EventsField label={t('alerts.dialog.events')} events={draft.events} onChange={(events) => change({ events })} />
        {draft.kind !== 'healthchecks' && (
          <Checkbox
            label={t('alerts.dialog.daily')}
            checked={draft.daily}
            onChange={({ currentTarget }) => change({ daily: currentTarget.checked })}
          />
        )}
        {failure !== null && <FailureNote failure={failure} title={t('alerts.dialog.failed')} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          {id !== null && !isDesktop && (
            <Button disabled={!isWhole(draft, false)} loading={busy} onClick={() => void save(true)}>
              {t('alerts.dialog.saveAndTry')}
            </Button>
          )}
          <Button type="submit" variant="filled" disabled={!isWhole(draft, id === null)} loading={busy}>
            {id === null ? t('alerts.dialog.addAndTry') : t('alerts.dialog.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
