import { useEffect, useState } from 'react';
import type { JobSummary } from '../../state/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import css from './watch-card.module.css';

/** How long ago something was grows by itself. */
const everyMs = 5000;

/** Whether anybody watches now, what happened last, and how each source is watched. */
export function WatchState({ job }: { readonly job: JobSummary }) {
  const words = useWatchWords(job);
  const source = useSourceWords();
  const { sources, pending } = job.watch;
  const t = useWords();
  const nameOf = (id: string): string => job.sourceNames.find((one) => one.id === id)?.name ?? '';
  return (
    <section>
      <p>
        {words} {pending > 0 && t('jobs.watch.pending', { count: pending })}
      </p>
      {sources.length > 0 && (
        <ul className={css['list']}>
          {sources.map((one) => (
            <li key={one.source}>
              <span>{nameOf(one.source)}</span>
              <span className="st-soft">{source(one)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function useWatchWords({ watch }: JobSummary): string {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  const nowMs = useNow();
  const { state, sinceMs, lastChangeMs, failure } = watch;
  const moment = format.shortMoment(sinceMs ?? nowMs);
  const last =
    lastChangeMs === null
      ? t('jobs.watch.noChange')
      : t('jobs.watch.lastChange', { ago: format.roughly(Math.max(1000, nowMs - lastChangeMs)) });
  return t(`jobs.watch.state.${state}`, { moment, last, why: failure === null ? '' : say(failure) });
}

function useNow(): number {
  const [nowMs, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

function useSourceWords() {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  return ({ state, because, everyMs: every, failure }: JobSummary['watch']['sources'][number]): string => {
    const values = { every: format.duration(every ?? 0), why: failure === null ? '' : say(failure) };
    return t(`jobs.watch.source.${because ?? state}`, values);
  };
}
