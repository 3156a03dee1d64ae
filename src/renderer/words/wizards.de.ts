import type { wizardsEn } from './wizards.en.ts';
import type { Translated } from './translated.ts';

export const wizardsDe: Translated<typeof wizardsEn> = {
  title: 'Assistenten',
};
