import type { Translated } from './translated.ts';
import type { findEn } from './find.en.ts';

export const findDe: Translated<typeof findEn> = {
  title: 'Finden',
  fact: 'in allen offenen Speichern, was da ist und was verschwand',
  field: 'from:bob Angebot before:2026-01',
  search: 'Suchen',
  save: 'Suche merken',
  forget: 'Suche vergessen',
  saved: 'Gemerkte Suchen',
  begin: 'Was suchen Sie?',
  words:
    'Wörter aus Betreffs, Namen und Personen; from: to: subject: in: kind: before: after: larger: has:attachment is:vanished grenzen es ein.',
  found_one: '{{count, number}} Eintrag.',
  found_other: '{{count, number}} Einträge.',
  cut: 'Es gibt mehr: Nur die ersten 500 jedes Speichers werden gezeigt. Tippen Sie mehr, um einzugrenzen.',
  source: 'Quelle',
  kind: 'Art',
  year: 'Jahr',
  all: 'Alle',
  gone: 'Nur Verschwundenes',
  unknownSource: 'Unbekannte Quelle',
  chooseAll: 'Alle wählen',
  choose: '{{title}} wählen',
  hint: 'Wählen Sie Einträge, um sie wiederherzustellen. Einträge eines Speichers lassen sich zusammen wiederherstellen. Pfeiltasten bewegen, Leertaste wählt, Eingabe öffnet.',
  ofStorage: 'in {{storage}}',
  now: 'jetzt',
  column: { what: 'Was', who: 'Wer', where: 'Wo', when: 'Wann', seen: 'Gesehen, von – bis' },
};
