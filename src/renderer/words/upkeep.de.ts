import type { Translated } from './translated.ts';
import type { upkeepEn } from './upkeep.en.ts';

export const upkeepDe: Translated<typeof upkeepEn> = {
  title: 'Wann er gepflegt wird',
  kind: {
    check: 'Prüfungen',
    rehearsal: 'Probewiederherstellungen',
    purge: 'Leeren des Papierkorbs',
    mirror: 'Empfangen als Spiegel',
  },
  usual: {
    check: 'Wie üblich: wenn Sie es wünschen, und immer wird ein wenig gelesen.',
    rehearsal:
      'Wie üblich: einmal die Woche nach einer Sicherung, wenn sonst nichts läuft; nicht, wo nichts von selbst gelesen wird.',
    purge: 'Wie üblich: einmal die Woche, wenn sonst nichts läuft und „Von selbst entfernen“ an ist.',
    mirror: 'Wie üblich: nach jeder Sicherung dessen, was er spiegelt.',
  },
  times: 'Zeiten: {{rules}}.',
  cron: 'Nach dem Cron-Ausdruck {{expression}}.',
  depth: { quick: 'Ein kurzer Blick.', structure: 'Der Aufbau.', part: 'Jedes Mal {{share}} der Daten.', all: 'Jedes Byte.' },
  zone: 'Nach der Uhr von {{zone}}.',
  next: 'Nächstes Mal: {{moment}}',
  held: 'Es {{why}}',
  lastRun: 'Zuletzt: {{moment}}, {{state}}',
  neverRan: 'Es war noch nicht so weit',
  owed: 'Fällig seit {{moment}}',
  madeUp: 'Versäumt {{moment}}, nachgeholt {{made}}',
  change: 'Ändern …',
  changeOf: 'Ändern, wann: {{kind}}',
  dialog: {
    label: 'Wann',
    usual: 'Wie üblich',
    usualMeaning: {
      check: 'Wenn Sie es wünschen, und immer wird ein wenig gelesen.',
      rehearsal: 'Einmal die Woche nach einer Sicherung, wenn sonst nichts läuft; nicht, wo nichts von selbst gelesen wird.',
      purge: 'Einmal die Woche, wenn sonst nichts läuft und „Von selbst entfernen“ an ist.',
      mirror: 'Nach jeder Sicherung dessen, was er spiegelt.',
    },
    times: 'Zu eigenen Zeiten',
    timesMeaning: 'An gewählten Tagen, zu gewählten Zeiten. Versäumtes wird einmal nachgeholt.',
    cron: 'Nach einem Cron-Ausdruck',
    cronMeaning: 'Für Fachleute.',
    never: 'Nie neben einem Auftrag: Es wartet, bis auf diesem Speicher sonst nichts läuft.',
    scrub: 'Das Wenige, das immer gelesen wird, geht daneben weiter.',
    depth: 'Wie gründlich',
    percent: 'Anteil in Prozent',
    saved: '{{kind}}: geändert',
  },
};
