import type { settingsEn } from './settings.en.ts';
import type { Translated } from './translated.ts';

export const settingsDe: Translated<typeof settingsEn> = {
  title: 'Einstellungen',
};
