import { at, calendar, event, specimen } from './calendar-texts.ts';
import type { Specimen } from './specimen.ts';

/** Standard time and summer time of central Europe under a name that no system knows. */
export const ownZone = (name: string, ...more: readonly string[]): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${name}`,
  ...more,
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];
const withZone = (zone: readonly string[], ...inner: readonly string[]): string =>
  calendar(...zone, 'BEGIN:VEVENT', 'UID:specimen@example.org', 'SUMMARY:Zoned', ...inner, 'END:VEVENT');
const fixedZone = (name: string, to: string, ...more: readonly string[]): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${name}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  ...more,
  `TZOFFSETFROM:${to}`,
  `TZOFFSETTO:${to}`,
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** What the clock shows in a zone, and which moment that is: from the published rules of each zone, by hand. */
const zoned: readonly (readonly [zone: string, local: string, moment: string])[] = [
  ['Europe/Berlin', '20260115T100000', '2026-01-15T09:00:00Z'],
  ['Europe/Berlin', '20260715T100000', '2026-07-15T08:00:00Z'],
  ['Europe/London', '20260715T100000', '2026-07-15T09:00:00Z'],
  ['Europe/Lisbon', '20260115T100000', '2026-01-15T10:00:00Z'],
  ['America/New_York', '20260115T100000', '2026-01-15T15:00:00Z'],
  ['America/New_York', '20260715T100000', '2026-07-15T14:00:00Z'],
  ['America/Los_Angeles', '20261231T233000', '2027-01-01T07:30:00Z'],
  ['America/St_Johns', '20260115T100000', '2026-01-15T13:30:00Z'],
  ['Asia/Kolkata', '20260115T100000', '2026-01-15T04:30:00Z'],
  ['Asia/Kathmandu', '20260115T100000', '2026-01-15T04:15:00Z'],
  ['Asia/Tokyo', '20260101T000000', '2025-12-31T15:00:00Z'],
  ['Australia/Lord_Howe', '20260715T100000', '2026-07-14T23:30:00Z'],
  ['Pacific/Auckland', '20260115T100000', '2026-01-14T21:00:00Z'],
  ['Pacific/Kiritimati', '20260115T100000', '2026-01-14T20:00:00Z'],
  ['/freeassociation.sourceforge.net/Europe/Berlin', '20260715T100000', '2026-07-15T08:00:00Z'],
  ['/softwarestudio.org/Olson_20011030_5/America/Chicago', '20260115T100000', '2026-01-15T16:00:00Z'],
];

export const zoneSpecimens: readonly Specimen[] = [
  ...zoned.map(([zone, local, moment], index) =>
    specimen(`zone-known-${index + 1}`, event('SUMMARY:Zoned', `DTSTART;TZID=${zone}:${local}`), {
      title: 'Zoned',
      timeMs: at(moment),
    }),
  ),
  specimen('zone-own-winter', withZone(ownZone('Ours'), 'DTSTART;TZID=Ours:20260115T100000'), {
    title: 'Zoned',
    timeMs: at('2026-01-15T09:00:00Z'),
  }),
  specimen('zone-own-summer', withZone(ownZone('Ours'), 'DTSTART;TZID=Ours:20260715T100000'), {
    title: 'Zoned',
    timeMs: at('2026-07-15T08:00:00Z'),
  }),
  specimen('zone-own-day-of-change', withZone(ownZone('Ours'), 'DTSTART;TZID=Ours:20260329T040000'), {
    title: 'Zoned',
    timeMs: at('2026-03-29T02:00:00Z'),
  }),
  specimen('zone-own-before-change', withZone(ownZone('Ours'), 'DTSTART;TZID=Ours:20260329T013000'), {
    title: 'Zoned',
    timeMs: at('2026-03-29T00:30:00Z'),
  }),
  specimen(
    'zone-windows-name',
    withZone(ownZone('W. Europe Standard Time'), 'DTSTART;TZID=W. Europe Standard Time:20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T08:00:00Z'),
    },
  ),
  specimen(
    'zone-quoted-name',
    withZone(ownZone('(UTC+01:00) Amsterdam, Berlin'), 'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T08:00:00Z'),
    },
  ),
  specimen('zone-unknown-without-description', event('SUMMARY:Zoned', 'DTSTART;TZID=Nowhere:20260715T100000'), {
    title: 'Zoned',
    timeMs: at('2026-07-15T10:00:00Z'),
  }),
  specimen('zone-fixed', withZone(fixedZone('Fixed', '-0330'), 'DTSTART;TZID=Fixed:20260715T100000'), {
    title: 'Zoned',
    timeMs: at('2026-07-15T13:30:00Z'),
  }),
  specimen('zone-fixed-with-seconds', withZone(fixedZone('Fixed', '+001736'), 'DTSTART;TZID=Fixed:20260715T101736'), {
    title: 'Zoned',
    timeMs: at('2026-07-15T10:00:00Z'),
  }),
  specimen(
    'zone-rule-every-second',
    withZone(fixedZone('Bomb', '+0100', 'RRULE:FREQ=SECONDLY'), 'DTSTART;TZID=Bomb:20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T09:00:00Z'),
    },
  ),
  specimen(
    'zone-rule-without-month',
    withZone(fixedZone('Bomb', '+0100', 'RRULE:FREQ=YEARLY;BYDAY=MO'), 'DTSTART;TZID=Bomb:20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T09:00:00Z'),
    },
  ),
  specimen(
    'zone-rule-impossible-day',
    withZone(fixedZone('Bomb', '+0100', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'DTSTART;TZID=Bomb:20260715T100000'),
    { title: 'Zoned', timeMs: at('2026-07-15T09:00:00Z') },
  ),
  specimen(
    'zone-without-parts',
    withZone(['BEGIN:VTIMEZONE', 'TZID:Hollow', 'END:VTIMEZONE'], 'DTSTART;TZID=Hollow:20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T10:00:00Z'),
    },
  ),
  specimen(
    'zone-that-names-itself',
    withZone(ownZone('Self', 'X-LIC-LOCATION:Self', 'TZURL:http://example.org/Self'), 'DTSTART;TZID=Self:20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T08:00:00Z'),
    },
  ),
  specimen(
    'zone-inside-a-zone',
    withZone(['BEGIN:VTIMEZONE', 'TZID:Outer', ...ownZone('Inner'), 'END:VTIMEZONE'], 'DTSTART;TZID=Inner:20260715T100000'),
    { title: 'Zoned', timeMs: at('2026-07-15T08:00:00Z') },
  ),
  specimen(
    'zone-described-twice',
    withZone([...fixedZone('Twice', '+0300'), ...fixedZone('Twice', '+0900')], 'DTSTART;TZID=Twice:20260715T100000'),
    {
      title: 'Zoned',
      timeMs: at('2026-07-15T07:00:00Z'),
    },
  ),
  specimen(
    'zone-with-rdate',
    withZone(
      [
        'BEGIN:VTIMEZONE',
        'TZID:Dates',
        'BEGIN:STANDARD',
        'DTSTART:20200101T000000',
        'TZOFFSETFROM:+0000',
        'TZOFFSETTO:+0100',
        'END:STANDARD',
        'BEGIN:DAYLIGHT',
        'DTSTART:20200601T000000',
        'RDATE:20260601T000000',
        'TZOFFSETFROM:+0100',
        'TZOFFSETTO:+0200',
        'END:DAYLIGHT',
        'END:VTIMEZONE',
      ],
      'DTSTART;TZID=Dates:20260715T100000',
    ),
    { title: 'Zoned', timeMs: at('2026-07-15T08:00:00Z') },
  ),
  specimen(
    'zone-rule-that-ended',
    withZone(
      [
        'BEGIN:VTIMEZONE',
        'TZID:Ended',
        'BEGIN:STANDARD',
        'DTSTART:19701025T030000',
        'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20201025T010000Z',
        'TZOFFSETFROM:+0200',
        'TZOFFSETTO:+0100',
        'END:STANDARD',
        'BEGIN:DAYLIGHT',
        'DTSTART:19700329T020000',
        'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20200329T010000Z',
        'TZOFFSETFROM:+0100',
        'TZOFFSETTO:+0200',
        'END:DAYLIGHT',
        'END:VTIMEZONE',
      ],
      'DTSTART;TZID=Ended:20260715T100000',
    ),
    { title: 'Zoned', timeMs: at('2026-07-15T09:00:00Z') },
  ),
];
