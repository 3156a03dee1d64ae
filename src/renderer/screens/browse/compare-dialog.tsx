import { Button, Modal, Select } from '@mantine/core';
import { GitCompare } from 'lucide-react';
import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { DifferenceList } from '../../parts/difference-list.tsx';
import { useFormat, useWords } from '../../words/index.ts';
import css from './time-bar.module.css';
import { previousOf, type Timeline } from './timeline.ts';
import { usePlace } from './use-place.ts';

/** The newest state, among the moments that can be chosen. */
const now = 'now';

interface Props {
  readonly storage: StorageId;
  readonly timeline: Timeline;
}

/** What changed between two moments that somebody chooses. */
export function CompareMoments({ storage, timeline }: Props) {
  const t = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="sm"
        disabled={timeline.moments.length === 0}
        leftSection={<GitCompare size={14} strokeWidth={2} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('browse.compare.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size={820}
        title={t('browse.compare.title')}
        closeButtonProps={{ 'aria-label': t('parts.close') }}
      >
        <Comparison storage={storage} timeline={timeline} onGo={() => setOpened(false)} />
      </Modal>
    </>
  );
}

/** Opens with the shown moment and now; of now, with the last change. */
function Comparison({ storage, timeline, onGo }: Props & { readonly onGo: () => void }) {
  const t = useWords();
  const format = useFormat();
  const { place } = usePlace();
  const [from, setFrom] = useState<number | null>(() => momentAt(timeline, place.at) ?? null);
  const [to, setTo] = useState<number | null>(null);
  const moments = [...timeline.moments].reverse().map(({ atMs, jobName }) => ({
    value: String(atMs),
    label: `${format.fullMoment(atMs)} · ${jobName}`,
  }));
  const field = {
    searchable: true,
    limit: 200,
    allowDeselect: false,
    nothingFoundMessage: t('browse.compare.noMoment'),
  } as const;
  const later = to ?? Number.POSITIVE_INFINITY;
  return (
    <div className={css['compare']}>
      <div className={css['compareMoments']}>
        <Select
          {...field}
          label={t('browse.compare.from')}
          data={[...moments, { value: '', label: t('browse.compare.beginning') }]}
          value={from === null ? '' : String(from)}
          onChange={(value) => setFrom(value ? Number(value) : null)}
        />
        <Select
          {...field}
          label={t('browse.compare.to')}
          data={[{ value: now, label: t('browse.now') }, ...moments]}
          value={to === null ? now : String(to)}
          onChange={(value) => setTo(value === null || value === now ? null : Number(value))}
        />
      </div>
      {(from ?? 0) > later ? (
        <p role="status">{t('browse.compare.order')}</p>
      ) : (
        <DifferenceList key={`${from} ${to}`} storage={storage} from={from} to={to} onGo={onGo} />
      )}
    </div>
  );
}

/** The moment that is shown at a time: the last one until then. */
function momentAt({ moments, changedMs }: Timeline, at: number | null): number | undefined {
  if (at === null) return previousOf(changedMs, null);
  return moments.findLast(({ atMs }) => atMs <= at)?.atMs;
}
