import type { settingsEn } from './settings.en.ts';
import type { Translated } from './translated.ts';

export const settingsDe: Translated<typeof settingsEn> = {
  title: 'Einstellungen',
  notKept: 'Die Einstellung konnte nicht bewahrt werden',
  look: 'Aussehen und Sprache',
  theme: 'Erscheinungsbild',
  themeMeaning: 'Hell wie Kalkstein, dunkel wie Basalt.',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languageMeaning: 'Daten und Zahlen folgen Ihrer Region, wo sie die Sprache spricht.',
  load: {
    title: 'Während der Arbeit',
    priority: 'Vorrang',
    priorityMeaning:
      'Niedrig: Alles andere auf diesem Rechner geht vor, und eine Sicherung nimmt, was übrig ist. Ab dem nächsten Start.',
    priorities: { low: 'Niedrig', normal: 'Normal' },
    workers: 'Packende Threads',
    workersMeaning:
      'Weniger halten einen kleinen Rechner benutzbar; mehr helfen nur, wo es mehr Kerne gibt. Ab dem nächsten Start.',
    servers: 'Server gleichzeitig',
    serversMeaning:
      'Ein Auftrag mit mehreren Konten vergleicht so viele zugleich, und nie zwei auf einem Server. Eine Wiederherstellung in mehrere Konten schreibt in so viele nebeneinander. Ab dem nächsten Lauf.',
    usual: 'Wie üblich',
  },
  newJobs: {
    title: 'Neue Aufträge',
    meaning:
      'Zeitfenster, Bedingungen, Wiederholungen und wie lange: womit ein Auftrag beginnt. Vorhandene Aufträge bleiben, wie sie sind.',
    usual: 'Wie von Strata vorgegeben: jederzeit, und nichts wird entfernt.',
    open: 'Ändern …',
    keeps: 'Wie lange: {{preset}}.',
    lead: 'Womit ein Auftrag beginnt, im Assistenten und auf der Befehlszeile. Jedem kann anderes gegeben werden. Vorhandene Aufträge bleiben, wie sie sind.',
    reset: 'Wie von Strata vorgegeben',
    saved: 'Neue Aufträge beginnen damit',
    keepMeaning: 'Ein Speicher, der eigene Regeln für neue Aufträge hat, gibt ihnen diese.',
  },
  alertsMeaning: 'Mit E-Mail, Push oder Chat; von jedem Auftrag, was Sie hören wollen. Und alles, was gemeldet wurde.',
  alertsOpen: 'Meldungen öffnen',
  closing: 'Wenn das Fenster geschlossen wird',
  keep: 'Im Hintergrund weitermachen',
  keepMeaning: 'Strata bleibt im Infobereich, und Aufträge laufen pünktlich.',
  quit: 'Beenden',
  quitMeaning: 'Nichts wird gesichert, bis Strata wieder gestartet wird.',
  ask: 'Jedes Mal fragen',
  setup: {
    title: 'Die ganze Einrichtung als Datei',
    meaning:
      'Speicher, Quellen, Meldungen und Aufträge in einer Datei ohne Passwörter und Schlüssel: zum Lesen, zum Aufheben oder um einen anderen Rechner einzurichten.',
    save: 'Als Datei speichern …',
    open: 'Eine Datei anwenden …',
    planTitle: 'Was die Datei bewirken würde',
    planMeaning: 'Nichts wird entfernt: was eingerichtet ist und nicht in der Datei steht, bleibt.',
    action: { make: 'neu', attach: 'dort gefunden', change: 'geändert', same: 'unverändert' },
    kind: { storage: 'Speicher', source: 'Quelle', channel: 'Kanal', job: 'Auftrag' },
    secretOf: 'Passwort oder Geheimnis von {{name}}',
    apply: 'Anwenden',
    keysTitle: 'Diese Wiederherstellungsschlüssel dort aufheben, wo weder Feuer noch Dieb hinkommen',
    keysMeaning: 'Jeder öffnet seinen Speicher, wenn dessen Passwort verloren ist. Sie werden nur dieses eine Mal gezeigt.',
    copyKey: 'Den Schlüssel von {{name}} kopieren',
    done: 'Ich habe sie',
  },
  commandLine: 'Kommandozeile',
  commandLineMeaning:
    'Alles geht auch ohne dieses Fenster, aus Skripten und über SSH. Sie liegt neben dem Programm und spricht mit der Engine, die gerade läuft.',
  commandLineExample: 'strata status\nstrata job run NAME\nstrata --help',
  about: {
    title: 'Über Strata',
    version: 'Version',
    format: 'Speicherformat',
    runtime: 'Läuft auf',
    profile: 'Einstellungen liegen in',
    keychain: 'Schlüsselbund',
    keychains: {
      available: 'lässt sich benutzen',
      unavailable: 'lässt sich nicht benutzen: nach jedem Start wird nach Passwörtern gefragt',
    },
    crypto: 'Verschlüsselung',
    cryptos: { native: 'libsodium, nativ', wasm: 'libsodium, WebAssembly: langsamer, ebenso sicher' },
    copy: 'Kopieren',
    licence:
      'Freie Software unter der MIT-Lizenz. Woraus sie besteht, steht mit den Lizenzen in THIRD-PARTY-NOTICES.txt neben dem Programm. Es gibt kein Konto und keine Telemetrie.',
  },
};
