import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { kindOfSource } from '../../parts/kinds.ts';
import { type FolderRow, indexOfItem, type ItemPages, type ItemRow, rowAt } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './folder-items.module.css';
import { GridHeader } from './grid-header.tsx';
import { BlankRow, ItemLine } from './item-line.tsx';
import { useFolderName } from '../../parts/use-folder-name.ts';
import { drawnWith, inRem, rowMove } from '../../widgets/index.ts';
import { usePlace } from './use-place.ts';
import type { Selection } from './use-selection.ts';

interface Props {
  readonly list: ItemPages;
  readonly folder: FolderRow;
  readonly selection: Selection;
  readonly onLook: (first: number) => void;
  readonly onShow: () => void;
}

/**
 * Any number of rows, of which some dozens are drawn. The grid keeps the focus and names the active row, so that nothing is lost
 * when rows come and go; the active row is always drawn.
 */
export function ItemGrid({ list, folder, selection, onLook, onShow }: Props) {
  const t = useWords();
  const nameOf = useFolderName();
  const { place, adjust } = usePlace();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const total = list.total ?? 0;
  const active = useMemo(() => (place.item === null ? -1 : indexOfItem(list.pages, place.item)), [list.pages, place.item]);
  const height = inRem(2);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    rangeExtractor: drawnWith(active),
  });
  const drawn = virtualizer.getVirtualItems();
  const range = virtualizer.range;
  const { want } = list;
  useEffect(() => {
    if (!range) return;
    onLook(range.startIndex);
    want(range.startIndex, range.endIndex);
  }, [range?.startIndex, range?.endIndex, want, onLook, list.pages]);
  useAnchor(list, scroller, height);

  const step = (to: number, extend: boolean): void => {
    const index = Math.max(0, Math.min(total - 1, to));
    const row = rowAt(list.pages, index);
    virtualizer.scrollToIndex(index);
    if (!row) return; // not loaded yet: it will be when the scrolling has brought it here
    if (extend) selection.add([...(rowAt(list.pages, active) ? [rowAt(list.pages, active) as ItemRow] : []), row]);
    adjust({ item: row.item, version: undefined });
  };
  const press = (event: KeyboardEvent): void => {
    if (
      keyOf(event, {
        active,
        page: Math.max(1, drawn.length - 17),
        total,
        step,
        selection,
        row: rowAt(list.pages, active),
        onShow,
        whole: place.mode === 'as-of',
      })
    )
      event.preventDefault();
  };
  const activeDrawn = active >= 0 && place.item !== null;

  return (
    <div
      role="grid"
      tabIndex={0}
      className={css['grid']}
      data-kind={folder.sourceKind === 'files' ? 'files' : 'mail'}
      aria-label={t('browse.list', { folder: nameOf(folder) })}
      aria-rowcount={total + 1}
      aria-multiselectable
      aria-activedescendant={activeDrawn ? `${id}-${active}` : undefined}
      onKeyDown={press}
    >
      <GridHeader kind={kindOfSource[folder.sourceKind]} selection={selection} />
      <div ref={scroller} className={css['scroller']} role="rowgroup" data-pending={list.pending || undefined}>
        <div className={css['rows']} style={{ height: virtualizer.getTotalSize() }} role="presentation">
          {drawn.map(({ index, start }) => {
            const row = rowAt(list.pages, index);
            const shared = { id: `${id}-${index}`, index, top: start };
            if (!row) return <BlankRow key={index} {...shared} />;
            return (
              <ItemLine
                key={row.item}
                {...shared}
                row={row}
                files={folder.sourceKind === 'files'}
                active={row.item === place.item}
                selected={selection.has(row.item)}
                onToggle={() => selection.toggle(row)}
                onChoose={() => {
                  adjust({ item: row.item, version: undefined });
                  onShow();
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface KeyContext {
  readonly active: number;
  readonly page: number;
  readonly total: number;
  readonly row: ItemRow | undefined;
  readonly selection: Selection;
  readonly step: (to: number, extend: boolean) => void;
  readonly onShow: () => void;
  /** The folder can be taken as a whole. */
  readonly whole: boolean;
}

/** Whether the key was ours. */
function keyOf(event: KeyboardEvent, { active, page, total, row, selection, step, onShow, whole }: KeyContext): boolean {
  const to = rowMove(event.key, active, page, total);
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== 'a' || !whole) return false;
    selection.setAll(true);
    return true;
  }
  if (to !== undefined) step(to, event.shiftKey);
  else if ((event.key === ' ' || event.key === 'Enter') && event.target === event.currentTarget && row) onShow();
  else if (event.key === 'x' && row) selection.toggle(row);
  else if (event.key === 'Escape' && (selection.all || selection.rows.size > 0)) selection.clear();
  else return false;
  return true;
}

/** When time moves, the row at the top stays at the top, if it is still there. */
function useAnchor(list: ItemPages, scroller: { readonly current: HTMLDivElement | null }, height: number): void {
  const anchor = useRef<{ readonly item: string; readonly rest: number } | null>(null);
  const { pages, pending } = list;
  useEffect(() => {
    const place = scroller.current;
    if (!place) return;
    if (pending) {
      const row = rowAt(pages, Math.floor(place.scrollTop / height));
      anchor.current = row && place.scrollTop > 0 ? { item: row.item, rest: place.scrollTop % height } : null;
      return;
    }
    if (!anchor.current) return;
    const index = indexOfItem(pages, anchor.current.item);
    if (index >= 0) place.scrollTop = index * height + anchor.current.rest;
    anchor.current = null;
  }, [pages, pending, scroller, height]);
}
