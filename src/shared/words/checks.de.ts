import type { CheckWords } from './checks.en.ts';

export const checksDe: CheckWords = {
  running: 'Läuft nicht schon',
  enabled: 'Läuft von selbst',
  unlocked: 'Der Speicher „{{name}}“ ist da und entsperrt',
  writable: 'Auf „{{name}}“ darf von hier geschrieben werden',
  lock: 'Niemand sonst arbeitet auf „{{name}}“',
  space: 'Platz auf „{{name}}“',
  clock: 'Die Uhr stimmt',
  guard: 'Kein Wächter wartet auf eine Antwort',
  source: 'Die Quelle „{{name}}“ antwortet',
  fine: 'ja',
  refused: 'nein',
  waits: 'wartet',
  noted: 'Hinweis',
  can: 'Er kann jetzt laufen.',
  canNoted: 'Er kann jetzt laufen, aber nicht alles wäre, wie es sein soll.',
  cannot: 'Er kann jetzt nicht laufen.',
};
