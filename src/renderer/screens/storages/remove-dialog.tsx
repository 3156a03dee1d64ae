import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type RemovalPlan, type StorageSummary, useAttempt } from '../../state/index.ts';
import { FailureNote, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './plan.module.css';
import forms from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly plan: RemovalPlan;
  readonly onClose: () => void;
}

/** What goes, what it frees and when, what can be taken back; more than the guards let pass is confirmed by typing the name. */
export function RemoveDialog({ storage, plan, onClose }: Props) {
  const t = useWords();
  const format = useFormat();
  const navigate = useNavigate();
  const { busy, failure, attempt } = useAttempt();
  const [typed, setTyped] = useState('');
  const { trash } = plan;
  const isConfirmed = plan.needsConfirmation === null || typed === storage.name;
  const start = async (): Promise<void> => {
    const started = await attempt(() =>
      engine.call('storage.purge', { storage: storage.id, olderThanDays: null, dryRun: false, token: plan.token }),
    );
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('storages.remove.title', { name: storage.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={forms['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed && !busy) void start();
        }}
      >
        <div className={css['list']}>
          <p className={css['big']}>
            {t('storages.plan.totals', {
              versions: t('storages.plan.versions', { count: plan.totals.versions }),
              bytes: format.bytes(plan.totals.bytes),
            })}
          </p>
          <p className={forms['meaning']}>{t('storages.remove.hides', { count: plan.totals.moments })}</p>
          <p className={forms['meaning']}>{t('storages.remove.trash')}</p>
          {trash.duePacks > 0 && (
            <p className={forms['meaning']}>{t('storages.remove.deletes', { bytes: format.bytes(trash.dueBytes) })}</p>
          )}
          {plan.needsConfirmation !== null && (
            <Note tone="warning" title={t(`storages.remove.much.${plan.needsConfirmation}`)}>
              {t('storages.remove.muchMeaning', { bytes: format.bytes(plan.totals.bytes), of: format.bytes(plan.ofBytes) })}
            </Note>
          )}
        </div>
        {plan.needsConfirmation !== null && (
          <TextInput
            data-autofocus
            label={t('parts.typeName', { name: storage.name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {failure && <FailureNote failure={failure} />}
        <div className={forms['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" color="danger" disabled={!isConfirmed} loading={busy}>
            {t('storages.remove.action')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
