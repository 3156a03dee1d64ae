import type { waitingEn } from './waiting.en.ts';

export const waitingDe: Readonly<Record<keyof typeof waitingEn, string>> = {
  time: 'wartet auf seine Zeit',
  window: 'wartet auf sein Zeitfenster',
  paused: 'ist angehalten',
  battery: 'wartet auf Strom',
  metered: 'wartet auf ein Netz, das nicht getaktet ist',
  network: 'wartet auf sein Netz',
  storage: 'wartet auf seinen Speicher',
  waking: 'wartet kurz nach dem Aufwachen',
  answer: 'wartet auf Ihre Antwort',
  run: 'hat einen Lauf, der pausiert ist',
};
