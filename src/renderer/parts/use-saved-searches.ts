import { engine } from '../client/index.ts';
import { tellFailure, usePreferences } from '../state/index.ts';
import { useWords } from '../words/index.ts';

interface SavedSearches {
  readonly all: readonly string[];
  keep(text: string, wanted: boolean): void;
}

const none: readonly string[] = [];

/** What a person looks for again and again; the newest first. */
export function useSavedSearches(): SavedSearches {
  const t = useWords();
  const all = usePreferences(({ value }) => value?.savedSearches) ?? none;
  return {
    all,
    keep: (text, wanted) =>
      void tellFailure(t(wanted ? 'find.save' : 'find.forget'), async () => {
        const others = all.filter((one) => one !== text);
        await engine.call('app.setPreferences', { savedSearches: wanted ? [text, ...others] : others });
        await usePreferences.getState().refresh();
      }),
  };
}
