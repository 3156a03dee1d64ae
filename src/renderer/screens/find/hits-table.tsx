import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { kindOfItem } from '../../parts/kinds.ts';
import { Chip, KindIcon } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './find.module.css';
import type { FoundRow, Hit } from './hits.ts';

interface Props {
  readonly hits: readonly Hit[];
  readonly chosen: ReadonlySet<string>;
  /** Of what is chosen: no other can be chosen beside it. */
  readonly storage: StorageId | null;
  readonly onChoose: (keys: readonly string[], wanted: boolean) => void;
}

export function HitsTable({ hits, chosen, storage, onChoose }: Props) {
  const t = useWords();
  const several = new Set(hits.map((hit) => hit.storage.id)).size > 1;
  const able = hits.filter((hit) => storage === null || hit.storage.id === storage);
  const own = storage === null && several ? [] : able;
  const all = own.length > 0 && own.every(({ key }) => chosen.has(key));
  return (
    <div className={css['scroller']} id="found" tabIndex={0} role="region" aria-label={t('find.title')}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th>
              <Checkbox
                aria-label={t('find.chooseAll')}
                checked={all}
                disabled={own.length === 0}
                indeterminate={!all && chosen.size > 0}
                onChange={() =>
                  onChoose(
                    own.map(({ key }) => key),
                    !all,
                  )
                }
              />
            </th>
            <th>{t('find.column.what')}</th>
            <th>{t('find.column.who')}</th>
            <th>{t('find.column.where')}</th>
            <th>{t('find.column.when')}</th>
            <th>{t('find.column.seen')}</th>
          </tr>
        </thead>
        <tbody>
          {hits.map((hit) => (
            <HitRow
              key={hit.key}
              hit={hit}
              several={several}
              chosen={chosen.has(hit.key)}
              able={storage === null || hit.storage.id === storage}
              onChoose={(wanted) => onChoose([hit.key], wanted)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly hit: Hit;
  readonly several: boolean;
  readonly chosen: boolean;
  readonly able: boolean;
  readonly onChoose: (wanted: boolean) => void;
}

function HitRow({ hit: { row, storage }, several, chosen, able, onChoose }: RowProps) {
  const t = useWords();
  const format = useFormat();
  const title = row.title || row.name;
  return (
    <tr>
      <td>
        <Checkbox
          aria-label={t('find.choose', { title })}
          checked={chosen}
          disabled={!able}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </td>
      <th scope="row" className={css['what']}>
        <span className={css['title']}>
          <KindIcon kind={kindOfItem[row.kind]} />
          <Link className="st-link st-ellipsis" to="/browse" search={placeOf(storage.id, row)} title={title}>
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
      </th>
      <td className="st-ellipsis" title={row.from ?? ''}>
        {row.from}
      </td>
      <td className="st-ellipsis" title={row.folderPath}>
        {several ? `${storage.name}: ${row.folderPath}` : row.folderPath}
      </td>
      <td className="st-number">{row.timeMs === null ? '' : format.shortDate(row.timeMs)}</td>
      <td className="st-number">{seenText(row, format.shortDate, t('find.now'))}</td>
    </tr>
  );
}

/** How long it was there, from its first version on. */
const seenText = ({ firstSeenMs, vanishedAtMs, deleted }: FoundRow, date: (ms: number) => string, now: string): string =>
  `${date(firstSeenMs)} – ${!deleted && vanishedAtMs === null ? now : vanishedAtMs === null ? '' : date(vanishedAtMs)}`;

const placeOf = (storage: StorageId, { item, folder, deleted }: FoundRow) => ({
  storage,
  item,
  ...(folder === null ? {} : { folder }),
  ...(deleted ? { mode: 'vanished' as const } : {}),
});
