import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { ReadAgainDialog } from '../../parts/read-again-dialog.tsx';
import { useRunJob } from '../../parts/use-run-job.ts';
import { type SourceSummary, tellFailure, useJobs, useSources, useToasts } from '../../state/index.ts';
import { ConfirmName } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './sources.module.css';

/** What is done to a source beside what its page offers at once. */
export function SourceMenu({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const navigate = useNavigate();
  const show = useToasts((store) => store.show);
  const run = useRunJob();
  const jobs = (useJobs((feed) => feed.value) ?? []).filter(({ sources }) => sources.includes(source.id));
  const [asking, setAsking] = useState(false);
  const [reading, setReading] = useState(false);
  const { id, name } = source;
  const remove = (): Promise<void> =>
    tellFailure(t('sources.removeAction'), async () => {
      await engine.call('source.remove', { id });
      await useSources.getState().refresh();
      show({ tone: 'success', title: t('sources.removed', { name }), meaning: t('sources.removedMeaning') });
      await navigate({ to: '/sources' });
    });
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('parts.more')}>
            <Ellipsis size={18} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={jobs.length === 0}
            onClick={() => jobs.forEach((job) => run(job, { sources: [id], readsAgain: false }))}
          >
            {t('sources.saveThis')}
          </Menu.Item>
          <Menu.Item disabled={jobs.length === 0} onClick={() => setReading(true)}>
            {t('jobs.readAgain.action')}
          </Menu.Item>
          <Menu.Item className={css['dangerItem'] ?? ''} onClick={() => setAsking(true)}>
            {t('sources.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {reading && <ReadAgainDialog name={name} jobs={jobs} sources={[id]} onClose={() => setReading(false)} />}
      <ConfirmName
        opened={asking}
        title={t('sources.removeTitle', { name })}
        name={name}
        action={t('sources.removeAction')}
        onClose={() => setAsking(false)}
        onConfirm={remove}
      >
        {t('sources.removeMeaning')}
      </ConfirmName>
    </>
  );
}
