import { browseEn } from './browse.en.ts';
import { frameEn } from './frame.en.ts';
import { homeEn } from './home.en.ts';
import { partsEn } from './parts.en.ts';
import { settingsEn } from './settings.en.ts';
import { storagesEn } from './storages.en.ts';
import { wizardsEn } from './wizards.en.ts';

/** English is the reference: another language that lacks a key does not compile. */
export const en = {
  parts: partsEn,
  frame: frameEn,
  home: homeEn,
  browse: browseEn,
  storages: storagesEn,
  wizards: wizardsEn,
  settings: settingsEn,
} as const;
