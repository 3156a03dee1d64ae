import { useMediaQuery } from '@mantine/hooks';
import { useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { engine } from '../../client/index.ts';
import { type FolderRow, type StorageSummary, useAnswer, useDensity } from '../../state/index.ts';
import { EmptyState, FailureNote, LinkButton, Note, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './explorer.module.css';
import { FolderTree } from './folder-tree.tsx';
import { ItemPane } from './item-pane.tsx';
import { StorageChoice } from './storage-choice.tsx';
import { TimeBar } from './time-bar.tsx';
import { createTimeline } from './timeline.ts';
import { usePlace } from './use-place.ts';

/** As many as the contract gives; older ones can still be reached by date. */
const mostMoments = 10_000;

interface Props {
  readonly storage: StorageSummary;
  readonly storages: readonly StorageSummary[];
}

/** An inbox, else the first folder that holds anything. */
const firstFolder = (folders: readonly FolderRow[]): FolderRow | undefined =>
  folders.find(({ specialUse }) => specialUse === '\\Inbox') ?? folders.find(({ items, deleted }) => items > 0 && !deleted);

/** Folders at the left, time above, items and the chosen one below it. */
export function Explorer({ storage, storages }: Props) {
  const t = useWords();
  const roomy = useMediaQuery('(min-width: 1181px)', window.innerWidth > 1180);
  const { place, adjust } = usePlace();
  const open = storage.state !== 'locked';
  const tree = useAnswer(
    open ? `tree ${storage.id} ${place.at ?? ''}` : null,
    () => engine.call('browse.tree', { storage: storage.id, at: place.at }),
    true,
  );
  const moments = useAnswer(
    open ? `moments ${storage.id}` : null,
    () => engine.call('browse.moments', { storage: storage.id, limit: mostMoments }),
    true,
  );
  const density = useDensity(open ? storage.id : null, place.folder, true);
  const folder = tree.value?.find(({ item }) => item === place.folder) ?? null;

  const first = tree.value && firstFolder(tree.value);
  useEffect(() => {
    // An address that names nothing in the storage means where most people begin.
    if (place.folder === null && place.item === null && first) adjust({ folder: first.item });
  }, [place.folder, place.item, first, adjust]);

  const content = () => {
    if (!open) return <Locked storage={storage} />;
    if (tree.failure) return <FailureNote failure={tree.failure} title={t('parts.broken')} retry={() => void tree.refresh()} />;
    if (!tree.value || !moments.value) return <Waiting what={storage.name} rows={8} />;
    const timeline = createTimeline(moments.value, density);
    return (
      <>
        {storage.state === 'unavailable' && <OfflineNote storage={storage} />}
        <TimeBar storage={storage.id} timeline={timeline} density={density} folder={folder} />
        <ItemPane storage={storage} folder={folder} folders={tree.value} timeline={timeline} roomy={roomy} />
      </>
    );
  };

  return (
    <Group className={css['explorer'] ?? ''}>
      {/* A folder has a heading of its own. */}
      {!folder && <h1 className="st-hidden">{t('browse.title')}</h1>}
      <Panel
        id="folders"
        className={css['side'] ?? ''}
        defaultSize={roomy ? 240 : 208}
        minSize={160}
        maxSize={420}
        groupResizeBehavior="preserve-pixel-size"
      >
        <StorageChoice storage={storage} storages={storages} />
        {tree.value && <FolderTree storage={storage} folders={tree.value} />}
        {open && <SizesLink storage={storage} folder={folder} />}
      </Panel>
      <Separator className={css['separator'] ?? ''} aria-label={t('browse.tree')} />
      <Panel id="content" className={css['content'] ?? ''} minSize={480}>
        {content()}
      </Panel>
    </Group>
  );
}

/** What takes the room in the folder that is looked at. */
function SizesLink({ storage, folder }: { readonly storage: StorageSummary; readonly folder: FolderRow | null }) {
  const t = useWords();
  const search = folder && { source: folder.source, ...(folder.parent === null ? {} : { folder: folder.item }) };
  return (
    <LinkButton
      size="sm"
      variant="subtle"
      className={css['sizes'] ?? ''}
      to="/storages/$storage/sizes"
      params={{ storage: storage.id }}
      search={search ?? {}}
    >
      {t('sizes.open')}
    </LinkButton>
  );
}

function Locked({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  return (
    <EmptyState
      title={t('browse.locked')}
      action={
        <LinkButton to="/storages/$storage" params={{ storage: storage.id }} variant="filled">
          {t('browse.unlock')}
        </LinkButton>
      }
    />
  );
}

function OfflineNote({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const moment = storage.lastCommitAtMs === null ? t('parts.unknown') : format.moment(storage.lastCommitAtMs);
  return (
    <div className={css['offline']}>
      <Note tone="warning">{t('browse.unavailable', { moment, path: storage.path })}</Note>
    </div>
  );
}
