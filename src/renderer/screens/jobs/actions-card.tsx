import { Button } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type JobSummary, tellFailure, useAnswer } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { ActionDialog } from './action-dialog.tsx';
import type { ActionRow } from './action-draft.ts';
import css from './actions-card.module.css';

/** What a person wants done before and after the runs of this job. Holds at once. */
export function ActionsCard({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const { value, refresh } = useAnswer(`actions ${job.id}`, () => engine.call('action.list', { job: job.id }), true);
  const [open, setOpen] = useState<ActionRow | 'new' | null>(null);
  return (
    <Card
      title={t('jobs.actions.title')}
      action={
        <Button size="xs" onClick={() => setOpen('new')}>
          {t('jobs.actions.add')}
        </Button>
      }
    >
      <p className="st-soft">{t('jobs.actions.meaning')}</p>
      <ul className={css['list']}>
        {value?.map((action) => (
          <Line key={action.id} job={job} action={action} onEdit={() => setOpen(action)} onChanged={refresh} />
        ))}
      </ul>
      {open !== null && (
        <ActionDialog
          job={job.id}
          action={open === 'new' ? null : open}
          onClose={() => {
            setOpen(null);
            void refresh();
          }}
        />
      )}
    </Card>
  );
}

interface LineProps {
  readonly job: JobSummary;
  readonly action: ActionRow;
  readonly onEdit: () => void;
  readonly onChanged: () => Promise<void>;
}

function Line({ job, action, onEdit, onChanged }: LineProps) {
  const t = useWords();
  const { id, name, when, isOn, deed, missingSecrets } = action;
  const remove = (): Promise<void> =>
    tellFailure(t('jobs.actions.remove'), async () => {
      await engine.call('action.remove', { job: job.id, id });
      await onChanged();
    });
  return (
    <li className={css['line']}>
      <Glyph
        name={missingSecrets.length > 0 ? 'warning' : isOn ? 'fine' : 'paused'}
        label={t(isOn ? 'jobs.actions.on' : 'jobs.actions.off')}
      />
      <span className={css['words']}>
        <b>{name}</b>
        <span className="st-soft st-ellipsis">
          {t(`jobs.actions.when.${when}`)} ·{' '}
          {deed.kind === 'command' ? [deed.program, ...deed.arguments].join(' ') : `${deed.method} ${deed.url}`}
        </span>
        {missingSecrets.length > 0 && <span>{t('jobs.actions.missing', { names: missingSecrets.join(', ') })}</span>}
      </span>
      <Button size="xs" aria-label={t('jobs.actions.editOf', { name })} onClick={onEdit}>
        {t('jobs.actions.edit')}
      </Button>
      <Button size="xs" aria-label={t('jobs.actions.removeOf', { name })} onClick={() => void remove()}>
        {t('jobs.actions.remove')}
      </Button>
    </li>
  );
}
