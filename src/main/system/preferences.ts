import { app, nativeTheme } from 'electron';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { type Language, languageOf } from '../../shared/words/say.ts';
import { shellDe } from '../../shared/words/shell.de.ts';
import { type ShellWords, shellEn } from '../../shared/words/shell.en.ts';
import { type EngineLink, leaveExpected } from '../engine/engine-link.ts';
import type { MemoryFile } from '../windows/memory-file.ts';
import { usableLocale } from './locale.ts';

export type Preferences = CallOutput<'app.preferences'>;

/** What a person chose, as far as the desktop outside the window follows it. The engine keeps it; this is a mirror. */
export interface PreferenceMirror {
  language(): Language;
  /** For dates and times. */
  locale(): string;
  words(): ShellWords;
  /** Null until it was asked, and until the engine could be asked. */
  closeToTray(): boolean | null;
  setTheme(theme: Preferences['theme']): void;
  onChange(listener: () => void): void;
}

const words: Readonly<Record<Language, ShellWords>> = { en: shellEn, de: shellDe };

/** What the system is set to; only known when Electron is ready. */
export const systemLocale = (): string => usableLocale([...app.getPreferredSystemLanguages(), app.getLocale()]);

export function mirrorPreferences(link: EngineLink, memory: MemoryFile): PreferenceMirror {
  const listeners = new Set<() => void>();
  let known: Preferences | undefined;

  const setTheme = (theme: Preferences['theme']): void => {
    nativeTheme.themeSource = theme;
    if (memory.read().theme !== theme) memory.change((before) => ({ ...before, theme }));
  };
  const read = async (): Promise<void> => {
    known = await link.call('app.preferences', {});
    setTheme(known.theme);
    for (const listener of listeners) listener();
  };
  const readAgain = (): void => void read().catch(leaveExpected);

  nativeTheme.themeSource = memory.read().theme;
  link.onConnected(readAgain);
  link.on('changed', ({ what }) => {
    if (what === 'preferences') readAgain();
  });

  const language = (): Language => (known && known.language !== 'system' ? known.language : languageOf(systemLocale()));
  return {
    language,
    // A person whose system says de-AT and who reads de wants Austria's dates; one who chose another language wants that one's.
    locale: () => (languageOf(systemLocale()) === language() ? systemLocale() : language()),
    words: () => words[language()],
    closeToTray: () => known?.closeToTray ?? null,
    setTheme,
    onChange: (listener) => void listeners.add(listener),
  };
}
