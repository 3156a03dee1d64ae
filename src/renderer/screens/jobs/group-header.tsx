import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { ChevronDown, ChevronRight, Ellipsis } from 'lucide-react';
import { engine } from '../../client/index.ts';
import { useRunJob } from '../../parts/use-run-job.ts';
import { tellFailure, useJobs } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import type { JobSection } from './job-sections.ts';
import css from './jobs.module.css';

interface Props {
  readonly section: JobSection & { readonly group: string };
  readonly isFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
}

/** The name of a group, and what is done to all of it. */
export function GroupHeader({ section: { group, jobs }, isFolded, onFold }: Props) {
  const t = useWords();
  const run = useRunJob();
  const switchAll = (to: 'on' | 'off'): Promise<void> =>
    tellFailure(t(to === 'on' ? 'jobs.group.enableAll' : 'jobs.group.disableAll'), async () => {
      for (const { id } of jobs) await engine.call('job.switch', { id, scan: to, capture: to });
      await useJobs.getState().refresh();
    });
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <header className={css['groupHeader']}>
      <UnstyledButton
        className={css['fold'] ?? ''}
        aria-expanded={!isFolded}
        title={t('jobs.group.fold', { group })}
        onClick={() => onFold(!isFolded)}
      >
        <Chevron size={16} strokeWidth={2} aria-hidden />
        <h2>{group}</h2>
        <span className="st-soft">{t('jobs.fact', { count: jobs.length })}</span>
      </UnstyledButton>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('jobs.group.more', { group })}>
            <Ellipsis size={18} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => jobs.filter(({ running }) => running === null).forEach((job) => run(job))}>
            {t('jobs.group.runAll')}
          </Menu.Item>
          <Menu.Item onClick={() => void switchAll('on')}>{t('jobs.group.enableAll')}</Menu.Item>
          <Menu.Item onClick={() => void switchAll('off')}>{t('jobs.group.disableAll')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
