import { Checkbox } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { drawnWith, inRem } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './find.module.css';
import { HitRow, placeOf } from './hit-row.tsx';
import type { Hit } from './hits.ts';
import { wishOf } from './hits-keys.ts';

interface Props {
  readonly hits: readonly Hit[];
  readonly chosen: ReadonlySet<string>;
  /** Of what is chosen: no other can be chosen beside it. */
  readonly storage: StorageId | null;
  readonly onChoose: (keys: readonly string[], wanted: boolean) => void;
}

const keysOf = (hits: readonly Hit[]): string[] => hits.map(({ key }) => key);

/**
 * Any number of hits, of which some dozens are drawn, each as high as its extract needs. The grid keeps the focus and names the
 * active row, so that nothing is lost when rows come and go; the active row is always drawn.
 */
export function HitsGrid({ hits, chosen, storage, onChoose }: Props) {
  const t = useWords();
  const navigate = useNavigate();
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const several = new Set(hits.map((hit) => hit.storage.id)).size > 1;
  const active = Math.max(
    0,
    hits.findIndex(({ key }) => key === activeKey),
  );
  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => hits[index]?.key ?? index,
    estimateSize: (index) => inRem(hits[index]?.row.extract ? 3 : 2),
    overscan: 8,
    rangeExtractor: drawnWith(active),
  });
  const ofStorage = (wanted: StorageId | null): Hit[] => hits.filter((hit) => hit.storage.id === wanted);
  const own = storage === null ? (several ? [] : hits) : ofStorage(storage);
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};

  const step = (to: number, more: boolean): void => {
    const index = Math.max(0, Math.min(hits.length - 1, to));
    const passed = hits.slice(Math.min(active, index), Math.max(active, index) + 1);
    const begun = storage ?? hits[active]?.storage.id;
    if (more) onChoose(keysOf(passed.filter((hit) => hit.storage.id === begun)), true);
    setActiveKey(hits[index]?.key ?? null);
    virtualizer.scrollToIndex(index);
  };
  const press = (event: KeyboardEvent): void => {
    const wish = wishOf(event, { active, page: Math.max(1, endIndex - startIndex), total: hits.length });
    const hit = hits[active];
    if (wish === null || hit === undefined) return;
    if (wish === 'open') void navigate({ to: '/browse', search: placeOf(hit) });
    else if (wish === 'all') onChoose(keysOf(own), true);
    else if (wish === 'none') onChoose([...chosen], false);
    else if (wish !== 'choose') step(wish.to, event.shiftKey);
    else if (storage === null || hit.storage.id === storage) onChoose([hit.key], !chosen.has(hit.key));
    event.preventDefault();
  };
  // A box that was clicked can scroll away; the grid stays, and with it the focus.
  const activate = (key: string): void => {
    setActiveKey(key);
    grid.current?.focus({ preventScroll: true });
  };

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      className={css['grid']}
      aria-label={t('find.title')}
      aria-rowcount={hits.length + 1}
      aria-multiselectable
      aria-activedescendant={hits.length > 0 ? `${id}-${active}` : undefined}
      onKeyDown={press}
    >
      <Header own={own} chosen={chosen} onChoose={onChoose} />
      <div ref={scroller} className={css['scroller']} role="rowgroup">
        <div className={css['rows']} style={{ height: virtualizer.getTotalSize() }} role="presentation">
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const hit = hits[index];
            return (
              hit && (
                <HitRow
                  key={hit.key}
                  ref={virtualizer.measureElement}
                  id={`${id}-${index}`}
                  index={index}
                  top={start}
                  hit={hit}
                  several={several}
                  active={index === active}
                  chosen={chosen.has(hit.key)}
                  able={storage === null || hit.storage.id === storage}
                  onActive={() => activate(hit.key)}
                  onChoose={(wanted) => onChoose([hit.key], wanted)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeaderProps extends Pick<Props, 'chosen' | 'onChoose'> {
  /** What can be chosen at once: all of one storage. */
  readonly own: readonly Hit[];
}

function Header({ own, chosen, onChoose }: HeaderProps) {
  const t = useWords();
  const all = own.length > 0 && own.every(({ key }) => chosen.has(key));
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={css['header']}>
        <span role="columnheader">
          <Checkbox
            aria-label={t('find.chooseAll')}
            checked={all}
            disabled={own.length === 0}
            indeterminate={!all && chosen.size > 0}
            onChange={() => onChoose(keysOf(own), !all)}
          />
        </span>
        {(['what', 'who', 'where', 'when', 'seen'] as const).map((column) => (
          <span key={column} role="columnheader">
            {t(`find.column.${column}`)}
          </span>
        ))}
      </div>
    </div>
  );
}
