import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { RecordedAct } from '../../../shared/domain/act.ts';
import { sayAbout, sayAct, sayOrigin, sayOutcome } from '../../../shared/words/acts.ts';
import { grouped } from '../../parts/grouped.ts';
import { classes } from '../../widgets/index.ts';
import { startOfDay, useFormat, useLanguage, useWords } from '../../words/index.ts';
import css from './record.module.css';

const columns = ['time', 'act', 'storage', 'what', 'from', 'user', 'outcome'] as const;

/** Newest first, under their days. */
export function RecordTable({ rows }: { readonly rows: readonly RecordedAct[] }) {
  const t = useWords();
  const format = useFormat();
  return (
    <div className={css['card']}>
      <table className={css['table']}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{t(`record.column.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...grouped(rows, ({ atMs }) => startOfDay(atMs))].map(([day, ofDay]) => (
            <Fragment key={day}>
              <tr className={css['day']}>
                <th colSpan={columns.length} scope="rowgroup">
                  {format.day(day)}
                </th>
              </tr>
              {ofDay.map((act) => (
                <Row key={act.id} act={act} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ act }: { readonly act: RecordedAct }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const about = sayAbout(act, language);
  const isBad = act.outcome === 'failed' || act.outcome === 'cut-off';
  return (
    <tr>
      <td>{format.time(act.atMs)}</td>
      <td className={css['wraps']}>{sayAct(act.kind, language)}</td>
      <td>{act.storageName ?? ''}</td>
      <td className={css['what']} title={act.itemNames === null ? about : [...act.itemNames, about].join('\n')}>
        <span className="st-ellipsis">{about}</span>
      </td>
      <td>{sayOrigin(act.origin, language)}</td>
      <td>{act.user}</td>
      <td className={classes(css['wraps'], isBad && css['bad'])}>
        {act.run === null ? (
          sayOutcome(act, language)
        ) : (
          <Link to="/runs/$run" params={{ run: act.run }} title={t('record.toRun')}>
            {sayOutcome(act, language)}
          </Link>
        )}
      </td>
    </tr>
  );
}
