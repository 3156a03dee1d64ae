import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useRunJob } from '../../parts/use-run-job.ts';
import type { FolderRow, StorageSummary } from '../../state/index.ts';
import { EmptyState } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import explorer from './explorer.module.css';
import { FolderItems } from './folder-items.tsx';
import css from './item-pane.module.css';
import { Preview } from './preview.tsx';
import type { Timeline } from './timeline.ts';
import { nextOf, previousChange } from './timeline.ts';
import { useBrowseEvents, useBrowseKeys } from './use-browse-keys.ts';
import { usePlace } from './use-place.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly folder: FolderRow | null;
  readonly folders: readonly FolderRow[];
  readonly timeline: Timeline;
  /** The preview has a place of its own; else it comes over the list when it is asked for. */
  readonly roomy: boolean;
}

export function ItemPane({ storage, folder, folders, timeline, roomy }: Props) {
  const t = useWords();
  const { place, go, adjust } = usePlace();
  const [drawer, setDrawer] = useState(false);
  useBrowseKeys();
  useBrowseEvents('now', () => go({ at: undefined }));
  useBrowseEvents('previous', () => {
    const before = previousChange(timeline.changedMs, place.at);
    if (before !== undefined) go({ at: before });
  });
  useBrowseEvents('next', () => {
    const after = nextOf(timeline.changedMs, place.at);
    if (after !== undefined) go({ at: after ?? undefined });
  });
  useBrowseEvents('versions', () => {
    if (place.item === null) return;
    adjust({ tab: 'versions' });
    setDrawer(true);
  });

  // Without a folder there may still be an item: a found one whose folder is gone.
  const list = folder ? (
    <FolderItems key={folder.item} storage={storage} folder={folder} onShow={() => setDrawer(true)} />
  ) : (
    <NoFolder storage={storage} empty={folders.length === 0} />
  );
  const preview = <Preview storage={storage} timeline={timeline} />;
  if (!roomy) {
    return (
      <div className={css['pane']}>
        {list}
        <Drawer
          opened={drawer && place.item !== null}
          onClose={() => setDrawer(false)}
          position="right"
          size={520}
          title={t('browse.preview.label')}
          classNames={{ body: css['drawerBody'] ?? '' }}
          closeButtonProps={{ 'aria-label': t('browse.preview.close') }}
        >
          {preview}
        </Drawer>
      </div>
    );
  }
  return (
    <Group className={css['pane'] ?? ''}>
      <Panel id="list" className={css['list'] ?? ''} minSize={360}>
        {list}
      </Panel>
      <Separator className={explorer['separator'] ?? ''} aria-label={t('browse.preview.label')} />
      <Panel
        id="preview"
        className={css['preview'] ?? ''}
        defaultSize={456}
        minSize={320}
        groupResizeBehavior="preserve-pixel-size"
      >
        {preview}
      </Panel>
    </Group>
  );
}

/** Nothing to list: nothing is chosen, nothing was there then, or nothing was saved yet, which can be helped at once. */
function NoFolder({ storage, empty }: { readonly storage: StorageSummary; readonly empty: boolean }) {
  const t = useWords();
  const { place } = usePlace();
  const run = useRunJob();
  const [job] = storage.jobs;
  if (!empty) return <EmptyState title={t('browse.chooseFolder')} />;
  if (place.at !== null) return <EmptyState title={t('browse.noFoldersThen')} />;
  return (
    <EmptyState title={t('browse.noFolders')} action={job && <Button onClick={() => run(job)}>{t('jobs.runNow')}</Button>} />
  );
}
