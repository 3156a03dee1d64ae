import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { BrowseSort } from '../../search-params.ts';
import { classes, type KindName } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './folder-items.module.css';
import { usePlace } from './use-place.ts';
import type { Selection } from './use-selection.ts';

/** What the two columns that tell items apart hold: whom, and what. */
const heads = {
  mail: ['from', 'subject'],
  calendar: ['organiser', 'title'],
  tasks: ['organiser', 'title'],
  contacts: ['mail', 'name'],
  files: ['from', 'name'],
} as const satisfies Readonly<Record<KindName, unknown>>;

/** Names the columns and sorts by them; the box takes the whole folder. */
export function GridHeader({ kind, selection }: { readonly kind: KindName; readonly selection: Selection }) {
  const files = kind === 'files';
  const [people, title] = heads[kind];
  const t = useWords();
  const { place } = usePlace();
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={css['header']}>
        <span role="columnheader">
          {place.mode !== 'as-of' && <span className="st-hidden">{t('browse.column.select')}</span>}
          {/* A folder as of a moment can be taken as a whole; what was there at different times cannot. */}
          {place.mode === 'as-of' && <AllBox selection={selection} />}
        </span>
        <span role="columnheader">
          <span className="st-hidden">{t('browse.column.flags')}</span>
        </span>
        {!files && <Column sort="from" label={t(`browse.column.${people}`)} />}
        <Column sort="name" label={t(`browse.column.${title}`)} />
        {files && <Column sort="size" label={t('browse.column.size')} end />}
        <Column sort="time" label={t(files ? 'browse.column.changed' : 'browse.column.date')} end />
        <span role="columnheader" className={css['end']} title={t('browse.column.versions')}>
          <span aria-hidden>{t('browse.column.versionsShort')}</span>
          <span className="st-hidden">{t('browse.column.versions')}</span>
        </span>
      </div>
    </div>
  );
}

function AllBox({ selection }: { readonly selection: Selection }) {
  const t = useWords();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = !selection.all && selection.rows.size > 0;
  }, [selection]);
  return (
    <label className={css['boxCell']}>
      <input
        ref={box}
        type="checkbox"
        className={css['box']}
        aria-label={t('browse.selectAll')}
        checked={selection.all}
        onChange={(event) => selection.setAll(event.currentTarget.checked)}
      />
    </label>
  );
}

function Column({ sort, label, end }: { readonly sort: BrowseSort; readonly label: string; readonly end?: boolean }) {
  const { place, adjust } = usePlace();
  const mine = place.sort === sort;
  const Mark = place.descending ? ArrowDown : ArrowUp;
  // The first click sorts as one would look for it: newest and largest first, names from A.
  const first = sort === 'time' || sort === 'size';
  const turn = (): void => {
    const descending = mine ? !place.descending : first;
    adjust({ sort: sort === 'time' ? undefined : sort, up: descending ? undefined : true });
  };
  return (
    <span
      role="columnheader"
      className={end ? css['end'] : undefined}
      aria-sort={mine ? (place.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className={classes('st-ellipsis', mine && css['sorted'])} onClick={turn}>
        {label}
        {mine && <Mark size={12} strokeWidth={2} aria-hidden />}
      </button>
    </span>
  );
}
