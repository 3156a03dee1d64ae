/**
 * Events, tasks, notes and contacts with their lines in the order in which every server of the kit gives them back, so that what
 * was put can be compared with what is read. `n` names the object, `text` makes it another one.
 */
const lines = (...all: readonly string[]): Uint8Array => Buffer.from(`${all.join('\r\n')}\r\n`);
const calendar = (...component: readonly string[]): Uint8Array =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Test//EN', ...component, 'END:VCALENDAR');
const day = (n: number): string => `2024${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}`;

export const event = (n: number, text = `Meeting ${n}`): Uint8Array =>
  calendar(
    'BEGIN:VEVENT',
    `UID:event-${n}@example.org`,
    `DTSTART:${day(n)}T100000Z`,
    `DTEND:${day(n)}T110000Z`,
    'DTSTAMP:20240101T000000Z',
    `SUMMARY:${text}`,
    'END:VEVENT',
  );

export const task = (n: number, text = `Task ${n}`): Uint8Array =>
  calendar('BEGIN:VTODO', 'DTSTAMP:20240101T000000Z', `SUMMARY:${text}`, `UID:task-${n}@example.org`, 'END:VTODO');

export const note = (n: number, text = `Note ${n}`): Uint8Array =>
  calendar('BEGIN:VJOURNAL', 'DTSTAMP:20240101T000000Z', `SUMMARY:${text}`, `UID:note-${n}@example.org`, 'END:VJOURNAL');

export const contact = (n: number, text = `Person ${n}`): Uint8Array =>
  lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:contact-${n}@example.org`,
    `EMAIL:p${n}@example.org`,
    `FN:${text}`,
    `N:${n};Person;;;`,
    'END:VCARD',
  );

/** Of persons, as an address book of Apple's names it. */
export const group = (n: number, text = `Group ${n}`): Uint8Array =>
  lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:group-${n}@example.org`,
    `FN:${text}`,
    `N:${text};;;;`,
    'X-ADDRESSBOOKSERVER-KIND:group',
    `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:contact-${n}@example.org`,
    'END:VCARD',
  );
