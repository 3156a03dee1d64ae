import { Button, Checkbox, PasswordInput, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useToasts } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** Password or recovery key. What is typed goes straight to the engine and is forgotten here. */
export function UnlockForm({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const say = useFailureWords();
  const show = useToasts((store) => store.show);
  const [by, setBy] = useState<'password' | 'recovery-key'>('password');
  const [secret, setSecret] = useState('');
  const [keep, setKeep] = useState(storage.keyInKeychain);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const unlock = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const unlockBy = by === 'password' ? { by, password: secret } : { by, recoveryKey: secret };
      await engine.call('storage.unlock', { id: storage.id, unlock: unlockBy, keepInKeychain: keep });
      setSecret('');
      show({ tone: 'success', title: t('storages.unlock.done', { name: storage.name }) });
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  return (
    <Card title={t('storages.unlock.title')} icon={<Glyph name="locked" />}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (secret !== '') void unlock();
        }}
      >
        <p className={css['meaning']}>{t('storages.unlock.meaning')}</p>
        <div className={css['unlock']}>
          <SegmentedControl
            aria-label={t('storages.unlock.by')}
            data={[
              { value: 'password', label: t('storages.unlock.password') },
              { value: 'recovery-key', label: t('storages.unlock.recoveryKey') },
            ]}
            value={by}
            onChange={(next) => setBy(next === 'password' ? 'password' : 'recovery-key')}
          />
          <PasswordInput
            className={css['secret'] ?? ''}
            aria-label={t(by === 'password' ? 'storages.unlock.password' : 'storages.unlock.recoveryKey')}
            autoComplete="off"
            value={secret}
            error={failure ? say(failure) : undefined}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" loading={busy} disabled={secret === ''}>
            {t('storages.unlock.action')}
          </Button>
        </div>
        <Checkbox
          label={t('storages.unlock.keep')}
          description={t('storages.unlock.keepMeaning')}
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
      </form>
    </Card>
  );
}
