import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type AlertChannel, tellFailure, useChannels, useToasts } from '../../state/index.ts';
import { Card, ConfirmName, FeedView, Glyph, type GlyphName } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import css from './alerts.module.css';
import { editOf } from './channel-draft.ts';
import { ChannelDialog } from './channel-dialog.tsx';

/** Each way to tell a person, with the proof that it works. */
export function ChannelsCard() {
  const t = useWords();
  const feed = useChannels();
  const [opened, setOpened] = useState<AlertChannel | 'new' | null>(null);
  return (
    <Card
      flush
      title={t('alerts.channels.title')}
      action={
        <Button size="xs" onClick={() => setOpened('new')}>
          {t('alerts.channels.add')}
        </Button>
      }
    >
      <FeedView feed={feed}>
        {(channels) => (
          <ul className={css['list']}>
            {channels.map((channel) => (
              <Channel key={channel.id} channel={channel} onEdit={() => setOpened(channel)} />
            ))}
          </ul>
        )}
      </FeedView>
      {opened !== null && <ChannelDialog channel={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}

const glyphOf = ({ isOn, lastFailure, lastDeliveredMs }: AlertChannel): GlyphName => {
  if (!isOn) return 'paused';
  if (lastFailure !== null) return 'failed';
  return lastDeliveredMs === null ? 'waiting' : 'fine';
};

function Channel({ channel, onEdit }: { readonly channel: AlertChannel; readonly onEdit: () => void }) {
  const t = useWords();
  const [removing, setRemoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, name, settings, place, isOn } = channel;
  const isDesktop = settings.kind === 'desktop';
  const shown = isDesktop ? t('alerts.kinds.desktop') : name;
  const turn = (on: boolean): void =>
    void tellFailure(shown, () => engine.call('alert.editChannel', { ...editOf(channel), isOn: on }));
  const test = async (): Promise<void> => {
    setBusy(true);
    const done = await tellFailure(t('alerts.channels.testFailed', { name: shown }), () =>
      engine.call('alert.testChannel', { id }),
    );
    setBusy(false);
    if (done) useToasts.getState().show({ tone: 'success', title: t('alerts.channels.works', { name: shown }) });
  };
  return (
    <li className={css['channel']}>
      <Glyph name={glyphOf(channel)} />
      <span>
        <b>{shown}</b>{' '}
        <span className="st-soft">
          {!isDesktop && t(`alerts.kinds.${settings.kind}`)} {place}
        </span>
        <Proof channel={channel} />
      </span>
      <Switch
        aria-label={t('alerts.channels.on', { name: shown })}
        checked={isOn}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      <span className={css['controls']}>
        <Button size="xs" loading={busy} onClick={() => void test()} aria-label={t('alerts.channels.testName', { name: shown })}>
          {t('alerts.channels.test')}
        </Button>
        <Button size="xs" onClick={onEdit} aria-label={t('alerts.channels.editName', { name: shown })}>
          {t('alerts.channels.edit')}
        </Button>
        {!isDesktop && (
          <Button size="xs" onClick={() => setRemoving(true)} aria-label={t('alerts.channels.removeName', { name: shown })}>
            {t('alerts.channels.remove')}
          </Button>
        )}
      </span>
      <ConfirmName
        opened={removing}
        title={t('alerts.channels.removeTitle', { name })}
        name={name}
        action={t('alerts.channels.remove')}
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          await tellFailure(t('alerts.channels.removeTitle', { name }), () => engine.call('alert.removeChannel', { id }));
        }}
      >
        {t('alerts.channels.removeMeaning')}
      </ConfirmName>
    </li>
  );
}

/** When something last arrived, and what went wrong since. */
function Proof({ channel: { lastDeliveredMs, lastFailure, secretState } }: { readonly channel: AlertChannel }) {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  return (
    <>
      <p>
        {lastDeliveredMs === null
          ? t('alerts.channels.never')
          : t('alerts.channels.delivered', { moment: format.moment(lastDeliveredMs) })}
      </p>
      {lastFailure !== null && (
        <p>
          {format.moment(lastFailure.atMs)}: {say(lastFailure.failure)}
        </p>
      )}
      {secretState === 'missing' && <p>{t('alerts.channels.secretMissing')}</p>}
    </>
  );
}
