import type { Translated } from './translated.ts';
import type { sizesEn } from './sizes.en.ts';

export const sizesDe: Translated<typeof sizesEn> = {
  title: 'Was in {{storage}} den Platz braucht',
  fact: 'vor Kompression und Deduplizierung',
  toStorage: 'Zum Speicher',
  locked: 'Entsperren Sie den Speicher, um zu sehen, was darin liegt.',
  look: 'Genauer ansehen',
  open: 'Was den Platz braucht',
  everything: 'Alle Quellen',
  crumbs: 'Wo Sie sind',
  by: { label: 'Aufgeteilt nach', source: 'Quellen', folder: 'Ordner', kind: 'Arten', sender: 'Absender' },
  of: { label: 'Was gezählt wird', all: 'Alle Versionen', now: 'Was jetzt da ist' },
  column: { source: 'Quelle', folder: 'Ordner', kind: 'Art', sender: 'Absender', share: 'Anteil' },
  whole: 'jetzt {{items}}, {{now}}; alle Versionen {{all}}',
  alone: 'Direkt in {{folder}}',
  aloneShort: 'ohne Unterordner',
  kind: {
    message: 'Nachrichten',
    event: 'Termine',
    task: 'Aufgaben',
    contact: 'Kontakte',
    note: 'Notizen',
    file: 'Dateien',
    folder: 'Ordner',
    account: 'Einstellungen des Kontos',
    'directory-entry': 'Verzeichniseinträge',
  },
  noSender: 'Ohne Absender',
  others_one: '{{count, number}} weiterer Absender',
  others_other: '{{count, number}} weitere Absender',
  nothing: 'Hier wurde nichts gesichert.',
  hint: 'Eingabe führt in eine Zeile, die Pfeile zur nächsten, Rücktaste eine Ebene hinauf.',
  noSenderRule:
    'Ein Auftrag kann Nachrichten nicht nach ihrem Absender auslassen. Lassen Sie Ihren Mailserver sie in einen eigenen Ordner legen, und lassen Sie diesen aus.',
  exclude: {
    column: 'Auslassen',
    open: 'Ausschließen…',
    of: 'Ausschließen… {{name}}',
    which: 'Bei welchem Auftrag?',
  },
};
