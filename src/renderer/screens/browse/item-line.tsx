import { File, Ghost, Paperclip, Reply, Star } from 'lucide-react';
import type { ItemRow } from '../../state/index.ts';
import { Chip, classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './folder-items.module.css';
import { senderName } from './sender-name.ts';

interface Placed {
  readonly id: string;
  readonly index: number;
  readonly top: number;
}

interface Props extends Placed {
  readonly row: ItemRow;
  readonly files: boolean;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

export function ItemLine({ id, index, top, row, files, active, selected, onToggle, onChoose }: Props) {
  const t = useWords();
  const format = useFormat();
  const ghost = row.deleted || row.vanishedAtMs !== null;
  const title = row.title === '' ? t('browse.noTitle') : row.title;
  const unread = row.kind === 'message' && !row.flags.includes('\\Seen');
  return (
    // The grid holds the focus and the keys; a row answers only the pointer.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes(
        css['row'],
        unread && css['unread'],
        ghost && css['ghost'],
        selected && css['selected'],
        active && css['active'],
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onChoose}
    >
      <span role="gridcell">
        {/* A click beside the box, but in its cell, means the box. */}
        <label className={css['boxCell']} onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            className={css['box']}
            tabIndex={-1}
            aria-label={t('browse.selectRow', { title })}
            checked={selected}
            onChange={onToggle}
          />
        </label>
      </span>
      <Marks row={row} />
      {!files && (
        <span role="gridcell" className="st-ellipsis" title={row.from ?? ''}>
          {senderName(row.from)}
        </span>
      )}
      <span role="gridcell" className={css['subject']}>
        {files && <File className={css['file']} size={14} strokeWidth={2} aria-hidden />}
        <span className="st-ellipsis" title={title}>
          {title}
        </span>
        {row.vanishedAtMs !== null && (
          <Chip tone="ghost" small icon={<Ghost size={12} strokeWidth={2} aria-hidden />}>
            {t('browse.vanishedOn', { date: format.shortDate(row.vanishedAtMs) })}
          </Chip>
        )}
        {row.unchosenSinceMs !== null && (
          <Chip small>{t('browse.unchosenSince', { date: format.shortDate(row.unchosenSinceMs) })}</Chip>
        )}
      </span>
      {files && (
        <span role="gridcell" className={css['fact']}>
          {format.bytes(row.sizeBytes)}
        </span>
      )}
      <span role="gridcell" className={css['fact']} title={row.timeMs === null ? '' : format.fullMoment(row.timeMs)}>
        {row.timeMs !== null && format.shortDate(row.timeMs)}
      </span>
      <span role="gridcell" className={css['fact']}>
        {format.number(livingVersions(row))}
      </span>
    </div>
  );
}

/** A deletion is a version, too, but not one that holds anything. */
const livingVersions = ({ versions, vanishedAtMs }: ItemRow): number =>
  vanishedAtMs === null ? versions : Math.max(1, versions - 1);

function Marks({ row }: { readonly row: ItemRow }) {
  const t = useWords();
  const answered = row.flags.includes('\\Answered');
  return (
    <span role="gridcell" className={css['marks']}>
      {row.flags.includes('\\Flagged') ? (
        <Star className={css['star']} role="img" aria-label={t('browse.flagged')} strokeWidth={2} />
      ) : (
        <span />
      )}
      {row.hasAttachment && <Paperclip role="img" aria-label={t('browse.attachment')} strokeWidth={2} />}
      {!row.hasAttachment && answered && <Reply role="img" aria-label={t('browse.answered')} strokeWidth={2} />}
      {row.kind === 'message' && !row.flags.includes('\\Seen') && <span className="st-hidden">{t('browse.unread')}</span>}
    </span>
  );
}

/** A row that is on its way. */
export function BlankRow({ id, index, top }: Placed) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className={css['row']}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" />
      <span role="gridcell" />
      <span role="gridcell" className={css['blank']} />
      <span role="gridcell" className={css['blank']} style={{ width: `${40 + ((index * 37) % 45)}%` }} />
    </div>
  );
}
