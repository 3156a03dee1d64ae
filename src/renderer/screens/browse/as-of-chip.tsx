import { Button, Popover, TextInput } from '@mantine/core';
import { ChevronDown, History } from 'lucide-react';
import { type SubmitEvent, useEffect, useState } from 'react';
import { startOfDay, useFormat, useWords } from '../../words/index.ts';
import { localDateTime, parseLocalDateTime } from '../../parts/local-date-time.ts';
import css from './time-bar.module.css';
import type { Timeline } from './timeline.ts';
import { useBrowseEvents } from './use-browse-keys.ts';
import { usePlace } from './use-place.ts';

/** The moment in words; opens the field in which one is typed. */
export function AsOfChip({ timeline }: { readonly timeline: Timeline }) {
  const t = useWords();
  const format = useFormat();
  const { place } = usePlace();
  const [opened, setOpened] = useState(false);
  useBrowseEvents('date', () => setOpened(true));
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <button type="button" className={css['chip']} onClick={() => setOpened((open) => !open)}>
          <History size={15} strokeWidth={1.75} aria-hidden />
          {place.at === null ? t('browse.asOfNow') : t('browse.asOf', { moment: format.fullMoment(place.at) })}
          <ChevronDown size={14} strokeWidth={2} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('browse.goToDate')}>
        <DateField timeline={timeline} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function DateField({ timeline, onDone }: { readonly timeline: Timeline; readonly onDone: () => void }) {
  const t = useWords();
  const format = useFormat();
  const { place, go } = usePlace();
  const [text, setText] = useState(() => localDateTime(place.at ?? Date.now()));
  useEffect(() => setText(localDateTime(place.at ?? Date.now())), [place.at]);
  const typed = parseLocalDateTime(text);
  const thatDay = typed === null ? [] : timeline.moments.filter(({ atMs }) => startOfDay(atMs) === startOfDay(typed));

  const leave = (atMs: number): void => {
    go({ at: atMs >= Date.now() ? undefined : atMs });
    onDone();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (typed !== null) leave(typed);
  };
  return (
    <form className={css['date']} onSubmit={submit}>
      <div className={css['dateLine']}>
        <TextInput
          data-autofocus
          type="datetime-local"
          label={t('browse.date')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" disabled={typed === null}>
          {t('browse.go')}
        </Button>
      </div>
      {typed !== null && (
        <div>
          <p className="st-soft">{t(thatDay.length > 0 ? 'browse.thatDay' : 'browse.noMomentThatDay')}</p>
          <div className={css['times']}>
            {thatDay.map(({ run, atMs, jobName }) => (
              <Button key={run} size="sm" title={jobName} onClick={() => leave(atMs)}>
                {format.time(atMs)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </form>
  );
}
