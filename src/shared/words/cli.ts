import { cliDe } from './cli.de.ts';
import { cliEn } from './cli.en.ts';

export type CliWord = keyof typeof cliEn;
export const cliWords = { en: cliEn, de: cliDe } as const;
