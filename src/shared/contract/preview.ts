import { bytes, count } from './values.ts';
import { z } from './z.ts';

/** As written, and as a moment. */
const writtenTime = z.object({
  /** Whole days: no time of day was meant. */
  isDay: z.boolean(),
  /** `2026-03-01T10:00:00`, or the day alone. */
  local: z.string(),
  /** Null: by the clock of wherever one is. */
  zone: z.string().nullable(),
  timeMs: z.number(),
});
const person = z.object({ name: z.string(), address: z.string(), answer: z.string() });
const labels = z.array(z.string());

const calendarEntry = z.object({
  kind: z.enum(['event', 'task', 'note']),
  title: z.string(),
  start: writtenTime.nullable(),
  /** Of whole days, the last of them. */
  end: writtenTime.nullable(),
  due: writtenTime.nullable(),
  completed: writtenTime.nullable(),
  percent: count.nullable(),
  status: z.string(),
  place: z.string(),
  /** Plain text: whatever looks like markup in it is none. */
  description: z.string(),
  organiser: person.nullable(),
  attendees: z.array(person),
  attendeesTotal: count,
  rules: z.array(
    z.object({
      frequency: z.string(),
      interval: count,
      count: z.number().nullable(),
      until: z.string().nullable(),
      days: z.array(z.object({ nth: z.number(), day: z.string() })),
      monthDays: z.array(z.number()),
      months: z.array(z.number()),
      more: z.boolean(),
    }),
  ),
  without: count,
  additional: count,
  changed: count,
});

const image = z.object({ type: z.string(), bytes: bytes });
const labelled = z.object({ text: z.string(), labels });

const contactCard = z.object({
  name: z.string(),
  nickname: z.string(),
  organisation: z.string(),
  role: z.string(),
  mails: z.array(labelled),
  phones: z.array(labelled),
  addresses: z.array(z.object({ lines: z.array(z.string()), labels })),
  pages: z.array(z.string()),
  birthday: z.string(),
  note: z.string(),
  photo: image.nullable(),
  members: count,
});

export const itemPreview = z.object({
  kind: z.enum(['message', 'calendar', 'contacts', 'text', 'image', 'none']),
  /** Why there is no preview. */
  reason: z.enum(['too-large', 'binary', 'no-content', 'unparsable']).nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Of a calendar's item or a contact: as it is written. */
  text: z.string().nullable(),
  /** As it came: hostile. The window sanitises it and shows it in an isolated frame only. */
  html: z.string().nullable(),
  image: image.nullable(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), sizeBytes: count })),
  /** The first of the entries, and how many there are. */
  calendar: z.object({ entries: z.array(calendarEntry), total: count }).nullable(),
  contacts: z.object({ cards: z.array(contactCard), total: count }).nullable(),
});
