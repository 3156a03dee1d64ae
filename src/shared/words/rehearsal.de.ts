import type { RehearsalWords } from './rehearsal.en.ts';

export const rehearsalDe: RehearsalWords = {
  title: 'Probewiederherstellung des Speichers „{{storage}}“',
  place: 'Ort: {{path}}',
  times: 'Von {{from}} bis {{to}} (UTC)',
  run: 'Lauf {{run}}, Startzahl {{seed}}, höchstens {{items}} Objekte jeder Quelle, Strata {{version}}',
  how: 'Versionen wurden zufällig über alle Größen gezogen, darunter je eine des ältesten und des neuesten aufgehobenen Zeitpunkts. Jede wurde aus dem Speicher in einen leeren Ordner wiederhergestellt, von dort zurückgelesen und verglichen: die Bytes mit den Prüfsummen von damals, bei Dateien Zeit und Rechte, bei Nachrichten Kennzeichen und Datum.',
  proven:
    '{{source}}: nachweislich wiederherstellbar. {{items}} Objekte, {{bytes}} Bytes, in {{seconds}} s; Zeitpunkte von {{oldest}} bis {{newest}}.',
  unequal: '{{source}}: NICHT NACHGEWIESEN. Von {{items}} Objekten kamen {{unequal}} nicht so zurück, wie sie gesichert wurden.',
  nothing: '{{source}}: Nichts davon konnte geprobt werden.',
  notSet: '  Bei {{notSet}} konnte, wer es probierte, Besitzer oder ein Attribut nicht setzen.',
  tooLarge:
    '  {{tooLarge}} Versionen sind größer als das, was geprobt wird, und waren nicht unter denen, aus denen gezogen wurde.',
  more: '  und {{more}} weitere',
  all: 'Alles, was geprobt wurde, kam zurück, wie es gesichert wurde.',
  notAll: 'Nicht alles, was geprobt wurde, kam zurück, wie es gesichert wurde:',
};
