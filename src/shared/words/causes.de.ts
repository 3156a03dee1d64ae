import type { CauseWords } from './causes.en.ts';

export const causesDe: CauseWords = {
  hand: 'von Hand',
  first: 'weil er noch nie lief',
  time: 'zu seiner Zeit, {{time}}',
  idle: 'weil die Pause vorbei war',
  window: 'weil ein Fenster öffnete',
  'catch-up': 'um {{time}} nachzuholen, das verpasst wurde',
  retry: 'als Wiederholung {{nth}} von {{of}}',
  retryEndless: 'als Wiederholung {{nth}}',
  resumed: 'um fortzusetzen, was abgebrochen wurde',
  plugged: 'weil die Platte wieder da war',
  asked: 'weil laufend etwas übersehen wurde',
  wanted: 'um {{time}} nachzuholen, wie gewünscht',
  follows: 'weil eine Sicherung Neues brachte',
  behind: 'weil der Spiegel zurücklag',
  upkeep: 'als regelmäßige Pflege',
  again: '{{because}}, wobei alles neu gelesen wird',
  someStorages: '{{because}}, nur in gewählte Speicher',
  some: '{{because}}, nur für gewählte Quellen',
  someAgain: '{{because}}, wobei gewählte Quellen ganz neu gelesen werden',
};
