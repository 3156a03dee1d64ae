import { ActionIcon, Button, Menu } from '@mantine/core';
import { Ellipsis, KeyRound, Keyboard, Laptop, Printer, X } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useStorages, useToasts } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ConfirmKeyDialog } from './confirm-key-dialog.tsx';
import { NewPasswordDialog } from './new-password-dialog.tsx';
import { PasswordDialog } from './secret-dialog.tsx';
import { SheetDialog } from './sheet-dialog.tsx';
import css from './storages.module.css';

type Key = StorageSummary['keys'][number];
type Dialog = 'try' | 'change' | 'add' | 'show' | 'renew' | 'confirm' | { readonly remove: Key };

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
const icons = { password: Keyboard, recovery: Printer, device: Laptop } as const;
/** Who relies on the keychain forgets the password: after so long it is time to ask. */
const askAfterMs = 90 * 86_400_000;

/** Every way in, and whether somebody still knows it. */
export function KeysCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { keys, passwordTypedAtMs, recoveryKeyConfirmed, state } = storage;
  const close = (): void => setDialog(null);
  const older = keys.find(({ isReplaced }) => isReplaced);
  const isForgotten = passwordTypedAtMs === null || Date.now() - passwordTypedAtMs > askAfterMs;
  return (
    <Card
      title={t('storages.keys.title')}
      icon={<KeyRound {...icon} />}
      action={state === 'open' && <KeysMenu onChoose={setDialog} />}
    >
      {keys.length > 0 && <p className={css['proof']}>{t('storages.keys.waysIn', { count: keys.length })}</p>}
      <ul className={css['ways']}>
        {keys.map((key) => (
          <KeyLine key={key.slot} of={key} storage={storage} onRemove={() => setDialog({ remove: key })} />
        ))}
      </ul>
      {older !== undefined && <p className={css['meaning']}>{t('storages.keys.brokeOff')}</p>}
      {!recoveryKeyConfirmed && <p className={css['meaning']}>{t('storages.keys.confirmMeaning')}</p>}
      {recoveryKeyConfirmed && isForgotten && <p className={css['meaning']}>{t('storages.keys.tryMeaning')}</p>}
      <div className={css['cardFoot']}>
        {older !== undefined && (
          <Button size="sm" onClick={() => setDialog({ remove: older })}>
            {t('storages.keys.endChange')}
          </Button>
        )}
        {recoveryKeyConfirmed ? (
          <Button size="sm" disabled={state !== 'open'} onClick={() => setDialog('try')}>
            {t('storages.keys.try')}
          </Button>
        ) : (
          <Button size="sm" disabled={state === 'unavailable'} onClick={() => setDialog('confirm')}>
            {t('storages.keys.confirmNow')}
          </Button>
        )}
      </div>
      <Dialogs storage={storage} dialog={dialog} onClose={close} />
    </Card>
  );
}

function KeysMenu({ onChoose }: { readonly onChoose: (dialog: Dialog) => void }) {
  const t = useWords();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={t('storages.keys.more')}>
          <Ellipsis size={16} strokeWidth={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(['change', 'add', 'show', 'renew'] as const).map((what) => (
          <Menu.Item key={what} onClick={() => onChoose(what)}>
            {t(`storages.keys.menu.${what}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function KeyLine({
  of: key,
  storage,
  onRemove,
}: {
  readonly of: Key;
  readonly storage: StorageSummary;
  readonly onRemove: () => void;
}) {
  const t = useWords();
  const Icon = icons[key.kind];
  const passwords = storage.keys.filter(({ kind }) => kind === 'password').length;
  const isRemovable = key.kind === 'device' || (key.kind === 'password' && passwords > 1);
  const name = key.isThisDevice ? t('storages.keys.thisComputer') : key.label || t(`storages.keys.kind.${key.kind}`);
  return (
    <li>
      <Icon {...icon} />
      <span className={css['way']}>
        <span>{name}</span>
        <KeyFact of={key} isUnconfirmed={key.kind === 'recovery' && !storage.recoveryKeyConfirmed} />
      </span>
      {isRemovable && (
        <ActionIcon size="sm" aria-label={t('storages.keys.remove', { name })} onClick={onRemove}>
          <X size={14} strokeWidth={2} />
        </ActionIcon>
      )}
    </li>
  );
}

function KeyFact({ of: key, isUnconfirmed }: { readonly of: Key; readonly isUnconfirmed: boolean }) {
  const t = useWords();
  const format = useFormat();
  if (!isUnconfirmed && !key.isReplaced) {
    return (
      <span>
        {key.lastUsedAtMs === null
          ? format.date(key.createdAtMs)
          : t('storages.keys.used', { day: format.date(key.lastUsedAtMs) })}
      </span>
    );
  }
  return (
    <span className={css['unconfirmed']}>
      <Glyph name="warning" size={12} />{' '}
      {isUnconfirmed ? t('storages.keys.unconfirmed') : t('storages.keys.older', { day: format.date(key.createdAtMs) })}
    </span>
  );
}

interface DialogsProps {
  readonly storage: StorageSummary;
  readonly dialog: Dialog | null;
  readonly onClose: () => void;
}

function Dialogs({ storage, dialog, onClose }: DialogsProps) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const done = async (title: string): Promise<void> => {
    show({ tone: 'success', title });
    await useStorages.getState().refresh();
    onClose();
  };
  if (dialog === null) return null;
  if (typeof dialog === 'object') {
    const { slot, label, kind, isReplaced } = dialog.remove;
    const name = label || t(`storages.keys.kind.${kind}`);
    return (
      <PasswordDialog
        title={isReplaced ? t('storages.keys.endChange') : t('storages.keys.remove', { name })}
        meaning={isReplaced ? t('storages.keys.endChangeMeaning') : t('storages.keys.removeMeaning')}
        action={t('storages.keys.removeAction')}
        {...(isReplaced ? { label: t('storages.keys.newerPassword') } : {})}
        danger
        onClose={onClose}
        onPassword={async (password) => {
          await engine.call('storage.removeKey', { id: storage.id, proof: { by: 'password', password }, slot });
          await done(t('storages.keys.removed', { name }));
        }}
      />
    );
  }
  switch (dialog) {
    case 'try':
      return (
        <PasswordDialog
          title={t('storages.keys.try')}
          meaning={t('storages.keys.tryMeaning')}
          action={t('storages.keys.tryAction')}
          onClose={onClose}
          onPassword={async (password) => {
            await engine.call('storage.tryPassword', { id: storage.id, password });
            await done(t('storages.keys.tryDone'));
          }}
        />
      );
    case 'change':
    case 'add':
      return <NewPasswordDialog storage={storage} what={dialog} onClose={onClose} />;
    case 'show':
    case 'renew':
      return <SheetDialog storage={storage} what={dialog} onClose={onClose} />;
    case 'confirm':
      return <ConfirmKeyDialog storage={storage} opened onClose={onClose} />;
  }
}
