import { Button } from '@mantine/core';
import { KeyRound, Keyboard, Laptop, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { StorageSummary } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { ConfirmKeyDialog } from './confirm-key-dialog.tsx';
import css from './storages.module.css';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface SlotProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly value: ReactNode;
}

function Slot({ icon: mark, name, value }: SlotProps) {
  return (
    <li>
      {mark}
      <span className="st-ellipsis">{name}</span>
      <span>{value}</span>
    </li>
  );
}

export function KeysCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const [confirming, setConfirming] = useState(false);
  const { keyInKeychain, recoveryKeyConfirmed, state } = storage;
  return (
    <Card title={t('storages.keys.title')} icon={<KeyRound {...icon} />}>
      <ul className={css['slots']}>
        <Slot icon={<Keyboard {...icon} />} name={t('storages.keys.password')} value={t('storages.keys.passwordIs')} />
        <Slot
          icon={<Laptop {...icon} />}
          name={t('storages.keys.keychain')}
          value={t(keyInKeychain ? 'storages.keys.inKeychain' : 'storages.keys.notInKeychain')}
        />
        <Slot
          icon={<Printer {...icon} />}
          name={t('storages.keys.sheet')}
          value={
            recoveryKeyConfirmed ? (
              t('storages.keys.confirmed')
            ) : (
              <span className={css['unconfirmed']}>
                <Glyph name="warning" size={12} /> {t('storages.keys.unconfirmed')}
              </span>
            )
          }
        />
      </ul>
      {!recoveryKeyConfirmed && (
        <>
          <p className={css['meaning']}>{t('storages.keys.confirmMeaning')}</p>
          <div className={css['cardFoot']}>
            <Button size="sm" disabled={state === 'unavailable'} onClick={() => setConfirming(true)}>
              {t('storages.keys.confirmNow')}
            </Button>
          </div>
          <ConfirmKeyDialog storage={storage} opened={confirming} onClose={() => setConfirming(false)} />
        </>
      )}
    </Card>
  );
}
