import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { languageOf } from '../shared/words/say.ts';
import { shell } from './client/index.ts';
import { router } from './router.tsx';
import { usePreferences } from './state/index.ts';
import { ThemeProvider } from './theme/theme-provider.tsx';
import { speak } from './words/index.ts';

export function App() {
  const preferences = usePreferences((feed) => feed.value);
  const theme = preferences?.theme;
  const language = preferences?.language ?? 'system';

  useEffect(() => speak(language === 'system' ? languageOf(shell.locale) : language, shell.locale), [language]);
  useEffect(() => {
    // Until the preferences are read, main's own memory of the theme holds.
    if (!theme) return;
    // The frame of the window and the system's dialogs follow; a window that could not is only uglier.
    shell.call('shell.setTheme', { theme }).catch(() => {});
  }, [theme]);
  useEffect(() => shell.on('shell.goTo', ({ route }) => router.history.push(route)), []);

  return (
    <ThemeProvider scheme={theme ?? 'system'}>
      <RouterProvider router={router} />
    </ThemeProvider>
  );
}
