import type { AlertTopic } from '../domain/alert.ts';
import type { AlertTexts } from './alerts.en.ts';

export const alertTitlesDe: Readonly<Record<AlertTopic, string>> = {
  'backup-started': '{{job}}: Eine Sicherung hat begonnen',
  'backup-done': '{{job}} wurde gesichert',
  'backup-warning': '{{job}} wurde gesichert, mit Problemen',
  'backup-failed': '{{job}} wurde nicht gesichert',
  'work-failed': 'Arbeit am Speicher {{storage}} kam nicht zu Ende',
  'scan-due': '{{job}} sollte durchgesehen werden',
  'mirror-late': '{{storage}} hat seit über einer Woche nichts erhalten',
  'job-unusual': '{{job}} lief anders als sonst',
  'job-late': '{{job}} hat zu lange nichts gesichert',
  'job-asks': '{{job}} hat seine Zeit verpasst und fragt, ob er laufen soll',
  'source-frozen': 'In {{name}} hat sich viel auf einmal geändert',
  'clock-wrong': 'Die Uhr geht vielleicht falsch: Aus {{storage}} wird nichts entfernt',
  'removal-waits': 'Das Entfernen aus {{storage}} wartet auf Sie',
  'nearly-full': 'Der Speicher {{storage}} ist fast voll',
  'check-done': 'Eine Prüfung von {{storage}} fand alles heil',
  'check-warning': 'Bei einer Prüfung von {{storage}} gab es Probleme',
  'check-failed': 'Der Speicher {{storage}} konnte nicht geprüft werden',
  'damage-found': 'Eine Prüfung von {{storage}} fand Schäden',
  'mirror-done': 'Der Spiegel {{storage}} hat das Neue erhalten',
  'mirror-warning': 'Der Spiegel {{storage}} hat das Neue erhalten, mit Problemen',
  'mirror-failed': 'Der Spiegel {{storage}} konnte das Neue nicht aufnehmen',
  'restore-started': 'Eine Wiederherstellung aus {{storage}} hat begonnen',
  'restore-done': 'Eine Wiederherstellung aus {{storage}} ist fertig',
  'restore-warning': 'Eine Wiederherstellung aus {{storage}} ist fertig, mit Problemen',
  'restore-failed': 'Eine Wiederherstellung aus {{storage}} ist fehlgeschlagen',
  week: 'Die Woche der Sicherungen',
  test: 'Dieser Kanal funktioniert',
  undelivered: 'Über {{channel}} waren Meldungen nicht zuzustellen',
};

export const alertTextsDe: AlertTexts = {
  saved: '{{new}} neu, {{changed}} geändert, {{vanished}} verschwunden; {{stored}} gespeichert in {{span}}.',
  problems: '{{problems}} Dinge konnten nicht gesichert werden. Die Seite des Laufs in Strata nennt sie.',
  problemsOne: 'Etwas konnte nicht gesichert werden. Die Seite des Laufs in Strata nennt es.',
  scanDue: 'Änderungen können unbemerkt geblieben sein, und von selbst wird nichts durchgesehen.',
  test: 'Eine Meldung von Strata, um den Kanal „{{channel}}“ auszuprobieren. Es ist nichts geschehen.',
  week: '{{runs}} Sicherungen: {{successes}} in Ordnung, {{warnings}} mit Problemen, {{failures}} fehlgeschlagen. {{new}} neu, {{changed}} geändert, {{vanished}} verschwunden; {{stored}} gespeichert.',
  digest: '{{count}} Dinge, die Sie wissen sollten',
};
