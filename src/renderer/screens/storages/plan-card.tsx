import { Button } from '@mantine/core';
import { CalendarX2 } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { kindOfItem } from '../../parts/kinds.ts';
import { type RemovalPlan, type StorageSummary, useAnswer } from '../../state/index.ts';
import { Card, FailureNote, Glyph, KindIcon } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './plan.module.css';
import { RemoveDialog } from './remove-dialog.tsx';

type PlanRow = RemovalPlan['rows'][number];

const shownRows = 6;

/** What the rules take next, and why nothing is touched where they may not. */
export function PlanCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const [dialog, setDialog] = useState(false);
  const plan = useAnswer(
    `plan ${storage.id}`,
    () => engine.call('storage.removalPlan', { storage: storage.id, olderThanDays: null, limit: shownRows }),
    true,
  );
  const value = plan.value;
  const waits = value !== null && (value.totals.versions > 0 || value.hidden.versions > 0 || value.trash.duePacks > 0);
  return (
    <Card
      title={t('storages.plan.title')}
      icon={<CalendarX2 size={16} strokeWidth={1.75} aria-hidden />}
      action={
        waits &&
        value.paused === null && (
          <Button size="sm" onClick={() => setDialog(true)}>
            {t('storages.plan.remove')}
          </Button>
        )
      }
      flush
    >
      {plan.failure && <FailureNote failure={plan.failure} retry={() => void plan.refresh()} />}
      {value !== null && (
        <>
          {value.rows.length === 0 ? (
            <p className={css['none']}>{t('storages.plan.none')}</p>
          ) : (
            <table className={css['rows']}>
              <tbody>
                {value.rows.slice(0, shownRows).map((row) => (
                  <Row key={`${row.item}.${row.version}`} row={row} />
                ))}
              </tbody>
            </table>
          )}
          <div className={css['foot']}>
            {value.totals.versions > 0 && (
              <p>
                <b>
                  {t('storages.plan.totals', {
                    versions: t('storages.plan.versions', { count: value.totals.versions }),
                    bytes: format.bytes(value.totals.bytes),
                  })}
                </b>{' '}
                {t('storages.plan.stays')}
              </p>
            )}
            <TrashLine plan={value} />
            {value.paused !== null && <FailureNote failure={value.paused} title={t('storages.plan.paused')} />}
            {value.frozen.map((frozen) => (
              <p key={frozen.id} className={css['frozen']}>
                <Glyph name="locked" size={14} /> {t('storages.plan.frozen', { source: frozen.sourceName })}
              </p>
            ))}
            {value.holds > 0 && (
              <p className={css['held']}>
                <Glyph name="locked" size={14} /> {t('storages.plan.held', { count: value.holds })}
              </p>
            )}
          </div>
        </>
      )}
      {dialog && value !== null && <RemoveDialog storage={storage} plan={value} onClose={() => setDialog(false)} />}
    </Card>
  );
}

function Row({ row }: { readonly row: PlanRow }) {
  const t = useWords();
  const format = useFormat();
  const place = row.folderPath === '' ? row.name : `${row.folderPath}/${row.name}`;
  return (
    <tr title={t(`storages.plan.reason.${row.reason}`)}>
      <td>
        <span className={css['item']}>
          <KindIcon kind={kindOfItem[row.kind]} size={16} />
          <span className="st-ellipsis">{place}</span>
        </span>
      </td>
      <td>{t('storages.plan.version', { version: row.version, versions: row.versions })}</td>
      <td>{format.date(row.validFromMs)}</td>
      <td className="st-number">{format.bytes(row.sizeBytes)}</td>
    </tr>
  );
}

/** What was hidden before and waits: first for the trash, then in it. */
function TrashLine({ plan }: { readonly plan: RemovalPlan }) {
  const t = useWords();
  const format = useFormat();
  const { hidden, trash } = plan;
  if (hidden.versions === 0 && trash.packs === 0) return null;
  return (
    <p className={css['waiting']}>
      {hidden.versions > 0 && t('storages.plan.unused', { bytes: format.bytes(hidden.bytes) })}{' '}
      {trash.packs > 0 && t('storages.plan.inTrash', { bytes: format.bytes(trash.bytes), due: format.bytes(trash.dueBytes) })}
    </p>
  );
}
