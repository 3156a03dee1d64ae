import type { firstStartEn } from './first-start.en.ts';
import type { Translated } from './translated.ts';

export const firstStartDe: Translated<typeof firstStartEn> = {
  title: 'Ihre Post und Dateien, wie sie zu jeder Zeit waren.',
  lead: 'Strata bewahrt verschlüsselte Kopien, Schicht auf Schicht, und gibt jede davon zurück. Was möchten Sie tun?',
  protect: 'Meine Post und Dateien schützen',
  protectMeaning: 'E-Mail-Konten und Ordner, auf einen Datenträger Ihrer Wahl. Drei Antworten, etwa zwei Minuten.',
  protectAction: 'Mit einer Adresse oder einem Ordner beginnen',
  getBack: 'Etwas zurückholen',
  getBackMeaning:
    'Aus einem Speicher, den es schon gibt, auch nach dem Verlust eines Computers. Sie brauchen sein Passwort oder das Wiederherstellungsblatt.',
  getBackAction: 'Speicher öffnen',
  readOnly: 'Quellen werden nur gelesen. Dort wird nie etwas gelöscht oder markiert.',
  encrypted: 'Verschlüsselt, bevor es diesen Computer verlässt',
  noAccount: 'Kein Konto, keine Telemetrie',
  picture: { today: 'Heute', yesterday: 'Gestern', month: 'Letzter Monat', year: 'Vor Jahren' },
};
