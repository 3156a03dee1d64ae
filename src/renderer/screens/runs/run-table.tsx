import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { RunName } from '../../parts/run-name.tsx';
import { useCauseWords } from '../../parts/use-cause-words.ts';
import { RunState } from '../../parts/run-state.tsx';
import { type RunRecord, useLiveRuns } from '../../state/index.ts';
import { classes } from '../../widgets/index.ts';
import { startOfDay, useFormat, useWords } from '../../words/index.ts';
import { grouped } from '../../parts/grouped.ts';
import css from './run-list.module.css';

/** Newest first, under their days. */
export function RunTable({ runs }: { readonly runs: readonly RunRecord[] }) {
  const t = useWords();
  const format = useFormat();
  const days = [...grouped(runs, ({ startedAtMs }) => startOfDay(startedAtMs))];
  return (
    <div className={css['card']}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th>{t('runs.column.state')}</th>
            <th>{t('runs.column.name')}</th>
            <th>{t('runs.column.started')}</th>
            <th className={css['number']}>{t('runs.column.duration')}</th>
            <th className={css['number']}>{t('runs.column.added')}</th>
            <th className={css['number']}>{t('runs.column.changed')}</th>
            <th className={css['number']}>{t('runs.column.vanished')}</th>
            <th className={css['number']}>{t('runs.column.failed')}</th>
            <th className={css['number']}>{t('runs.column.stored')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(([day, ofDay]) => (
            <Fragment key={day}>
              <tr className={css['day']}>
                <th colSpan={9} scope="rowgroup">
                  {format.day(day)}
                </th>
              </tr>
              {ofDay.map((run) => (
                <Row key={run.id} run={run} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { readonly run: RunRecord }) {
  const format = useFormat();
  const because = useCauseWords()(run);
  const live = useLiveRuns(({ runs }) => runs.find((one) => one.run.id === run.id));
  const counts = live?.progress?.counts ?? run.counts;
  const tookMs = (run.endedAtMs ?? Date.now()) - run.startedAtMs;
  const isBackup = run.kind === 'backup';
  return (
    <tr>
      <td>
        <RunState status={run.status} phase={live?.progress?.phase} small />
      </td>
      <td className={css['name']}>
        <Link to="/runs/$run" params={{ run: run.id }} className="st-ellipsis">
          <RunName run={run} />
        </Link>
        <span className={classes('st-soft', 'st-ellipsis')} title={because}>
          {because}
        </span>
      </td>
      <td>{format.time(run.startedAtMs)}</td>
      <td className={css['number']}>{format.duration(tookMs)}</td>
      <Count value={isBackup ? counts.new : null} />
      <Count value={isBackup ? counts.changed + counts.metadataOnly + counts.moved : null} />
      <Count value={isBackup ? counts.vanished : null} tone="warning" />
      <Count value={isBackup ? counts.failed : run.problems.length} tone="failed" />
      <td className={css['number']}>{isBackup ? format.bytes(live?.progress?.bytesStored ?? run.bytes.stored) : ''}</td>
    </tr>
  );
}

/** Nought is quiet, so that what is not nought can be seen. */
function Count({ value, tone }: { readonly value: number | null; readonly tone?: 'warning' | 'failed' }) {
  const format = useFormat();
  return (
    <td className={classes(css['number'], value === 0 ? css['none'] : tone && css[tone])}>
      {value === null ? '' : format.number(value)}
    </td>
  );
}
