import { useCallback } from 'react';
import type { FolderRow } from '../state/index.ts';
import { useWords } from '../words/index.ts';

/** A source's root is named after the source; INBOX, which every server spells so, in the person's language. */
export function useFolderName(): (folder: Pick<FolderRow, 'parent' | 'name' | 'sourceName' | 'specialUse'>) => string {
  const t = useWords();
  return useCallback(
    ({ parent, name, sourceName, specialUse }) => {
      if (parent === null) return sourceName;
      return specialUse === '\\Inbox' && name.toUpperCase() === 'INBOX' ? t('browse.inbox') : name;
    },
    [t],
  );
}
