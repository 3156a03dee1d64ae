import { SegmentedControl } from '@mantine/core';
import { engine } from '../client/index.ts';
import { type Preferences, tellFailure, usePreferences } from '../state/index.ts';
import { useWords } from '../words/index.ts';

/** Shows at once and is kept by the engine. */
export function useSetPreferences(): (changed: Partial<Preferences>) => void {
  const t = useWords();
  return (changed) =>
    void tellFailure(t('settings.notKept'), async () => {
      await engine.call('app.setPreferences', changed);
      await usePreferences.getState().refresh();
    });
}

const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'de'] as const;
/** Each in its own language, so that whoever cannot read this one finds theirs. */
const languageNames = { en: 'English', de: 'Deutsch' } as const;

export function ThemeChoice() {
  const t = useWords();
  const theme = usePreferences((feed) => feed.value?.theme ?? 'system');
  const set = useSetPreferences();
  return (
    <SegmentedControl
      aria-label={t('settings.theme')}
      value={theme}
      data={themes.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
      onChange={(value) => set({ theme: value })}
    />
  );
}

export function LanguageChoice() {
  const t = useWords();
  const language = usePreferences((feed) => feed.value?.language ?? 'system');
  const set = useSetPreferences();
  return (
    <SegmentedControl
      aria-label={t('settings.language')}
      value={language}
      data={languages.map((value) => ({
        value,
        label: value === 'system' ? t('settings.themes.system') : <span lang={value}>{languageNames[value]}</span>,
      }))}
      onChange={(value) => set({ language: value })}
    />
  );
}

export function PriorityChoice() {
  const t = useWords();
  const priority = usePreferences((feed) => feed.value?.priority ?? 'low');
  const set = useSetPreferences();
  return (
    <SegmentedControl
      aria-label={t('settings.load.priority')}
      value={priority}
      data={(['low', 'normal'] as const).map((value) => ({ value, label: t(`settings.load.priorities.${value}`) }))}
      onChange={(value) => set({ priority: value })}
    />
  );
}

export function ServersChoice() {
  const t = useWords();
  const servers = usePreferences((feed) => feed.value?.servers ?? 2);
  const set = useSetPreferences();
  // What the command line has set may be any number between.
  const numbers = [...new Set([1, 2, 4, 8, servers])].sort((one, other) => one - other);
  return (
    <SegmentedControl
      aria-label={t('settings.load.servers')}
      value={String(servers)}
      data={numbers.map(String)}
      onChange={(value) => set({ servers: Number(value) })}
    />
  );
}

export function WorkersChoice() {
  const t = useWords();
  const workers = usePreferences((feed) => feed.value?.workers ?? null);
  const set = useSetPreferences();
  return (
    <SegmentedControl
      aria-label={t('settings.load.workers')}
      value={String(workers ?? 'usual')}
      data={['usual', '1', '2', '4', '8'].map((value) => ({
        value,
        label: value === 'usual' ? t('settings.load.usual') : value,
      }))}
      onChange={(value) => set({ workers: value === 'usual' ? null : Number(value) })}
    />
  );
}
