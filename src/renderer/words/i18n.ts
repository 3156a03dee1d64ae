import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/words/say.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { createFormat, type Format } from './format.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'strata';
    resources: { strata: typeof en };
  }
}

/** A region of the system counts only where it speaks the chosen language. */
const regionFor: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };
const localeFor = (language: Language, systemLocale: string): string =>
  systemLocale.toLowerCase().startsWith(`${language}-`) ? systemLocale : regionFor[language];

let format: Format = createFormat('en-GB');
export const currentFormat = (): Format => format;

/** Before the first screen, and when the person chooses another language. All words are bundled, so nothing is waited for. */
export function speak(language: Language, systemLocale: string): void {
  format = createFormat(localeFor(language, systemLocale));
  document.documentElement.lang = language;
  if (i18next.isInitialized) {
    void i18next.changeLanguage(language); // resolves at once: the words are here
    return;
  }
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'strata',
    resources: { en: { strata: en }, de: { strata: de } },
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
  });
  i18next.services.formatter?.add('number', (value: number) => format.number(value));
}
