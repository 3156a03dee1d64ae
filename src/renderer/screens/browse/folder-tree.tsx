import {
  expandAllFeature,
  hotkeysCoreFeature,
  type ItemInstance,
  searchFeature,
  selectionFeature,
  syncDataLoaderFeature,
} from '@headless-tree/core';
import { useTree } from '@headless-tree/react';
import { TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight, ListFilter } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { kindOfSource } from '../../parts/kinds.ts';
import type { FolderRow, StorageSummary } from '../../state/index.ts';
import { Chip, classes, EmptyState, inRem, KindIcon } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { buildForest, type Forest, openAtFirst } from './forest.ts';
import css from './folder-tree.module.css';
import { Sparkline } from './sparkline.tsx';
import { useFolderName } from '../../parts/use-folder-name.ts';
import { usePlace } from './use-place.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly folders: readonly FolderRow[];
}

export function FolderTree({ storage, folders }: Props) {
  const t = useWords();
  const nameOf = useFolderName();
  const [filter, setFilter] = useState('');
  const forest = useMemo(() => buildForest(folders, filter, nameOf), [folders, filter, nameOf]);
  return (
    <>
      <TextInput
        className={css['filter'] ?? ''}
        aria-label={t('browse.filter')}
        placeholder={t('browse.filter')}
        leftSection={<ListFilter size={14} strokeWidth={2} aria-hidden />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      {forest.roots.length === 0 ? (
        <EmptyState title={t(filter === '' ? 'browse.noFolders' : 'browse.noFoldersFit')} />
      ) : (
        <Rows key={filter === '' ? 'all' : 'filtered'} storage={storage} forest={forest} filtered={filter !== ''} />
      )}
    </>
  );
}

const rootId = 'root';

/** Flat rows with level, size and position, the only form of a tree that survives being drawn in part. */
function Rows({
  storage,
  forest,
  filtered,
}: {
  readonly storage: StorageSummary;
  readonly forest: Forest;
  readonly filtered: boolean;
}) {
  const t = useWords();
  const nameOf = useFolderName();
  const { place, go } = usePlace();
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useTree<FolderRow | null>({
    rootItemId: rootId,
    initialState: { expandedItems: filtered ? [...forest.folders.keys()] : [...openAtFirst(forest, place.folder)] },
    dataLoader: {
      getItem: (id) => forest.folders.get(id) ?? null,
      getChildren: (id) => [...(id === rootId ? forest.roots : (forest.children.get(id) ?? []))],
    },
    getItemName: (item) => (item.getItemData() ? nameOf(item.getItemData() as FolderRow) : ''),
    isItemFolder: (item) => (forest.children.get(item.getId())?.length ?? 0) > 0,
    onPrimaryAction: (item) => go({ folder: item.getId(), item: undefined, version: undefined }),
    scrollToItem: (item) => virtualizer.scrollToIndex(item.getItemMeta().index),
    features: [syncDataLoaderFeature, selectionFeature, hotkeysCoreFeature, searchFeature, expandAllFeature],
  });
  const met = useRef(new Set(forest.roots));
  useEffect(() => {
    // A source that comes while someone looks stands as open as one that was there; what they closed stays closed.
    const opened = openAtFirst(forest, null, met.current);
    met.current = new Set([...met.current, ...forest.roots]);
    if (opened.size > 0) tree.applySubStateUpdate('expandedItems', (open) => [...new Set([...open, ...opened])]);
    // The tree remembers its rows; another moment or filter has others.
    tree.rebuildTree();
  }, [tree, forest]);

  const rowHeight = inRem(1.75);
  const items = tree.getItems();
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  return (
    <div ref={scroller} className={css['scroller']}>
      <div {...tree.getContainerProps(t('browse.tree'))} className={css['rows']} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index];
          const folder = item?.getItemData();
          if (!item || !folder) return null;
          return (
            <FolderLine
              key={item.getKey()}
              item={item}
              folder={folder}
              storage={storage}
              chosen={folder.item === place.folder}
              top={row.start}
            />
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  readonly item: ItemInstance<FolderRow | null>;
  readonly folder: FolderRow;
  readonly storage: StorageSummary;
  readonly chosen: boolean;
  readonly top: number;
}

function FolderLine({ item, folder, storage, chosen, top }: LineProps) {
  const t = useWords();
  const nameOf = useFolderName();
  const level = item.getItemMeta().level;
  const kind = kindOfSource[folder.sourceKind];
  const Chevron = item.isExpanded() ? ChevronDown : ChevronRight;
  const name = nameOf(folder);
  return (
    <div
      {...item.getProps()}
      aria-selected={chosen}
      // Named by what is in it, which says how many items it has.
      aria-label={undefined}
      title={`${folder.path === '' ? folder.sourceName : folder.path}: ${t('parts.items', { count: folder.items })}`}
      className={classes(css['row'], chosen && css['chosen'], folder.deleted && css['gone'])}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 4 + level * 16 }}
    >
      {item.isFolder() ? (
        <Chevron
          size={14}
          strokeWidth={2}
          aria-hidden
          className={css['chevron']}
          onClick={(event) => {
            event.stopPropagation();
            if (item.isExpanded()) item.collapse();
            else item.expand();
          }}
        />
      ) : (
        <span className={css['gap']} />
      )}
      {folder.parent === null && <KindIcon kind={kind} size={15} />}
      <span className={classes('st-ellipsis', folder.parent === null && css['source'])}>{name}</span>
      <span className="st-hidden">{t('parts.items', { count: folder.items })}</span>
      {folder.deleted ? (
        <span className={css['end']}>
          <Chip tone="ghost" small>
            {t('browse.vanishedFolder')}
          </Chip>
        </span>
      ) : (
        folder.parent !== null && <Sparkline storage={storage.id} folder={folder.item} kind={kind} className={css['end']} />
      )}
    </div>
  );
}
