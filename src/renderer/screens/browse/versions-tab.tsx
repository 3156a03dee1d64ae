import type { StorageId } from '../../../shared/domain/ids.ts';
import { differences } from '../../../shared/domain/version-differences.ts';
import { engine } from '../../client/index.ts';
import { kindOfItem } from '../../parts/kinds.ts';
import { type HistoryRow, type ItemRow, useAnswer, useRuns } from '../../state/index.ts';
import { Chip, classes, FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { flagWord } from './flag-words.ts';
import css from './preview.module.css';
import type { Timeline } from './timeline.ts';
import { usePlace } from './use-place.ts';
import { VersionDifference } from './version-difference.tsx';

interface Props {
  readonly storage: StorageId;
  readonly row: ItemRow;
  readonly timeline: Timeline;
}

/** An item's whole life: one layer a version, as high as it lasted. */
export function VersionsTab({ storage, row, timeline }: Props) {
  const t = useWords();
  const { place, adjust } = usePlace();
  const history = useAnswer(`history ${storage} ${row.item}`, () => engine.call('browse.history', { storage, item: row.item }));
  if (history.failure)
    return <FailureNote failure={history.failure} title={t('parts.broken')} retry={() => void history.refresh()} />;
  if (!history.value) return <Waiting rows={5} />;
  const oldestFirst = [...history.value].sort((a, b) => a.version - b.version);
  const ofMoment = validAt(oldestFirst, place.at);
  const shown = oldestFirst.find(({ version }) => version === row.version);
  const other = partner(oldestFirst, shown);
  return (
    <>
      <ol className={css['rail']} data-kind={kindOfItem[row.kind]} aria-label={t('browse.versions.label')}>
        {[...oldestFirst].reverse().map((version) => (
          <Layer
            key={version.transaction}
            version={version}
            before={oldestFirst.find(({ version: number }) => number === version.version - 1)}
            current={version.version === row.version}
            ofMoment={version === ofMoment}
            timeline={timeline}
            onShow={() => adjust({ version: version.version })}
          />
        ))}
      </ol>
      {shown && other && (
        <VersionDifference
          storage={storage}
          before={shown.version < other.version ? shown : other}
          after={shown.version < other.version ? other : shown}
        />
      )}
    </>
  );
}

const validAt = (versions: readonly HistoryRow[], at: number | null): HistoryRow | undefined =>
  versions.findLast(({ validFrom }) => at === null || Date.parse(validFrom) <= at);

/** The newest is what the shown one is compared with; the newest itself with the one before. A deletion has nothing to compare. */
function partner(versions: readonly HistoryRow[], shown: HistoryRow | undefined): HistoryRow | undefined {
  const living = versions.filter(({ change }) => change !== 'deleted');
  const newest = living.at(-1);
  if (!shown || shown.change === 'deleted') return undefined;
  return shown === newest ? living.at(-2) : newest;
}

interface LayerProps {
  readonly version: HistoryRow;
  readonly before: HistoryRow | undefined;
  readonly current: boolean;
  readonly ofMoment: boolean;
  readonly timeline: Timeline;
  readonly onShow: () => void;
}

const dayMs = 86_400_000;

/** 34 to 72 px, by the logarithm of days: an hour and ten years both fit. */
const heightOf = (durationMs: number): number => Math.round(Math.min(72, 34 + 8.5 * Math.log10(1 + (9 * durationMs) / dayMs)));

function Layer({ version, before, current, ofMoment, timeline, onShow }: LayerProps) {
  const t = useWords();
  const format = useFormat();
  const fromMs = Date.parse(version.validFrom);
  const toMs = version.validTo === null ? Date.now() : Date.parse(version.validTo);
  const deleted = version.change === 'deleted';
  const recent = Date.now() - fromMs < dayMs * 7;
  return (
    <li className={classes(current && css['current'], deleted && css['gone'])}>
      <button
        type="button"
        aria-current={current || undefined}
        disabled={deleted}
        title={format.fullMoment(fromMs)}
        onClick={onShow}
      >
        <span className={css['when']}>{recent ? format.shortMoment(fromMs) : format.shortDate(fromMs)}</span>
        <span className={css['layer']} style={{ minHeight: deleted ? 40 : heightOf(toMs - fromMs) }} />
        <span className={css['what']}>
          <span className={css['whatTitle']}>
            {!deleted && <b>{`v${version.version}`}</b>}
            <span>{changeWords(t, version, before)}</span>
            {ofMoment && (
              <Chip tone="active" small>
                {t('browse.versions.thisMoment')}
              </Chip>
            )}
            {current && !ofMoment && (
              <Chip small tone="active">
                {t('browse.versions.shown')}
              </Chip>
            )}
          </span>
          <p>
            {deleted
              ? t('browse.versions.deletedMeaning')
              : version.validTo === null
                ? t('browse.versions.sinceThen')
                : t('browse.versions.forDuration', { duration: format.duration(toMs - fromMs) })}
            <NotedBy version={version} timeline={timeline} />
          </p>
        </span>
      </button>
    </li>
  );
}

/** Which job noticed; only where it is known without asking for each. */
function NotedBy({ version, timeline }: { readonly version: HistoryRow; readonly timeline: Timeline }) {
  const t = useWords();
  const runs = useRuns((feed) => feed.value);
  const job =
    timeline.moments.find(({ run }) => run === version.run)?.jobName ?? runs?.find(({ id }) => id === version.run)?.jobName;
  return job ? <>, {t('browse.versions.notedBy', { job })}</> : null;
}

/** For flags, which of them; else what kind of change it was. */
function changeWords(t: ReturnType<typeof useWords>, version: HistoryRow, before: HistoryRow | undefined): string {
  const words = t(`browse.versions.change.${version.change}`, { folder: version.folderPath });
  if (version.change !== 'metadata' || !before) return words;
  const flags = differences(before, version).find((difference) => difference.field === 'flags');
  if (flags?.field !== 'flags') return words;
  const list = (names: readonly string[]): string => names.map((flag) => flagWord(t, flag)).join(', ');
  const parts = [
    flags.added.length > 0 ? t('browse.versions.flags.added', { flags: list(flags.added) }) : null,
    flags.removed.length > 0 ? t('browse.versions.flags.removed', { flags: list(flags.removed) }) : null,
  ].filter((part) => part !== null);
  return parts.join(', ');
}
