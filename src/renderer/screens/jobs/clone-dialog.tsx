import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { isName } from '../../parts/names.ts';
import { type JobSummary, tellFailure, useJobs, useToasts } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './jobs.module.css';

/** Asks for the name of a copy, and shows the copy. */
export function CloneDialog({ job, onClose }: { readonly job: JobSummary; readonly onClose: () => void }) {
  const t = useWords();
  const navigate = useNavigate();
  const show = useToasts((store) => store.show);
  const [name, setName] = useState<string>(() => t('jobs.clone.suggestion', { name: job.name }));
  const [enabled, setEnabled] = useState(false);
  const [busy, setBusy] = useState(false);
  const copy = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(t('jobs.clone.title', { name: job.name }), async () => {
      const { id } = await engine.call('job.clone', { id: job.id, name, enabled });
      await useJobs.getState().refresh();
      show({
        tone: 'success',
        title: t('jobs.clone.done', { name }),
        ...(enabled ? {} : { meaning: t('jobs.clone.doneMeaning') }),
      });
      onClose();
      await navigate({ to: '/jobs/$job', params: { job: id } });
    });
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('jobs.clone.title', { name: job.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['marks']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isName(name) && !busy) void copy();
        }}
      >
        <p>{t('jobs.clone.meaning')}</p>
        <TextInput
          data-autofocus
          label={t('jobs.clone.name')}
          value={name}
          error={isName(name) ? undefined : t('jobs.nameInvalid')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t('jobs.clone.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <div className={css['dialogFoot']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!isName(name)} loading={busy}>
            {t('jobs.clone.do')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
