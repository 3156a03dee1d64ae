import type { ItemId, StorageId } from '../../../shared/domain/ids.ts';
import { useDensity } from '../../state/index.ts';
import { classes, type KindName } from '../../widgets/index.ts';
import css from './sparkline.module.css';

const bars = 10;
const height = 13;
const yearMs = 366 * 86_400_000;

interface Props {
  readonly storage: StorageId;
  readonly folder: ItemId;
  readonly kind: KindName;
  readonly className?: string | undefined;
}

/** Where in the last year a folder changed, in ten bars. The list beside it says the same in numbers, so this is silent. */
export function Sparkline({ storage, folder, kind, className }: Props) {
  const days = useDensity(storage, folder);
  if (!days || days.length === 0) return null;
  const end = Date.now();
  const sums = Array.from({ length: bars }, () => 0);
  for (const { dayMs, saved, vanished } of days) {
    const slice = Math.floor(((dayMs - (end - yearMs)) / yearMs) * bars);
    if (slice >= 0 && slice < bars) sums[slice] = (sums[slice] ?? 0) + saved + vanished;
  }
  const most = Math.max(...sums);
  if (most === 0) return null;
  return (
    <svg className={classes(css['sparkline'], css[kind], className)} width={bars * 4 - 1} height={height} aria-hidden>
      {sums.map((sum, index) => {
        const tall = sum === 0 ? 0 : 1.5 + (height - 1.5) * Math.sqrt(sum / most);
        return <rect key={index} x={index * 4} y={height - tall} width="3" height={tall} rx=".8" />;
      })}
    </svg>
  );
}
