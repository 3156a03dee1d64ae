import { Chip, type Fact, FactList } from '../../widgets/index.ts';
import { type Format, useFormat, useWords } from '../../words/index.ts';
import css from './calendar-view.module.css';
import { recurrenceWords } from './recurrence-words.ts';
import { type CalendarEntry, hereOf, spanOf, type WrittenTime, writtenTime } from './written-time.ts';

interface Props {
  readonly calendar: { readonly entries: readonly CalendarEntry[]; readonly total: number };
}

/** Events, tasks and notes as people read them. Everything is plain text: what looks like a page or a link in it is none. */
export function CalendarView({ calendar: { entries, total } }: Props) {
  const t = useWords();
  return (
    <div className={css['entries']}>
      {entries.map((entry, index) => (
        <Entry key={index} entry={entry} alone={entries.length === 1} />
      ))}
      {total > entries.length && <p className={css['more']}>{t('browse.calendar.more', { count: total - entries.length })}</p>}
    </div>
  );
}

const answers = ['accepted', 'declined', 'tentative', 'needs-action', 'delegated'] as const;
const states = ['tentative', 'confirmed', 'cancelled', 'needs-action', 'completed', 'in-process', 'draft', 'final'] as const;

function Entry({ entry, alone }: { readonly entry: CalendarEntry; readonly alone: boolean }) {
  const t = useWords();
  const format = useFormat();
  const state = states.find((known) => known === entry.status);
  return (
    <article className={css['entry']}>
      {(!alone || state === 'cancelled') && (
        <h3>
          {alone ? null : entry.title === '' ? t('browse.noTitle') : entry.title}
          {state === 'cancelled' && <Chip tone="failed">{t('browse.calendar.state.cancelled')}</Chip>}
        </h3>
      )}
      <FactList wide facts={useFacts(entry, format)} />
      {entry.description.trim() !== '' && <div className={css['description']}>{entry.description}</div>}
    </article>
  );
}

function useFacts(entry: CalendarEntry, format: Format): readonly Fact[] {
  const t = useWords();
  const fact = (name: string, value: string | undefined): Fact[] => (value ? [{ name, value }] : []);
  const { start, end, due, completed, organiser, attendees, attendeesTotal } = entry;
  const state = states.find((known) => known === entry.status && known !== 'cancelled');
  const answer = (given: string): string => {
    const known = answers.find((one) => one === given);
    return known === undefined ? '' : t(`browse.calendar.answer.${known}`);
  };
  return [
    ...fact(
      t('browse.calendar.when'),
      start === null && end === null
        ? undefined
        : withZone(start ?? end, spanOf(start, end, format), t('browse.calendar.anywhere')),
    ),
    ...fact(t('browse.calendar.here'), hereOf(start, end, format)),
    ...fact(t('browse.calendar.due'), due === null ? undefined : withZone(due, writtenTime(due, format), '')),
    ...fact(t('browse.calendar.completed'), completed === null ? undefined : writtenTime(completed, format)),
    ...fact(t('browse.calendar.progress'), entry.percent === null ? undefined : format.percent(entry.percent / 100)),
    ...fact(t('browse.calendar.status'), state === undefined ? undefined : t(`browse.calendar.state.${state}`)),
    ...fact(t('browse.calendar.repeated'), seriesWords(entry, t, format)),
    ...fact(t('browse.calendar.place'), entry.place),
    ...fact(t('browse.calendar.organiser'), organiser === null ? undefined : personWords(organiser)),
    ...(attendees.length === 0
      ? []
      : [
          {
            name: t('browse.calendar.attendees'),
            value: (
              <ul className={css['people']}>
                {attendees.map((person, index) => (
                  <li key={index}>
                    {personWords(person)} {answer(person.answer) !== '' && <span>{answer(person.answer)}</span>}
                  </li>
                ))}
                {attendeesTotal > attendees.length && (
                  <li>{t('browse.calendar.morePeople', { count: attendeesTotal - attendees.length })}</li>
                )}
              </ul>
            ),
          },
        ]),
  ];
}

const personWords = ({ name, address }: NonNullable<CalendarEntry['organiser']>): string =>
  name === '' || name === address ? address : address === '' ? name : `${name} <${address}>`;

const withZone = (time: WrittenTime | null, text: string, anywhere: string): string => {
  if (time === null || time.isDay) return text;
  const zone = time.zone ?? anywhere;
  return zone === '' ? text : `${text} (${zone})`;
};

function seriesWords(entry: CalendarEntry, t: ReturnType<typeof useWords>, format: Format): string {
  const notes = (['without', 'additional', 'changed'] as const).flatMap((which) =>
    entry[which] === 0 ? [] : [t(`browse.calendar.${which}`, { count: entry[which] })],
  );
  return [...entry.rules.map((rule) => recurrenceWords(rule, t, format)), ...notes].join('; ');
}
