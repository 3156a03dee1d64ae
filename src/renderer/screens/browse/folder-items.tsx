import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { engine } from '../../client/index.ts';
import { createItemPages, type FolderRow, type StorageSummary, useConnection } from '../../state/index.ts';
import { EmptyState, FailureNote, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './folder-items.module.css';
import { ItemGrid } from './item-grid.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useFolderName } from '../../parts/use-folder-name.ts';
import { usePlace } from './use-place.ts';
import { useSelection } from './use-selection.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly folder: FolderRow;
  /** The person wants to see the chosen item. */
  readonly onShow: () => void;
}

/** What is in one folder at the moment; made anew for another folder. */
export function FolderItems({ storage, folder, onShow }: Props) {
  const t = useWords();
  const nameOf = useFolderName();
  const { place } = usePlace();
  const epoch = useConnection((connection) => connection.epoch);
  const selection = useSelection();
  const [store] = useState(() =>
    createItemPages((query, offset, limit) => engine.call('browse.items', { ...query, offset, limit })),
  );
  const list = useStore(store);
  const [firstSeen, setFirstSeen] = useState(0);
  const { at, mode, sort, descending } = place;

  useEffect(() => {
    store.getState().open({ storage: storage.id, folder: folder.item, at, mode, sort, descending }, firstSeen);
    // Where the person looks decides which page comes first, but scrolling asks for no other view.
  }, [store, storage.id, folder.item, at, mode, sort, descending, epoch]);

  const name = nameOf(folder);
  const count = list.total ?? folder.items;
  return (
    <section className={css['items']} aria-label={t('browse.list', { folder: name })}>
      <header className={css['head']}>
        <h1 className="st-ellipsis">{name}</h1>
        <span className="st-soft st-ellipsis" role="status">
          {list.total !== null && t(factKey(mode, at), { count })}
        </span>
      </header>
      {list.failure && (
        <FailureNote
          failure={list.failure}
          title={t('parts.broken')}
          retry={() => store.getState().open({ storage: storage.id, folder: folder.item, at, mode, sort, descending }, 0)}
        />
      )}
      {list.total === null && !list.failure && <Waiting what={name} rows={10} />}
      {list.total === 0 && !list.pending && <EmptyState title={t(`browse.empty.${mode}`)} />}
      {list.total !== null && list.total > 0 && (
        <ItemGrid
          key={`${mode} ${sort} ${descending}`}
          list={list}
          folder={folder}
          selection={selection}
          onLook={setFirstSeen}
          onShow={onShow}
        />
      )}
      <SelectionBar storage={storage} folder={folder} total={list.total ?? 0} selection={selection} />
    </section>
  );
}

function factKey(
  mode: 'as-of' | 'all' | 'vanished',
  at: number | null,
): 'browse.fact.now' | 'browse.fact.then' | 'browse.fact.all' | 'browse.fact.vanished' {
  if (mode !== 'as-of') return `browse.fact.${mode}`;
  return at === null ? 'browse.fact.now' : 'browse.fact.then';
}
