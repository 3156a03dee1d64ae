import { at, calendar, event, note, nothing, specimen, task } from './calendar-texts.ts';
import { ownZone, zoneSpecimens } from './calendar-zones.ts';
import { lines, type Specimen } from './specimen.ts';

const times: readonly Specimen[] = [
  specimen('time-utc', event('SUMMARY:Call', 'DTSTART:20260301T100000Z'), { title: 'Call', timeMs: at('2026-03-01T10:00:00Z') }),
  specimen('time-floating', event('SUMMARY:Call', 'DTSTART:20260301T100000'), {
    title: 'Call',
    timeMs: at('2026-03-01T10:00:00Z'),
  }),
  specimen('time-whole-day', event('SUMMARY:Birthday', 'DTSTART;VALUE=DATE:20260301'), {
    title: 'Birthday',
    timeMs: at('2026-03-01T12:00:00Z'),
  }),
  specimen('time-whole-day-without-value', event('SUMMARY:Birthday', 'DTSTART:20260301'), {
    title: 'Birthday',
    timeMs: at('2026-03-01T12:00:00Z'),
  }),
  specimen('time-called-date-with-hours', event('SUMMARY:Call', 'DTSTART;VALUE=DATE:20260301T100000Z'), {
    title: 'Call',
    timeMs: at('2026-03-01T10:00:00Z'),
  }),
  specimen('time-of-leap-day', event('SUMMARY:Leap', 'DTSTART:20280229T000000Z'), {
    title: 'Leap',
    timeMs: at('2028-02-29T00:00:00Z'),
  }),
  specimen('time-of-leap-second', event('SUMMARY:Leap', 'DTSTART:20161231T235960Z'), {
    title: 'Leap',
    timeMs: at('2017-01-01T00:00:00Z'),
  }),
  specimen('time-before-1970', event('SUMMARY:Born', 'DTSTART;VALUE=DATE:19440606'), {
    title: 'Born',
    timeMs: at('1944-06-06T12:00:00Z'),
  }),
  specimen('time-year-9999', event('SUMMARY:End', 'DTSTART:99991231T235959Z'), {
    title: 'End',
    timeMs: at('9999-12-31T23:59:59Z'),
  }),
  specimen('time-year-0', event('SUMMARY:Odd', 'DTSTART:00000101T000000Z'), { title: 'Odd' }),
  specimen('time-missing', event('SUMMARY:Odd'), { title: 'Odd' }),
  specimen('time-empty', event('SUMMARY:Odd', 'DTSTART:'), { title: 'Odd' }),
  specimen('time-words', event('SUMMARY:Odd', 'DTSTART:tomorrow at ten'), { title: 'Odd' }),
  specimen('time-too-many-digits', event('SUMMARY:Odd', 'DTSTART:202603010T10000000000Z'), { title: 'Odd' }),
  specimen('time-negative', event('SUMMARY:Odd', 'DTSTART:-20260301T100000Z'), { title: 'Odd' }),
  specimen('time-falls-back-to-created', event('SUMMARY:Odd', 'DTSTART:x', 'CREATED:20260301T100000Z'), {
    title: 'Odd',
    timeMs: at('2026-03-01T10:00:00Z'),
  }),
  specimen('time-twice', event('SUMMARY:Twice', 'DTSTART:20260301T100000Z', 'DTSTART:20270301T100000Z'), {
    title: 'Twice',
    timeMs: at('2026-03-01T10:00:00Z'),
  }),
  specimen(
    'task-due',
    task('SUMMARY:Tax', 'DTSTART:20260301T100000Z', 'DUE:20260501T100000Z'),
    { title: 'Tax', timeMs: at('2026-05-01T10:00:00Z') },
    'task',
  ),
  specimen(
    'task-started',
    task('SUMMARY:Tax', 'DTSTART:20260301T100000Z'),
    { title: 'Tax', timeMs: at('2026-03-01T10:00:00Z') },
    'task',
  ),
  specimen(
    'task-due-on-a-day',
    task('SUMMARY:Tax', 'DUE;VALUE=DATE:20260501'),
    { title: 'Tax', timeMs: at('2026-05-01T12:00:00Z') },
    'task',
  ),
  specimen(
    'task-completed',
    task('SUMMARY:Tax', 'COMPLETED:20260301T100000Z', 'STATUS:COMPLETED', 'PERCENT-COMPLETE:100'),
    { title: 'Tax', timeMs: at('2026-03-01T10:00:00Z') },
    'task',
  ),
  specimen('task-without-time', task('SUMMARY:Someday'), { title: 'Someday' }, 'task'),
  specimen(
    'task-in-a-zone',
    task('SUMMARY:Tax', 'DUE;TZID=Europe/Berlin:20260715T100000'),
    { title: 'Tax', timeMs: at('2026-07-15T08:00:00Z') },
    'task',
  ),
  specimen(
    'note-of-a-day',
    note('SUMMARY:Diary', 'DTSTART;VALUE=DATE:20260301'),
    { title: 'Diary', timeMs: at('2026-03-01T12:00:00Z') },
    'note',
  ),
  specimen(
    'note-without-title',
    note('DESCRIPTION:Rain all day.\\nStayed in.', 'DTSTART;VALUE=DATE:20260301'),
    { title: 'Rain all day. Stayed in.', timeMs: at('2026-03-01T12:00:00Z') },
    'note',
  ),
];

const titles: readonly Specimen[] = [
  ...(
    [
      ['plain', 'SUMMARY:Rowing', 'Rowing'],
      ['escaped', 'SUMMARY:One\\, two\\; three\\\\ four', 'One, two; three\\ four'],
      ['line-feeds', 'SUMMARY:One\\nTwo\\NThree', 'One Two Three'],
      ['language', 'SUMMARY;LANGUAGE=de-DE:Rudern', 'Rudern'],
      ['lower-case-name', 'summary:Rowing', 'Rowing'],
      ['colons', 'SUMMARY:http://example.org: the site', 'http://example.org: the site'],
      ['quoted-parameter', 'SUMMARY;ALTREP="cid:part1;x":Rowing', 'Rowing'],
      ['unended-quotes', 'SUMMARY;ALTREP="cid:Rowing', 'Rowing'],
      ['parameter-without-value', 'SUMMARY;LANGUAGE:Rowing', 'Rowing'],
      ['parameter-without-name', 'SUMMARY;=de:Rowing', 'Rowing'],
      ['emoji', 'SUMMARY:🎂 Anna', '🎂 Anna'],
      ['right-to-left', 'SUMMARY:פגישה', 'פגישה'],
      ['direction-override', 'SUMMARY:invoice\u202egpj.exe', 'invoice\u202egpj.exe'],
      ['controls', 'SUMMARY:a\u0001b\u0007c\tend', 'a b c end'],
      ['nul', 'SUMMARY:before\u0000after', 'before after'],
      ['html', 'SUMMARY:<b onmouseover=alert(1)>bold</b>', '<b onmouseover=alert(1)>bold</b>'],
      ['spaces-only', 'SUMMARY:   ', 'specimen@example.org'],
      ['empty', 'SUMMARY:', 'specimen@example.org'],
      ['spaces-around', 'SUMMARY:  Rowing  ', 'Rowing'],
      ['trailing-backslash', 'SUMMARY:Rowing\\', 'Rowing\\'],
      ['prototype-parameter', 'SUMMARY;__PROTO__=x;CONSTRUCTOR=y:Rowing', 'Rowing'],
    ] as const
  ).map(([name, line, title]) => specimen(`title-${name}`, event(line), { title })),
  specimen('title-twice', event('SUMMARY:First', 'SUMMARY:Second'), { title: 'First' }),
  specimen('title-from-description', event('DESCRIPTION:Bring the oars'), { title: 'Bring the oars' }),
  specimen('title-from-place', event('LOCATION:Quay 7'), { title: 'Quay 7' }),
  specimen('title-from-uid', event(), { title: 'specimen@example.org' }),
  specimen('title-very-long', event(`SUMMARY:${'x'.repeat(5000)}`), { title: `${'x'.repeat(1000)}…` }),
  specimen('title-of-100-kilobytes', event(`SUMMARY:${'y'.repeat(100_000)}`), { title: `${'y'.repeat(1000)}…` }),
  specimen('title-cut-between-halves', event(`SUMMARY:${'x'.repeat(999)}🎂🎂`), { title: `${'x'.repeat(999)}…` }),
];

const people: readonly Specimen[] = [
  specimen('people-organiser', event('SUMMARY:Meet', 'ORGANIZER;CN=Anna Berg:mailto:anna@example.org'), {
    title: 'Meet',
    from: 'Anna Berg <anna@example.org>',
  }),
  specimen(
    'people-attendees',
    event(
      'SUMMARY:Meet',
      'ORGANIZER:mailto:anna@example.org',
      'ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.org',
      'ATTENDEE:MAILTO:ines@example.org',
    ),
    {
      title: 'Meet',
      from: 'anna@example.org',
      to: 'Bob <bob@example.org>, ines@example.org',
    },
  ),
  specimen('people-comma-in-name', event('SUMMARY:Meet', 'ORGANIZER;CN="Berg, Anna":mailto:anna@example.org'), {
    title: 'Meet',
    from: 'Berg, Anna <anna@example.org>',
  }),
  specimen('people-name-is-address', event('SUMMARY:Meet', 'ATTENDEE;CN=bob@example.org:mailto:bob@example.org'), {
    title: 'Meet',
    to: 'bob@example.org',
  }),
  specimen('people-without-address', event('SUMMARY:Meet', 'ATTENDEE;CN=Room 4:'), { title: 'Meet', to: 'Room 4' }),
  specimen('people-other-address', event('SUMMARY:Meet', 'ATTENDEE;CN=Room:urn:uuid:1-2-3'), {
    title: 'Meet',
    to: 'Room <urn:uuid:1-2-3>',
  }),
  specimen('people-escaped-as-in-rfc6868', event('SUMMARY:Meet', "ATTENDEE;CN=Anna ^'Ann^' Berg:mailto:a@example.org"), {
    title: 'Meet',
    to: 'Anna "Ann" Berg <a@example.org>',
  }),
  specimen('people-without-colon', event('SUMMARY:Meet', 'ATTENDEE;CN=Bob'), { title: 'Meet', to: 'ATTENDEE;CN=Bob' }),
  specimen(
    'people-two-hundred',
    event('SUMMARY:Meet', ...Array.from({ length: 200 }, (_, n) => `ATTENDEE:mailto:${String(n).padStart(3, '0')}@example.org`)),
    {
      title: 'Meet',
      to: `${Array.from({ length: 50 }, (_, n) => `${String(n).padStart(3, '0')}@example.org`)
        .join(', ')
        .slice(0, 500)}…`,
    },
  ),
  specimen(
    'people-on-a-task',
    task('SUMMARY:Do', 'ATTENDEE:mailto:bob@example.org'),
    { title: 'Do', to: 'bob@example.org' },
    'task',
  ),
];

const framing: readonly Specimen[] = [
  specimen('frame-folded', event('SUMMARY:A long', '  line that goes', '\t on'), { title: 'A long line that goes on' }),
  specimen(
    'frame-folded-inside-utf8',
    Buffer.concat([
      Buffer.from(lines('BEGIN:VCALENDAR', 'BEGIN:VEVENT')),
      Buffer.from('SUMMARY:Caf'),
      Buffer.from([0xc3]),
      Buffer.from('\r\n '),
      Buffer.from([0xa9]),
      Buffer.from(`\r\n${lines('END:VEVENT', 'END:VCALENDAR')}`),
    ]),
    { title: 'Café' },
  ),
  specimen(
    'frame-folded-inside-emoji',
    Buffer.concat([
      Buffer.from(lines('BEGIN:VCALENDAR', 'BEGIN:VEVENT')),
      Buffer.from('SUMMARY:'),
      Buffer.from([0xf0, 0x9f]),
      Buffer.from('\r\n '),
      Buffer.from([0x8e, 0x82]),
      Buffer.from(`\r\n${lines('END:VEVENT', 'END:VCALENDAR')}`),
    ]),
    { title: '🎂' },
  ),
  specimen(
    'frame-folded-name',
    lines('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMM', ' ARY:Split name', 'UID:1', 'END:VEVENT', 'END:VCALENDAR'),
    { title: '1' },
  ),
  specimen('frame-folded-to-nothing', event('SUMMARY:x', ' ', ' ', ' y'), { title: 'xy' }),
  specimen('frame-line-feeds', event('SUMMARY:Rowing').replaceAll('\r\n', '\n'), { title: 'Rowing' }),
  specimen('frame-carriage-returns', event('SUMMARY:Rowing', 'DTSTART:20260301T100000Z').replaceAll('\r\n', '\r'), {
    title: 'Rowing',
    timeMs: at('2026-03-01T10:00:00Z'),
  }),
  specimen('frame-folded-carriage-returns', event('SUMMARY:Row', ' ing').replaceAll('\r\n', '\r'), { title: 'Rowing' }),
  specimen('frame-mixed-ends', event('SUMMARY:Rowing').replace('\r\n', '\n'), { title: 'Rowing' }),
  specimen('frame-doubled-returns', event('SUMMARY:Rowing').replaceAll('\r\n', '\r\r\n'), { title: 'Rowing' }),
  specimen('frame-empty-lines', event('', 'SUMMARY:Rowing', '', ''), { title: 'Rowing' }),
  specimen('frame-mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(event('SUMMARY:Marked'))]), {
    title: 'Marked',
  }),
  specimen('frame-utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(event('SUMMARY:Zwölf'), 'utf16le')]), {
    title: 'Zwölf',
  }),
  specimen(
    'frame-utf-16-big',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(event('SUMMARY:Zwölf'), 'utf16le').swap16()]),
    { title: 'Zwölf' },
  ),
  specimen('frame-windows-1252', Buffer.from(event('SUMMARY:Zwölf'), 'latin1'), { title: 'Zwölf' }),
  specimen('frame-no-last-end', event('SUMMARY:Rowing').trimEnd(), { title: 'Rowing' }),
  specimen('frame-missing-end-of-calendar', event('SUMMARY:Rowing').replace('END:VCALENDAR\r\n', ''), { title: 'Rowing' }),
  specimen('frame-missing-both-ends', event('SUMMARY:Rowing').replace(/END:.*\r\n/g, ''), { title: 'Rowing' }),
  specimen(
    'frame-missing-end-between',
    lines(
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:1',
      'SUMMARY:One',
      'BEGIN:VEVENT',
      'UID:2',
      'SUMMARY:Two',
      'END:VEVENT',
      'END:VCALENDAR',
    ),
    { title: 'One (+1)' },
  ),
  specimen('frame-missing-end-of-alarm', event('SUMMARY:Rowing', 'BEGIN:VALARM', 'SUMMARY:Alarm', 'ACTION:DISPLAY'), {
    title: 'Rowing',
  }),
  specimen('frame-end-without-beginning', event('END:VALARM', 'SUMMARY:Rowing'), { title: 'Rowing' }),
  specimen('frame-no-calendar-around', lines('BEGIN:VEVENT', 'SUMMARY:Bare', 'END:VEVENT'), { title: 'Bare' }),
  specimen('frame-lower-case', event('SUMMARY:Rowing').toLowerCase(), { title: 'rowing' }),
  specimen(
    'frame-calendar-in-a-calendar',
    lines('BEGIN:VCALENDAR', 'BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMMARY:Deep', 'END:VEVENT', 'END:VCALENDAR', 'END:VCALENDAR'),
    { title: 'Deep' },
  ),
  specimen(
    'frame-thousand-deep',
    lines(
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'SUMMARY:Deep',
      ...Array.from({ length: 1000 }, () => 'BEGIN:VALARM'),
      'SUMMARY:no',
      'END:VEVENT',
    ),
    { title: 'Deep' },
  ),
  specimen(
    'frame-spaces-behind-names',
    lines('BEGIN:VCALENDAR ', 'BEGIN:VEVENT ', 'SUMMARY:Rowing', 'END:VEVENT ', 'END:VCALENDAR '),
    { title: 'Rowing' },
  ),
  nothing('frame-empty', ''),
  nothing('frame-only-mark', Buffer.from([0xef, 0xbb, 0xbf])),
  nothing('frame-no-component', lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'END:VCALENDAR')),
  nothing('frame-html', '<!doctype html><html><body>503: try later</body></html>'),
  nothing('frame-binary', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
  nothing('frame-only-zone', lines('BEGIN:VCALENDAR', ...ownZone('Ours'), 'END:VCALENDAR')),
  nothing(
    'frame-free-busy',
    lines('BEGIN:VCALENDAR', 'BEGIN:VFREEBUSY', 'UID:1', 'FREEBUSY:20260301T100000Z/PT1H', 'END:VFREEBUSY', 'END:VCALENDAR'),
  ),
  nothing('frame-named-without-events', lines('BEGIN:VCALENDAR', 'X-WR-CALNAME:Rowing club', 'END:VCALENDAR'), 'Rowing club'),
  nothing('frame-begin-only', 'BEGIN:'),
  nothing('frame-colons', ':'.repeat(1000)),
];

const series: readonly Specimen[] = [
  ...(
    [
      ['every-second', 'FREQ=SECONDLY'],
      ['until-9999', 'FREQ=SECONDLY;UNTIL=99991231T235959Z'],
      ['huge-count', 'FREQ=MINUTELY;COUNT=999999999999'],
      ['huge-interval', 'FREQ=DAILY;INTERVAL=999999999999999999999'],
      ['zero-interval', 'FREQ=DAILY;INTERVAL=0'],
      ['impossible-day', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
      ['every-part', `FREQ=YEARLY;BYSECOND=${numbers(60)};BYMINUTE=${numbers(60)};BYHOUR=${numbers(24)}`],
      ['unknown-frequency', 'FREQ=FORTNIGHTLY'],
      ['without-frequency', 'COUNT=3'],
      ['words', 'every second tuesday'],
      ['empty', ''],
      ['both-ends', 'FREQ=DAILY;COUNT=3;UNTIL=20260401'],
    ] as const
  ).map(([name, rule]) =>
    specimen(`series-${name}`, event('SUMMARY:Again', 'DTSTART:20260301T100000Z', `RRULE:${rule}`), {
      title: 'Again',
      timeMs: at('2026-03-01T10:00:00Z'),
    }),
  ),
  specimen('series-two-rules', event('SUMMARY:Again', 'DTSTART:20260301T100000Z', 'RRULE:FREQ=DAILY', 'RRULE:FREQ=SECONDLY'), {
    title: 'Again',
    timeMs: at('2026-03-01T10:00:00Z'),
  }),
  specimen(
    'series-ten-thousand-dates',
    event(
      'SUMMARY:Again',
      'DTSTART:20260301T100000Z',
      `RDATE:${Array.from({ length: 10_000 }, () => '20260301T100000Z').join(',')}`,
    ),
    { title: 'Again', timeMs: at('2026-03-01T10:00:00Z') },
  ),
  specimen(
    'series-exception-first',
    calendar(
      'BEGIN:VEVENT',
      'UID:1',
      'RECURRENCE-ID:20260308T100000Z',
      'DTSTART:20260308T120000Z',
      'SUMMARY:Moved',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART:20260301T100000Z',
      'RRULE:FREQ=WEEKLY',
      'SUMMARY:Weekly',
      'END:VEVENT',
    ),
    { title: 'Weekly', timeMs: at('2026-03-01T10:00:00Z') },
  ),
  specimen(
    'series-only-exceptions',
    calendar(
      'BEGIN:VEVENT',
      'UID:1',
      'RECURRENCE-ID:20260308T100000Z',
      'DTSTART:20260308T120000Z',
      'SUMMARY:Moved',
      'END:VEVENT',
    ),
    {
      title: 'Moved',
      timeMs: at('2026-03-08T12:00:00Z'),
    },
  ),
  specimen(
    'series-hundred-exceptions',
    calendar(
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART:20260301T100000Z',
      'RRULE:FREQ=DAILY',
      'SUMMARY:Daily',
      'END:VEVENT',
      ...Array.from({ length: 100 }, (_, n) => [
        'BEGIN:VEVENT',
        'UID:1',
        `RECURRENCE-ID:202603${String((n % 28) + 1).padStart(2, '0')}T100000Z`,
        'SUMMARY:Moved',
        'END:VEVENT',
      ]).flat(),
    ),
    { title: 'Daily', timeMs: at('2026-03-01T10:00:00Z') },
  ),
  specimen(
    'series-this-and-future',
    event('SUMMARY:From here', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260308T100000Z', 'DTSTART:20260308T110000Z'),
    { title: 'From here', timeMs: at('2026-03-08T11:00:00Z') },
  ),
  specimen(
    'uid-twice',
    calendar('BEGIN:VEVENT', 'UID:1', 'SUMMARY:One', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Other', 'END:VEVENT'),
    { title: 'One' },
  ),
  specimen('uid-two-lines', calendar('BEGIN:VEVENT', 'UID:1', 'UID:2', 'SUMMARY:One', 'END:VEVENT'), { title: 'One' }),
  specimen(
    'uid-missing-in-two',
    calendar('BEGIN:VEVENT', 'SUMMARY:One', 'END:VEVENT', 'BEGIN:VEVENT', 'SUMMARY:Two', 'END:VEVENT'),
    { title: 'One (+1)' },
  ),
  specimen(
    'many-events',
    calendar(...Array.from({ length: 40 }, (_, n) => ['BEGIN:VEVENT', `UID:${n}`, `SUMMARY:Event ${n}`, 'END:VEVENT']).flat()),
    { title: 'Event 0 (+39)' },
  ),
  specimen(
    'many-events-named',
    calendar(
      'X-WR-CALNAME:Rowing club',
      ...Array.from({ length: 40 }, (_, n) => ['BEGIN:VEVENT', `UID:${n}`, `SUMMARY:Event ${n}`, 'END:VEVENT']).flat(),
    ),
    { title: 'Rowing club' },
  ),
  specimen(
    'many-kinds',
    calendar('BEGIN:VTODO', 'UID:1', 'SUMMARY:Do', 'END:VTODO', 'BEGIN:VEVENT', 'UID:2', 'SUMMARY:Be', 'END:VEVENT'),
    { title: 'Do (+1)' },
    'task',
  ),
];

function numbers(count: number): string {
  return Array.from({ length: count }, (_, n) => n).join(',');
}

const others: readonly Specimen[] = [
  specimen('attachment-address', event('SUMMARY:Papers', 'ATTACH:https://example.org/a.pdf'), {
    title: 'Papers',
    hasAttachment: true,
  }),
  specimen('attachment-inside', event('SUMMARY:Papers', 'ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:aGVsbG8='), {
    title: 'Papers',
    hasAttachment: true,
  }),
  specimen('attachment-broken', event('SUMMARY:Papers', 'ATTACH;ENCODING=BASE64;VALUE=BINARY:***'), {
    title: 'Papers',
    hasAttachment: true,
  }),
  specimen('attachment-outside-of-files', event('SUMMARY:Papers', 'ATTACH:file:///etc/passwd'), {
    title: 'Papers',
    hasAttachment: true,
  }),
  specimen(
    'alarm-with-address',
    event(
      'SUMMARY:Wake',
      'BEGIN:VALARM',
      'ACTION:AUDIO',
      'TRIGGER:-PT5M',
      'ATTACH:http://tracker.example.org/ping',
      'END:VALARM',
    ),
    { title: 'Wake' },
  ),
  specimen(
    'alarm-procedure',
    event('SUMMARY:Wake', 'BEGIN:VALARM', 'ACTION:PROCEDURE', 'ATTACH:file:///bin/sh', 'TRIGGER:PT0S', 'END:VALARM'),
    { title: 'Wake' },
  ),
  specimen(
    'alarm-thousand',
    event('SUMMARY:Wake', ...Array.from({ length: 1000 }, () => ['BEGIN:VALARM', 'TRIGGER:PT0S', 'END:VALARM']).flat()),
    { title: 'Wake' },
  ),
  specimen('private-properties', event('SUMMARY:Many', ...Array.from({ length: 12_000 }, (_, n) => `X-${n}:${n}`)), {
    title: 'Many',
  }),
  specimen('private-html-description', event('SUMMARY:Page', 'X-ALT-DESC;FMTTYPE=text/html:<script>alert(1)</script>'), {
    title: 'Page',
  }),
  specimen('cancelled', event('SUMMARY:Off', 'STATUS:CANCELLED'), { title: 'Off' }),
  specimen('request', calendar('METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Come', 'END:VEVENT'), { title: 'Come' }),
  specimen('property-named-constructor', event('CONSTRUCTOR:x', '__PROTO__:y', 'SUMMARY:Named'), { title: 'Named' }),
];

export const calendarSpecimens: readonly Specimen[] = [
  ...zoneSpecimens,
  ...times,
  ...titles,
  ...people,
  ...framing,
  ...series,
  ...others,
];
