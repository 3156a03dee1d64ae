import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import { type SourceSummary, useSources } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import css from './sources.module.css';

/** For a source whose password nobody remembers. What is typed goes straight to the engine. */
export function SecretForm({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const say = useFailureWords();
  const [secret, setSecret] = useState('');
  const [keep, setKeep] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const give = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await engine.call('source.unlock', { id: source.id, secret, keepInKeychain: keep });
      setSecret('');
      await useSources.getState().refresh();
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  return (
    <Card title={t('sources.unlock.title')} icon={<Glyph name="locked" />}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (secret !== '' && !busy) void give();
        }}
      >
        <p>{t('sources.unlock.meaning', { name: source.name })}</p>
        <div className={css['secret']}>
          <PasswordInput
            aria-label={t('sources.settings.secret')}
            autoComplete="off"
            value={secret}
            error={failure ? say(failure) : undefined}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" loading={busy} disabled={secret === ''}>
            {t('sources.unlock.action')}
          </Button>
        </div>
        <Checkbox label={t('sources.editForm.keep')} checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
      </form>
    </Card>
  );
}
