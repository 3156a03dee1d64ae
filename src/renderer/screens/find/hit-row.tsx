import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Ref } from 'react';
import { kindOfItem } from '../../parts/kinds.ts';
import { Chip, classes, KindIcon } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './find.module.css';
import type { FoundRow, Hit } from './hits.ts';

interface Props {
  /** Measures the row. */
  readonly ref: Ref<HTMLDivElement>;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly hit: Hit;
  /** There are hits of several storages. */
  readonly several: boolean;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly able: boolean;
  readonly onActive: () => void;
  readonly onChoose: (wanted: boolean) => void;
}

export function HitRow({ ref, id, index, top, hit, several, active, chosen, able, onActive, onChoose }: Props) {
  const t = useWords();
  const format = useFormat();
  const { row, storage } = hit;
  const title = row.title || row.name;
  return (
    // The grid holds the focus and the keys; a row answers only the pointer.
    <div
      ref={ref}
      id={id}
      data-index={index}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={able ? chosen : undefined}
      className={classes(css['row'], chosen && css['chosen'], active && css['active'])}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onActive}
    >
      <span role="gridcell">
        <Checkbox
          tabIndex={-1}
          aria-label={t('find.choose', { title })}
          checked={chosen}
          disabled={!able}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </span>
      <span role="rowheader" className={css['what']}>
        <span className={css['title']}>
          <KindIcon kind={kindOfItem[row.kind]} />
          <Link className="st-link st-ellipsis" to="/browse" search={placeOf(hit)} title={title} tabIndex={-1}>
            {title}
          </Link>
          {row.deleted && <Chip glyph="nothing">{t('frame.palette.vanished')}</Chip>}
        </span>
        {row.extract && (
          <span className={css['extract']}>
            {row.extract.before}
            <mark>{row.extract.hit}</mark>
            {row.extract.after}
          </span>
        )}
      </span>
      <span role="gridcell" className="st-ellipsis" title={row.from ?? ''}>
        {row.from}
      </span>
      <span role="gridcell" className="st-ellipsis" title={row.folderPath}>
        {several ? `${storage.name}: ${row.folderPath}` : row.folderPath}
      </span>
      <span role="gridcell" className="st-number">
        {row.timeMs === null ? '' : format.shortDate(row.timeMs)}
      </span>
      <span role="gridcell" className="st-number">
        {seenText(row, format.shortDate, t('find.now'))}
      </span>
    </div>
  );
}

/** How long it was there, from its first version on. */
const seenText = ({ firstSeenMs, vanishedAtMs, deleted }: FoundRow, date: (ms: number) => string, now: string): string =>
  `${date(firstSeenMs)} – ${!deleted && vanishedAtMs === null ? now : vanishedAtMs === null ? '' : date(vanishedAtMs)}`;

/** Where a hit lies in Browse. */
export const placeOf = ({ storage, row: { item, folder, deleted } }: Hit) => ({
  storage: storage.id,
  item,
  ...(folder === null ? {} : { folder }),
  ...(deleted ? { mode: 'vanished' as const } : {}),
});
