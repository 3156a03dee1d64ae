import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { engine } from '../../client/index.ts';
import { KeepFields } from '../../parts/keep-fields.tsx';
import { type MirrorRow, tellFailure, useAttempt, useToasts } from '../../state/index.ts';
import { FailureNote } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly mirror: MirrorRow;
  readonly onChanged: () => Promise<void>;
}

type Change = Omit<CallInput<'mirror.change'>, 'mirror'>;

/** What is seldom changed of a mirror. */
export function MirrorMenu({ mirror, onChanged }: Props) {
  const t = useWords();
  const [dialog, setDialog] = useState<'keep' | 'remove' | null>(null);
  const { id, name, enabled, isElsewhere, archive } = mirror;
  const change = (changed: Change): Promise<void> =>
    tellFailure(name, async () => {
      await engine.call('mirror.change', { mirror: id, ...changed });
      await onChanged();
    });
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon aria-label={t('storages.mirrors.more', { name })}>
            <Ellipsis size={16} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {archive === null && (
            <Menu.Item onClick={() => void change({ enabled: !enabled })}>
              {t(enabled ? 'storages.mirrors.menu.byHand' : 'storages.mirrors.menu.follow')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => void change({ isElsewhere: !isElsewhere })}>
            {t(isElsewhere ? 'storages.mirrors.menu.here' : 'storages.mirrors.menu.elsewhere')}
          </Menu.Item>
          <Menu.Item onClick={() => setDialog('keep')}>{t('storages.mirrors.menu.keep')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('remove')}>
            {t(archive === null ? 'storages.mirrors.menu.remove' : 'archives.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'keep' && <KeepDialog mirror={mirror} onClose={() => setDialog(null)} onChanged={onChanged} />}
      {dialog === 'remove' && <RemoveDialog mirror={mirror} onClose={() => setDialog(null)} onChanged={onChanged} />}
    </>
  );
}

interface DialogProps extends Props {
  readonly onClose: () => void;
}

/** Rules of its own: what the storage lets go stays here until these let it go as well. */
function KeepDialog({ mirror, onClose, onChanged }: DialogProps) {
  const t = useWords();
  const { busy, failure, attempt } = useAttempt();
  const [retention, setRetention] = useState(mirror.retention);
  const save = async (): Promise<void> => {
    if ((await attempt(() => engine.call('mirror.change', { mirror: mirror.id, retention }))) === undefined) return;
    await onChanged();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('storages.mirrors.keepTitle', { name: mirror.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className={css['meaning']}>{t('storages.mirrors.keepMeaning')}</p>
        <KeepFields retention={retention} onChange={setRetention} />
        {failure && <FailureNote failure={failure} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('storages.mirrors.keepAction')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function RemoveDialog({ mirror: { id, name, originName, archive }, onClose, onChanged }: DialogProps) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const { busy, failure, attempt } = useAttempt();
  const words = archive === null ? 'storages.mirrors' : 'archives';
  const remove = async (): Promise<void> => {
    if ((await attempt(() => engine.call('mirror.remove', { mirror: id }))) === undefined) return;
    show({ tone: 'success', title: t(`${words}.removed`, { name, origin: originName }) });
    await onChanged();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`${words}.removeTitle`, { name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['form']}>
        <p className={css['meaning']}>{t('storages.mirrors.removeMeaning', { origin: originName })}</p>
        {failure && <FailureNote failure={failure} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button variant="filled" color="danger" loading={busy} onClick={() => void remove()}>
            {t(`${words}.removeAction`)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
