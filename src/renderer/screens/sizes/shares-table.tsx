import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { SizesWay } from '../../search-params.ts';
import { classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ExcludeButton } from './exclude-button.tsx';
import type { Share, Shares, SizesPlace } from './shares.ts';
import css from './sizes.module.css';
import { useShareName } from './use-share-name.ts';

interface Props {
  readonly rows: readonly Share[];
  readonly shares: Shares;
  readonly place: SizesPlace;
  readonly by: SizesWay;
  readonly now: boolean;
}

/** The largest first, each with its share of the whole as a bar and in words. */
export function SharesTable({ rows, shares, place, by, now }: Props) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useShareName();
  const table = useFocusedFirst(`${JSON.stringify(place)} ${by}`);
  const bytesOf = now ? 'itemBytes' : 'versionBytes';
  const whole = rows.reduce((sum, { size }) => sum + size[bytesOf], 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move between its links, which Tab reaches as well
    <table ref={table} className={css['table']} onKeyDown={moveBetweenLinks}>
      <thead>
        <tr>
          <th>{t(`sizes.column.${by}`)}</th>
          <th className="st-number">{t('storages.sizes.items')}</th>
          <th className="st-number">{t('storages.sizes.now')}</th>
          <th className="st-number">{t('storages.sizes.all')}</th>
          <th className={css['shareHead']}>{t('sizes.column.share')}</th>
          <th>
            <span className="st-hidden">{t('sizes.exclude.column')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, what, size, to }) => {
          const share = whole === 0 ? 0 : size[bytesOf] / whole;
          const gone = (what.is === 'folder' && what.folder.deleted) || undefined;
          return (
            <tr key={key}>
              <th scope="row" className={css['name']}>
                <span className="st-ellipsis" title={nameOf(what)}>
                  {to === null ? (
                    nameOf(what)
                  ) : (
                    <Link
                      className="st-link"
                      from="/storages/$storage/sizes"
                      to="/storages/$storage/sizes"
                      search={now ? { ...to, now } : to}
                    >
                      {nameOf(what)}
                    </Link>
                  )}
                  {gone && <span className="st-soft"> ({t('browse.vanishedFolder')})</span>}
                </span>
              </th>
              <td className="st-number">{format.number(size.items)}</td>
              <td className="st-number">{format.bytes(size.itemBytes)}</td>
              <td className="st-number">{format.bytes(size.versionBytes)}</td>
              <td>
                <span className={css['share']}>
                  <i className={css['track']} aria-hidden>
                    <i style={{ width: `${share * 100}%` }} />
                  </i>
                  <span className={classes('st-number', css['percent'])}>{percentOf(share, format.percent)}</span>
                </span>
              </td>
              <td className={css['end']}>
                <ExcludeButton shares={shares} place={place} what={what} name={nameOf(what)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Whoever went in or out by keyboard goes on at the first row. */
function useFocusedFirst(place: string) {
  const table = useRef<HTMLTableElement>(null);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    if (document.activeElement === document.body) table.current?.querySelector<HTMLElement>('th a')?.focus();
  }, [place]);
  return table;
}

function moveBetweenLinks(event: KeyboardEvent<HTMLTableElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('th a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

/** What is there is never nothing. */
const percentOf = (share: number, percent: (share: number) => string): string =>
  share > 0 && share < 0.01 ? `< ${percent(0.01)}` : percent(share);
