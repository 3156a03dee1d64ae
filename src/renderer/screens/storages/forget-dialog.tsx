import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type ForgetSourcePlan, type StorageSummary, useAnswer, useAttempt } from '../../state/index.ts';
import { FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './plan.module.css';
import forms from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly source: { readonly source: SourceId; readonly name: string };
  readonly onClose: () => void;
}

/** All that is kept of a source goes: how much, what stays all the same, and how long there is a way back. The name is typed. */
export function ForgetDialog({ storage, source: { source, name }, onClose }: Props) {
  const t = useWords();
  const navigate = useNavigate();
  const { busy, failure, attempt } = useAttempt();
  const [typed, setTyped] = useState('');
  const answer = useAnswer(`forget ${storage.id} ${source}`, () =>
    engine.call('storage.forgetSourcePlan', { storage: storage.id, source }),
  );
  const plan = answer.value;
  const refusal = failure ?? plan?.refused ?? answer.failure;
  const mayGo = plan !== null && plan.refused === null && plan.totals.versions > 0 && typed === name;
  const forget = async (): Promise<void> => {
    if (plan === null) return;
    const started = await attempt(() => engine.call('storage.forgetSource', { storage: storage.id, source, token: plan.token }));
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('storages.forget.title', { source: name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={forms['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (mayGo && !busy) void forget();
        }}
      >
        {plan === null && answer.failure === null && <Waiting rows={3} />}
        {plan !== null && <Numbers plan={plan} />}
        {plan?.refused === null && (
          <TextInput
            autoFocus
            label={t('parts.typeName', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {refusal && <FailureNote failure={refusal} />}
        <div className={forms['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" color="danger" disabled={!mayGo} loading={busy}>
            {t('storages.forget.action')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Numbers({ plan: { totals, ofBytes, held } }: { readonly plan: ForgetSourcePlan }) {
  const t = useWords();
  const format = useFormat();
  const share = ofBytes === 0 ? 0 : totals.bytes / ofBytes;
  return (
    <div className={css['list']}>
      <p className={css['big']}>
        {t('storages.plan.totals', {
          versions: t('storages.plan.versions', { count: totals.versions }),
          bytes: format.bytes(totals.bytes),
        })}
      </p>
      <p className={forms['meaning']}>
        {t('storages.forget.share', { percent: format.percent(share), context: share < 0.01 ? 'little' : 'much' })}{' '}
        {totals.moments > 0 && t('storages.forget.moments', { count: totals.moments })}
      </p>
      {held > 0 && <p className={forms['meaning']}>{t('storages.forget.held', { count: held })}</p>}
      <p className={forms['meaning']}>{t('storages.forget.wayBack')}</p>
    </div>
  );
}
