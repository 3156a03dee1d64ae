import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { SizesWay } from '../../search-params.ts';
import type { StorageSummary } from '../../state/index.ts';
import { Card, EmptyState, FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { Crumbs } from './crumbs.tsx';
import { SaveCsv } from './save-csv.tsx';
import { address, type Shares, type SizesPlace } from './shares.ts';
import { SharesTable } from './shares-table.tsx';
import css from './sizes.module.css';
import { useBackspace } from './use-backspace.ts';
import { useSenders } from './use-senders.ts';
import { useSizesPlace } from './use-sizes-place.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly shares: Shares;
}

/** One place, divided in one way. Enter leads into a part, Backspace out again. */
export function SharesCard({ storage, shares }: Props) {
  const t = useWords();
  const format = useFormat();
  const { place, by, now, go, goUp } = useSizesPlace(shares);
  const navigate = useNavigate({ from: '/storages/$storage/sizes' });
  const senders = useSenders(storage.id, shares, by === 'sender' ? place : null);
  const parts = useMemo(() => partsOf(shares, place, by), [shares, place, by]);
  const all = by === 'sender' ? senders.value : parts;
  const bytesOf = now ? 'itemBytes' : 'versionBytes';
  const rows = all?.toSorted(
    (a, b) => Number(a.what.is === 'others') - Number(b.what.is === 'others') || b.size[bytesOf] - a.size[bytesOf],
  );
  const whole = shares.whole(place);
  useBackspace(goUp);
  return (
    <div className={css['stack']}>
      <Crumbs shares={shares} place={place} now={now} />
      <div className={css['bar']}>
        <SegmentedControl
          aria-label={t('sizes.by.label')}
          data={shares.ways(place).map((way) => ({ value: way, label: t(`sizes.by.${way}`) }))}
          value={by}
          onChange={(way) => go(address(place, way))}
        />
        <SegmentedControl
          aria-label={t('sizes.of.label')}
          data={[
            { value: 'all', label: t('sizes.of.all') },
            { value: 'now', label: t('sizes.of.now') },
          ]}
          value={now ? 'now' : 'all'}
          onChange={(of) =>
            void navigate({ search: { ...address(place, by), ...(of === 'now' ? { now: true } : {}) }, replace: true })
          }
        />
        <span className="st-soft" role="status">
          {t('sizes.whole', {
            items: t('parts.items', { count: whole.items }),
            now: format.bytes(whole.itemBytes),
            all: format.bytes(whole.versionBytes),
          })}
        </span>
        <span className={css['space']} />
        {rows && rows.length > 0 && <SaveCsv rows={rows} by={by} />}
      </div>
      {senders.failure && by === 'sender' && (
        <FailureNote failure={senders.failure} title={t('parts.broken')} retry={() => void senders.refresh()} />
      )}
      {!rows && !senders.failure && <Waiting what={t('sizes.by.sender')} rows={6} />}
      {rows?.length === 0 && <EmptyState title={t('sizes.nothing')} />}
      {rows && rows.length > 0 && (
        <Card flush>
          <SharesTable rows={rows} place={place} shares={shares} by={by} now={now} />
        </Card>
      )}
      <p className={css['hint']}>{t(by === 'sender' ? 'sizes.noSenderRule' : 'sizes.hint')}</p>
    </div>
  );
}

function partsOf(shares: Shares, place: SizesPlace, by: SizesWay) {
  if (by === 'source') return shares.bySource(place);
  return by === 'folder' ? shares.byFolder(place) : shares.byKind(place);
}
