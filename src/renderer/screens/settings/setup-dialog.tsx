import { Button, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { engine } from '../../client/index.ts';
import { tellFailure, useJobs, useSources, useStorages } from '../../state/index.ts';
import { Chip, CopyButton, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './settings.module.css';

type Step = CallOutput<'setup.plan'>['steps'][number];
type Made = CallOutput<'setup.apply'>['made'];

export interface PlannedSetup {
  readonly text: string;
  readonly steps: readonly Step[];
}

/** Storages cannot be opened without; of everything else a secret is asked for where the file names one. */
const asksSecret = ({ kind, action, secret }: Step): boolean =>
  secret !== null && action !== 'same' && (kind === 'storage' || secret.reference !== null);
const keyOf = ({ kind, name }: Step): string => `${kind} ${name}`;

/** The plan first; then the secrets that it needs; then, of storages that were made, their recovery keys. */
export function SetupDialog({
  planned: { text, steps },
  onClose,
}: {
  readonly planned: PlannedSetup;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [made, setMade] = useState<Made | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = steps.filter(asksSecret);
  const isComplete = asked.every((step) => (secrets[keyOf(step)] ?? '') !== '');
  const apply = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(t('settings.setup.apply'), async () => {
      const { keychain } = await engine.call('app.info', {});
      const given = asked.map((step) => ({ kind: step.kind, name: step.name, secret: secrets[keyOf(step)] ?? '' }));
      const applied = await engine.call('setup.apply', { text, secrets: given, keepInKeychain: keychain === 'available' });
      await Promise.all([useStorages, useSources, useJobs].map((feed) => feed.getState().refresh()));
      setSecrets({});
      if (applied.made.length === 0) onClose();
      else setMade(applied.made);
    });
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="52rem"
      title={t(made === null ? 'settings.setup.planTitle' : 'settings.setup.title')}
      closeOnClickOutside={false}
      // Keys that are shown once do not go away by a key that was pressed in passing.
      closeOnEscape={made === null}
      withCloseButton={made === null}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      {made === null ? (
        <form
          className={css['setupPlan']}
          onSubmit={(event) => {
            event.preventDefault();
            if (isComplete && !busy) void apply();
          }}
        >
          <p>{t('settings.setup.planMeaning')}</p>
          <ul>
            {steps.map((step) => (
              <PlannedStep key={keyOf(step)} step={step} />
            ))}
          </ul>
          {asked.map((step, index) => (
            <PasswordInput
              key={keyOf(step)}
              data-autofocus={index === 0 ? true : undefined}
              label={t('settings.setup.secretOf', { name: step.name })}
              description={step.secret?.reference ?? undefined}
              value={secrets[keyOf(step)] ?? ''}
              onChange={(event) => setSecrets({ ...secrets, [keyOf(step)]: event.currentTarget.value })}
            />
          ))}
          <div className={css['setupActions']}>
            <Button onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" variant="filled" disabled={!isComplete} loading={busy}>
              {t('settings.setup.apply')}
            </Button>
          </div>
        </form>
      ) : (
        <RecoveryKeys made={made} onClose={onClose} />
      )}
    </Modal>
  );
}

function PlannedStep({ step: { kind, name, action, changes } }: { readonly step: Step }) {
  const t = useWords();
  return (
    <li>
      <Chip tone={action === 'same' ? 'plain' : action === 'change' ? 'warning' : 'active'} small>
        {t(`settings.setup.action.${action}`)}
      </Chip>{' '}
      {t(`settings.setup.kind.${kind}`)} <b>{name}</b>
      {action === 'change' && (
        <ul>
          {changes.map(({ member, before, after }) => (
            <li key={member}>
              <code>{`${member}: ${before ?? '–'} → ${after ?? '–'}`}</code>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function RecoveryKeys({ made, onClose }: { readonly made: Made; readonly onClose: () => void }) {
  const t = useWords();
  return (
    <div className={css['setupPlan']}>
      <Note tone="warning" title={t('settings.setup.keysTitle')}>
        {t('settings.setup.keysMeaning')}
      </Note>
      {made.map(({ name, recoveryKey }) => (
        <div key={name}>
          <b>{name}</b>
          <pre className={css['command']}>{recoveryKey}</pre>
          <CopyButton text={recoveryKey} label={t('settings.setup.copyKey', { name })} />
        </div>
      ))}
      <div className={css['setupActions']}>
        <Button variant="filled" onClick={onClose}>
          {t('settings.setup.done')}
        </Button>
      </div>
    </div>
  );
}
