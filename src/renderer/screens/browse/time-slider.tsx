import { useElementSize, useMergedRef } from '@mantine/hooks';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { DensityDay } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './time-bar.module.css';
import { type Span, usualSpan, wholeSpan, zoomed } from './time-scale.ts';
import { Axis, Bars, Handle, Past } from './time-slider-drawing.tsx';
import { nearest, nextOf, previousChange, previousOf, type Timeline } from './timeline.ts';
import { usePlace } from './use-place.ts';

/** While the handle is dragged the list follows this late, or it would be asked for at every pixel. */
const settleMs = 140;

interface Props {
  readonly timeline: Timeline;
  readonly density: readonly DensityDay[];
}

/** Changes by day; the handle snaps to moments. Arrows step through moments, page keys through changes. */
export function TimeSlider({ timeline, density }: Props) {
  const t = useWords();
  const { place, go } = usePlace();
  const changes = timeline.changedMs;
  const before = previousChange(changes, place.at);
  const after = nextOf(changes, place.at);
  return (
    <div className={css['slider']}>
      <button
        type="button"
        className={css['step']}
        aria-label={t('browse.previousChange')}
        title={t('browse.previousChange')}
        disabled={before === undefined}
        onClick={() => before !== undefined && go({ at: before })}
      >
        <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
      </button>
      <Track timeline={timeline} density={density} />
      <button
        type="button"
        className={css['step']}
        aria-label={t('browse.nextChange')}
        title={t('browse.nextChange')}
        disabled={after === undefined}
        onClick={() => go({ at: after ?? undefined })}
      >
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </div>
  );
}

function Track({ timeline, density }: Props) {
  const t = useWords();
  const format = useFormat();
  const { place, go, adjust } = usePlace();
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(measured, frame);
  const times = useMemo(() => timeline.moments.map(({ atMs }) => atMs), [timeline]);
  const [dragged, setDragged] = useState<{ readonly at: number | null } | null>(null);
  const { span, whole, setSpan, nowMs } = useSpan(times, density, place.at);
  const at = dragged ? dragged.at : place.at;
  useSettled(dragged, ({ at: settled }) => adjust({ at: settled ?? undefined }));

  const x = (ms: number): number => ((ms - span.fromMs) / (span.toMs - span.fromMs)) * width;
  const timeAt = (event: { readonly clientX: number; readonly currentTarget: Element }): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return span.fromMs + ((event.clientX - box.left) / box.width) * (span.toMs - span.fromMs);
  };
  const drag = (event: PointerEvent): void => setDragged({ at: nearest(times, timeAt(event)) });
  const release = (): void => {
    if (dragged) go({ at: dragged.at ?? undefined });
    setDragged(null);
  };
  const press = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, timeline, times, place.at);
    if (target === undefined) return;
    event.preventDefault();
    go({ at: target ?? undefined });
  };
  useWheel(frame, (event) =>
    setSpan(
      zoomed(
        span,
        whole,
        timeAt({ clientX: event.clientX, currentTarget: frame.current as Element }),
        event.deltaY > 0 ? 1.25 : 0.8,
      ),
    ),
  );

  const index = at === null ? times.length : times.findIndex((time) => time >= at);
  return (
    <div
      ref={ref}
      className={css['track']}
      role="slider"
      tabIndex={0}
      aria-label={t('browse.slider')}
      aria-valuemin={0}
      aria-valuemax={times.length}
      aria-valuenow={index < 0 ? times.length : index}
      aria-valuetext={at === null ? t('browse.sliderNow') : format.fullMoment(at)}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => dragged && drag(event)}
      onPointerUp={release}
      onPointerCancel={() => setDragged(null)}
    >
      <svg width={width} height="60" aria-hidden>
        <Past end={at === null ? x(nowMs) : x(at)} />
        <Bars density={density} span={span} width={width} at={at} x={x} />
        <Axis span={span} width={width} x={x} />
        <path className={css['nowLine']} d={`M${x(nowMs).toFixed(1)} 0V44`} />
        <Handle x={Math.min(at === null ? x(nowMs) : x(at), width - 7)} />
      </svg>
    </div>
  );
}

/** Undefined: the key is not the slider's. */
function targetOf(key: string, timeline: Timeline, times: readonly number[], at: number | null): number | null | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return previousOf(times, at);
    case 'ArrowRight':
    case 'ArrowUp':
      return nextOf(times, at);
    case 'PageDown':
      return previousChange(timeline.changedMs, at);
    case 'PageUp':
      return nextOf(timeline.changedMs, at);
    case 'Home':
      return times[0];
    case 'End':
      return null;
    default:
      return undefined;
  }
}

/** The year that is shown, or what the wheel made of it; it follows a moment that lies outside. */
function useSpan(times: readonly number[], density: readonly DensityDay[], at: number | null) {
  const nowMs = Math.max(Date.now(), times.at(-1) ?? 0);
  const firstMs = Math.min(times[0] ?? nowMs, density[0]?.dayMs ?? nowMs);
  const today = Math.floor(nowMs / 60_000);
  const whole = useMemo(() => wholeSpan(firstMs, today * 60_000), [firstMs, today]);
  const [chosen, setChosen] = useState<Span | null>(null);
  const outside = chosen !== null && at !== null && (at < chosen.fromMs || at > chosen.toMs);
  const span = chosen === null || outside ? usualSpan(whole, at) : chosen;
  return { span, whole, setSpan: setChosen, nowMs };
}

function useSettled<Value>(value: Value | null, settle: (value: Value) => void): void {
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    if (value === null) return;
    const timer = setTimeout(() => latest.current(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
}

/** React listens to the wheel passively, which would scroll what is behind as well. */
function useWheel(ref: { readonly current: HTMLDivElement | null }, turn: (event: WheelEvent) => void): void {
  const latest = useRef(turn);
  latest.current = turn;
  useEffect(() => {
    const place = ref.current;
    if (!place) return;
    const listen = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event);
    };
    place.addEventListener('wheel', listen, { passive: false });
    return () => place.removeEventListener('wheel', listen);
  }, [ref]);
}
