import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunId } from '../../../shared/domain/ids.ts';
import type { LogLine } from '../../state/index.ts';
import { CopyButton, classes, FailureNote, inRem, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';
import { useLog } from './use-log.ts';

type Level = 'all' | 'warn' | 'error';

const factsOf = ({ facts }: LogLine): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
const textOf = (line: LogLine): string => `${new Date(line.atMs).toISOString()} ${line.level} ${line.event} ${factsOf(line)}`;

/** What the engine wrote down: names of events and facts, the same in every language, so that whoever helps can read them. */
export function LogCard({ id, running }: { readonly id: RunId; readonly running: boolean }) {
  const t = useWords();
  const format = useFormat();
  const { lines, failure } = useLog(id, running);
  const [level, setLevel] = useState<Level>('all');
  const [text, setText] = useState('');
  const [follow, setFollow] = useState(running);
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return (lines ?? []).filter(
      (line) => (level === 'all' || line.level === level) && (wanted === '' || textOf(line).toLowerCase().includes(wanted)),
    );
  }, [lines, level, text]);
  const count = (wanted: LogLine['level']): string => format.number((lines ?? []).filter((line) => line.level === wanted).length);
  return (
    <section className={css['log']}>
      <header className={css['logHead']}>
        <h2>{t('runs.log.title')}</h2>
        <SegmentedControl
          aria-label={t('runs.log.level')}
          data={[
            { value: 'all', label: t('runs.log.all') },
            { value: 'warn', label: t('runs.log.warn', { lines: count('warn') }) },
            { value: 'error', label: t('runs.log.error', { lines: count('error') }) },
          ]}
          value={level}
          onChange={(next) => setLevel(next)}
        />
        <TextInput
          className={css['logFilter'] ?? ''}
          aria-label={t('runs.log.find')}
          placeholder={t('runs.log.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={css['space']} />
        {running && (
          <Switch label={t('runs.log.follow')} checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
        )}
        <CopyButton text={shown.map(textOf).join('\n')} label={t('runs.log.copy')} />
      </header>
      {failure && <FailureNote failure={failure} />}
      {lines === null && !failure && <Waiting rows={4} />}
      {lines !== null && shown.length === 0 && (
        <p className={classes(css['noLines'], 'st-soft')}>{t(lines.length === 0 ? 'runs.log.empty' : 'runs.log.none')}</p>
      )}
      {shown.length > 0 && <Lines lines={shown} follow={follow && running} />}
    </section>
  );
}

function Lines({ lines, follow }: { readonly lines: readonly LogLine[]; readonly follow: boolean }) {
  const t = useWords();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => inRem(1.25),
    overscan: 20,
  });
  const last = lines.at(-1)?.line;
  useEffect(() => {
    if (follow) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [follow, last]);
  return (
    // Takes the focus so that it can be scrolled by keyboard.
    <div ref={scroller} className={css['lines']} role="log" aria-live="off" aria-label={t('runs.log.label')} tabIndex={0}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <div
              key={line.line}
              className={classes(css['line'], css[line.level])}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span>{format.exactTime(line.atMs)}</span>
              <span>{line.level}</span>
              <span className="st-ellipsis" title={factsOf(line)}>
                {line.event} {factsOf(line)}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
