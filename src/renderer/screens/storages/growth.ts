/** One day of a storage's life: how much lay in it at its end. */
export interface GrowthPoint {
  readonly dayMs: number;
  readonly storedBytes: number;
}

/** Where lines are drawn, in the chart's own px. */
export interface GrowthDrawing {
  /** The area under what was stored. */
  readonly area: string;
  readonly line: string;
  /** From today to the end of what is foreseen; empty where nothing is. */
  readonly forecastArea: string;
  readonly forecastLine: string;
  readonly todayX: number;
  readonly marks: readonly { readonly y: number; readonly bytes: number }[];
  readonly months: readonly { readonly x: number; readonly atMs: number }[];
  /** The line that must not be crossed, where it lies within the chart. */
  readonly limitY: number | null;
}

export interface GrowthFrame {
  readonly width: number;
  readonly height: number;
  /** Room for the numbers at the left, the months below, a line of text above. */
  readonly left: number;
  readonly bottom: number;
  readonly top: number;
}

const dayMs = 86_400_000;
/** How much of what is shown lies in the future. */
const forecastShare = 0.18;

interface Growth {
  readonly points: readonly GrowthPoint[];
  readonly nowMs: number;
  /** Null: nothing is foreseen. */
  readonly bytesPerDay: number | null;
  /** What there is room for; null where nobody knows. */
  readonly limitBytes: number | null;
}

export function drawGrowth({ points, nowMs, bytesPerDay, limitBytes }: Growth, frame: GrowthFrame): GrowthDrawing {
  const first = points[0] ?? { dayMs: nowMs, storedBytes: 0 };
  const now = points.at(-1)?.storedBytes ?? 0;
  const fromMs = Math.min(first.dayMs, nowMs - dayMs);
  const aheadMs = bytesPerDay === null ? 0 : ((nowMs - fromMs) * forecastShare) / (1 - forecastShare);
  const foreseen = now + ((bytesPerDay ?? 0) * aheadMs) / dayMs;
  const most = Math.max(...points.map((point) => point.storedBytes), foreseen, 1);
  // A limit far above would press everything else flat against the ground.
  const isNear = limitBytes !== null && limitBytes < most * 2;
  const scale = niceScale(Math.max(most, isNear ? limitBytes : 0));
  const x = (atMs: number): number =>
    round(frame.left + ((atMs - fromMs) / (nowMs + aheadMs - fromMs)) * (frame.width - frame.left));
  const base = frame.height - frame.bottom;
  const y = (bytes: number): number => round(base - (bytes / scale.most) * (base - frame.top));

  const steps = points.flatMap((point, at) => {
    const before = points[at - 1];
    // Between two days on which something was written, nothing was: the line stays level until the second.
    const level = before === undefined ? [] : [`${x(point.dayMs)} ${y(before.storedBytes)}`];
    return [...level, `${x(point.dayMs)} ${y(point.storedBytes)}`];
  });
  const todayX = x(nowMs);
  const drawn = [...steps, `${todayX} ${y(now)}`];
  const line = `M${drawn.join('L')}`;
  const forecastLine = aheadMs === 0 ? '' : `M${todayX} ${y(now)}L${x(nowMs + aheadMs)} ${y(foreseen)}`;
  return {
    line,
    area: `${line}L${todayX} ${base}L${x(first.dayMs)} ${base}Z`,
    forecastLine,
    forecastArea: forecastLine === '' ? '' : `${forecastLine}L${x(nowMs + aheadMs)} ${base}L${todayX} ${base}Z`,
    todayX,
    marks: scale.marks.map((bytes) => ({ bytes, y: y(bytes) })),
    months: monthsBetween(fromMs, nowMs, 7).map((atMs) => ({ atMs, x: x(atMs) })),
    limitY: isNear ? y(limitBytes) : null,
  };
}

/** At most five steps of 1, 2 or 5 times a power of ten. */
function niceScale(most: number): { readonly most: number; readonly marks: readonly number[] } {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.max(1, Math.ceil(most / step));
  return { most: step * count, marks: Array.from({ length: count }, (_, at) => step * (at + 1)) };
}

/** First days of months, every so many that at most `limit` are named. */
function monthsBetween(fromMs: number, toMs: number, limit: number): readonly number[] {
  const from = new Date(fromMs);
  const all: number[] = [];
  for (let month = 1; ; month += 1) {
    const at = new Date(from.getFullYear(), from.getMonth() + month, 1).getTime();
    if (at > toMs) break;
    all.push(at);
  }
  const every = Math.ceil(all.length / limit);
  return all.filter((_, at) => at % every === 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;
