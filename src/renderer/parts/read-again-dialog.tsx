import { Button, Modal } from '@mantine/core';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { JobSummary } from '../state/index.ts';
import { useWords } from '../words/index.ts';
import css from './read-again-dialog.module.css';
import { useRunJob } from './use-run-job.ts';

interface Props {
  /** Of what: a job's or a source's. */
  readonly name: string;
  readonly jobs: readonly Pick<JobSummary, 'id' | 'name'>[];
  /** Null: all of the jobs'. */
  readonly sources: readonly SourceId[] | null;
  readonly onClose: () => void;
}

/** Says what it costs and what it is good for, before hours go into it. */
export function ReadAgainDialog({ name, jobs, sources, onClose }: Props) {
  const t = useWords();
  const run = useRunJob();
  const begin = (): void => {
    for (const job of jobs) run(job, { sources, readsAgain: true });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('jobs.readAgain.title', { name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['words']}>
        <p>{t('jobs.readAgain.meaning')}</p>
        <p className="st-soft">{t('jobs.readAgain.cost')}</p>
      </div>
      <div className={css['foot']}>
        <Button data-autofocus onClick={onClose}>
          {t('parts.cancel')}
        </Button>
        <Button variant="filled" onClick={begin}>
          {t('jobs.readAgain.do')}
        </Button>
      </div>
    </Modal>
  );
}
