import type { recordEn } from './record.en.ts';
import type { Translated } from './translated.ts';

export const recordDe: Translated<typeof recordEn> = {
  title: 'Protokoll',
  meaning: 'Wer was angesehen, herausgegeben, zurückgeholt, gelöscht oder geändert hat',
  open: 'Protokoll öffnen',
  empty: 'Noch ist nichts aufgezeichnet.',
  emptyFilter: 'Nichts im Protokoll passt.',
  filter: {
    act: 'Welche Handlung',
    anyAct: 'Alle Handlungen',
    storage: 'Welcher Speicher',
    anyStorage: 'Alle Speicher',
    text: 'Namen, Pfade, Einstellungen, Benutzer',
  },
  column: {
    act: 'Handlung',
    storage: 'Speicher',
    what: 'Womit',
    time: 'Zeit',
    from: 'Von wo',
    user: 'Benutzer',
    outcome: 'Ergebnis',
  },
  toRun: 'Der Lauf',
  saveCsv: 'Als CSV speichern',
  more: 'Mehr zeigen',
  keep: 'Wie weit es zurückreicht',
  keepMeaning:
    'Ältere Zeilen gehen. Keine Zeile lässt sich einzeln ändern oder löschen, und auch eine Änderung hier wird aufgezeichnet.',
  days_one: '{{count, number}} Tag',
  days_other: '{{count, number}} Tage',
  year: 'ein Jahr',
  years: '{{count, number}} Jahre',
  ever: 'bis zum Anfang',
};
