import { Button, SegmentedControl } from '@mantine/core';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { kindOfSource } from '../../parts/kinds.ts';
import { browseModes } from '../../search-params.ts';
import type { DensityDay, FolderRow } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { AsOfChip } from './as-of-chip.tsx';
import { CompareMoments } from './compare-dialog.tsx';
import css from './time-bar.module.css';
import { TimeSlider } from './time-slider.tsx';
import type { Timeline } from './timeline.ts';
import { useFolderName } from '../../parts/use-folder-name.ts';
import { usePlace } from './use-place.ts';

interface Props {
  readonly storage: StorageId;
  readonly timeline: Timeline;
  readonly density: readonly DensityDay[] | null;
  readonly folder: FolderRow | null;
}

/** Which moment, and which of its items. */
export function TimeBar({ storage, timeline, density, folder }: Props) {
  const t = useWords();
  const nameOf = useFolderName();
  const { place, go } = usePlace();
  const kind = folder ? kindOfSource[folder.sourceKind] : 'files';
  return (
    <section className={css['bar']} data-kind={kind}>
      <div className={css['line']}>
        <AsOfChip timeline={timeline} />
        <Button size="sm" disabled={place.at === null} onClick={() => go({ at: undefined })}>
          {t('browse.now')}
        </Button>
        <CompareMoments storage={storage} timeline={timeline} />
        <span className={css['legend']}>
          <span className="st-ellipsis">
            {folder ? t('browse.changesIn', { folder: nameOf(folder) }) : t('browse.changesHere')}
          </span>
          <span>
            <i className={css['savedMark']} /> {t('browse.saved')}
          </span>
          <span>
            <i className={css['vanishedMark']} /> {t('browse.vanished')}
          </span>
        </span>
        <SegmentedControl
          className={css['modes'] ?? ''}
          aria-label={t('browse.mode.label')}
          data={browseModes.map((mode) => ({ value: mode, label: t(`browse.mode.${mode}`) }))}
          value={place.mode}
          onChange={(mode) => go({ mode: mode === 'as-of' ? undefined : mode })}
        />
      </div>
      <TimeSlider timeline={timeline} density={density ?? []} />
      <BeforeTheFirst timeline={timeline} />
    </section>
  );
}

/** A moment before the first copy shows nothing; say so, and lead there. */
function BeforeTheFirst({ timeline }: { readonly timeline: Timeline }) {
  const t = useWords();
  const format = useFormat();
  const { place, go } = usePlace();
  const first = timeline.moments[0];
  if (!first || place.at === null || place.at >= first.atMs) return null;
  return (
    <p className={css['before']} role="status">
      {t('browse.firstCopy', { moment: format.fullMoment(first.atMs) })}
      <Button size="sm" onClick={() => go({ at: first.atMs })}>
        {t('browse.goThere')}
      </Button>
    </p>
  );
}
