import type { ItemKind, Summary } from '../../shared/domain/item.ts';
import { summarizeCalendar } from './calendar-summary.ts';
import { componentsNamed, readComponents } from './components.ts';
import { summarizeContact } from './contact-summary.ts';
import { lineText } from './content-lines.ts';

/** What a restore asks of an object before it reads it, and a person who looks for it. */
export interface ObjectFacts {
  /** Names the event, task or person, wherever it lies (RFC 5545, section 3.8.4.7; RFC 6350, section 6.7.6). */
  readonly uid?: string;
  /** `VEVENT` and the like. */
  readonly component?: string;
}

const ours = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VAVAILABILITY', 'VCARD']);

/** Of the first component that is one. Never throws, whatever the bytes are. */
export function objectFacts(bytes: Uint8Array): ObjectFacts {
  const [first] = componentsNamed(readComponents(bytes), ours);
  const line = first?.lines.find(({ name }) => name === 'UID');
  const uid =
    line === undefined
      ? ''
      : lineText(line)
          .replace(/^[^:]*:/, '')
          .trim();
  return { ...(uid === '' ? {} : { uid }), ...(first === undefined ? {} : { component: first.name }) };
}

export const summaryOf = (bytes: Uint8Array, name: string, kind: ItemKind): Summary =>
  (kind === 'contact' ? summarizeContact(bytes, name) : summarizeCalendar(bytes, name)).summary;
