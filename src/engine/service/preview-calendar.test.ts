import { describe, expect, it } from 'vitest';
import { corpora } from '../../../test/kit/specimens/corpus.ts';
import { calendarPreview } from './preview-calendar.ts';
import { contactsPreview } from './preview-contacts.ts';

const text = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));
const event = (...lines: readonly string[]): Buffer =>
  text('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR');
const entryOf = (bytes: Uint8Array) => calendarPreview(bytes)?.entries[0];

describe('the preview of an event', () => {
  it('tells when it is, where, and who comes', () => {
    const entry = entryOf(
      event(
        'SUMMARY:Rowing',
        'DTSTART;TZID=Europe/Berlin:20260715T100000',
        'DURATION:PT1H30M',
        'LOCATION:Quay 7',
        'ORGANIZER;CN=Anna:mailto:anna@example.org',
        'ATTENDEE;CN=Bob;PARTSTAT=DECLINED:mailto:bob@example.org',
        'DESCRIPTION:<b>Bring</b> oars\\nand water',
      ),
    );
    expect(entry).toMatchObject({
      kind: 'event',
      start: { local: '2026-07-15T10:00:00', zone: 'Europe/Berlin', timeMs: Date.UTC(2026, 6, 15, 8) },
      end: { local: '2026-07-15T11:30:00', timeMs: Date.UTC(2026, 6, 15, 9, 30) },
      place: 'Quay 7',
      organiser: { name: 'Anna', address: 'anna@example.org' },
      attendees: [{ name: 'Bob', address: 'bob@example.org', answer: 'declined' }],
      description: '<b>Bring</b> oars\nand water',
    });
  });

  it('ends whole days on the last of them', () => {
    expect(entryOf(event('DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260304'))?.end?.local).toBe('2026-03-03');
    expect(entryOf(event('DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260302'))?.end).toBeNull();
  });

  it('tells a series by its rule, with what differs, and without counting it out', () => {
    const entry = entryOf(
      text(
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        'UID:1',
        'DTSTART:20260301T100000Z',
        'RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU,MO;UNTIL=20270401T000000Z',
        'EXDATE:20260501T100000Z,20260701T100000Z',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:1',
        'RECURRENCE-ID:20260901T100000Z',
        'END:VEVENT',
        'END:VCALENDAR',
      ),
    );
    expect(entry).toMatchObject({ without: 2, changed: 1, additional: 0 });
    expect(entry?.rules).toEqual([
      {
        frequency: 'monthly',
        interval: 2,
        count: null,
        until: '2027-04-01T00:00:00Z',
        days: [
          { nth: -1, day: 'SU' },
          { nth: 0, day: 'MO' },
        ],
        monthDays: [],
        months: [],
        more: false,
      },
    ]);
  });

  it('counts the people that it does not name', () => {
    const entry = entryOf(event(...Array.from({ length: 5000 }, (_, n) => `ATTENDEE:mailto:${n}@example.org`)));
    expect(entry?.attendees).toHaveLength(200);
    expect(entry?.attendeesTotal).toBe(5000);
  });

  it('of a task says when it is due and how far it is', () => {
    const task = text(
      'BEGIN:VTODO',
      'SUMMARY:Tax',
      'DUE;VALUE=DATE:20260531',
      'PERCENT-COMPLETE:40',
      'STATUS:IN-PROCESS',
      'END:VTODO',
    );
    expect(entryOf(task)).toMatchObject({
      kind: 'task',
      due: { isDay: true, local: '2026-05-31' },
      percent: 40,
      status: 'in-process',
    });
  });
});

const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

describe('the preview of a contact', () => {
  const cardOf = (...lines: readonly string[]) => contactsPreview(text('BEGIN:VCARD', ...lines, 'END:VCARD'))?.cards[0];

  it('tells how to reach somebody', () => {
    expect(
      cardOf(
        'VERSION:3.0',
        'FN:Anna Berg',
        'ORG:Quay 7;Rowing',
        'TEL;TYPE=CELL,VOICE:+49 1',
        'EMAIL;TYPE=INTERNET,WORK:a@example.org',
        'ADR;TYPE=HOME:;;Quay 7;Kiel;;24103;Germany',
        'NOTE:Rows\\nwell',
      ),
    ).toMatchObject({
      name: 'Anna Berg',
      organisation: 'Quay 7, Rowing',
      phones: [{ text: '+49 1', labels: ['cell'] }],
      mails: [{ text: 'a@example.org', labels: ['work'] }],
      addresses: [{ lines: ['Quay 7', '24103 Kiel', 'Germany'], labels: ['home'] }],
      note: 'Rows\nwell',
    });
  });

  it.each([
    ['3.0', `PHOTO;ENCODING=b;TYPE=PNG:${png.toString('base64')}`],
    ['2.1', `PHOTO;PNG;BASE64:\r\n ${png.toString('base64')}\r\n`],
    ['4.0', `PHOTO:data:image/png;base64,${png.toString('base64')}`],
  ])('shows the photo that the card holds, of version %s', (version, line) => {
    expect(cardOf(`VERSION:${version}`, line)?.photo).toEqual({ type: 'image/png', bytes: png });
  });

  it('never shows a photo from elsewhere, one that is none, or one beyond 10 MiB', () => {
    expect(cardOf('VERSION:4.0', 'PHOTO;VALUE=uri:http://tracker.example.org/a.png')?.photo).toBeNull();
    expect(cardOf('VERSION:3.0', `PHOTO;ENCODING=b:${Buffer.from('<svg onload=x>').toString('base64')}`)?.photo).toBeNull();
    const large = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]).toString('base64');
    expect(cardOf('VERSION:3.0', `PHOTO;ENCODING=b:${large}`)?.photo).toBeNull();
  });
});

it('a preview comes from every specimen', () => {
  for (const { specimens } of corpora) {
    for (const { bytes } of specimens) expect(() => [calendarPreview(bytes), contactsPreview(bytes)]).not.toThrow();
  }
});
