import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ellipsis, GripVertical, Play } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { ColorMark } from '../../parts/color-mark.tsx';
import { glyphOfJob, JobDue } from '../../parts/job-due.tsx';
import { JobName } from '../../parts/job-name.tsx';
import { JobStrip } from '../../parts/job-strip.tsx';
import { kindOfSource } from '../../parts/kinds.ts';
import { useRunJob } from '../../parts/use-run-job.ts';
import type { JobSummary } from '../../state/index.ts';
import { Glyph, KindIcon, LinkButton } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { CloneDialog } from './clone-dialog.tsx';
import css from './jobs.module.css';
import { handleOf } from './use-move-job.ts';

/** What a dragged job is called while it is in the air. */
export const jobData = 'application/x-strata-job';

interface Props {
  readonly job: JobSummary;
  readonly onStep: (by: -1 | 1) => void;
  /** Another one was dropped here. */
  readonly onDrop: (id: string) => void;
}

export function JobRow({ job, onStep, onDrop }: Props) {
  const t = useWords();
  const format = useFormat();
  const run = useRunJob();
  const [isOver, setOver] = useState(false);
  const kinds = [...new Set(job.sourceNames.map(({ kind }) => kindOfSource[kind]))];
  return (
    <li
      className={css['row']}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(jobData)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop(event.dataTransfer.getData(jobData));
      }}
    >
      <Handle job={job} onStep={onStep} />
      <Glyph name={glyphOfJob(job)} />
      <div className={css['rowName']}>
        <span className={css['rowTitle']}>
          <ColorMark color={job.color} />
          <Link to="/jobs/$job" params={{ job: job.id }} className="st-ellipsis">
            <JobName job={job.name} storage={job.storageName} />
          </Link>
        </span>
        <span className={css['rowSources']}>
          {kinds.map((kind) => (
            <KindIcon key={kind} kind={kind} size={14} />
          ))}
          <span className="st-ellipsis">{format.list(job.sourceNames.map(({ name }) => name))}</span>
        </span>
      </div>
      <div className={css['rowStrip']}>
        <JobStrip job={job} />
      </div>
      <JobDue job={job} />
      <div className={css['rowActions']}>
        {job.running === null ? (
          <Button size="sm" leftSection={<Play size={14} strokeWidth={2} aria-hidden />} onClick={() => run(job)}>
            {t(job.lastRun?.status === 'paused' ? 'runs.resume' : 'jobs.runNow')}
          </Button>
        ) : (
          <LinkButton size="sm" to="/runs/$run" params={{ run: job.running }}>
            {t('jobs.showRun')}
          </LinkButton>
        )}
        <RowMenu job={job} onStep={onStep} />
      </div>
    </li>
  );
}

function Handle({ job, onStep }: Pick<Props, 'job' | 'onStep'>) {
  const t = useWords();
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <button
      type="button"
      id={handleOf(job)}
      className={css['handle']}
      draggable
      aria-label={t('jobs.move.handle', { name: job.name })}
      onKeyDown={onKey}
      onDragStart={(event) => {
        event.dataTransfer.setData(jobData, job.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <GripVertical size={14} strokeWidth={2} aria-hidden />
    </button>
  );
}

function RowMenu({ job, onStep }: Pick<Props, 'job' | 'onStep'>) {
  const t = useWords();
  const [copying, setCopying] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('jobs.moreOf', { name: job.name })}>
            <Ellipsis size={18} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onStep(-1)}>{t('jobs.move.up')}</Menu.Item>
          <Menu.Item onClick={() => onStep(1)}>{t('jobs.move.down')}</Menu.Item>
          <Menu.Item onClick={() => setCopying(true)}>{t('jobs.clone.action')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {copying && <CloneDialog job={job} onClose={() => setCopying(false)} />}
    </>
  );
}
