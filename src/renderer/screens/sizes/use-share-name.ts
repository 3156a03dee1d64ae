import { useFolderName } from '../../parts/use-folder-name.ts';
import { useWords } from '../../words/index.ts';
import type { Share } from './shares.ts';

/** As a person calls it. */
export function useShareName(): (what: Share['what']) => string {
  const t = useWords();
  const nameOf = useFolderName();
  return (what) => {
    switch (what.is) {
      case 'source':
      case 'folder':
        return nameOf(what.folder);
      case 'alone':
        return t('sizes.alone', { folder: nameOf(what.folder) });
      case 'kind':
        return t(`sizes.kind.${what.kind}`);
      case 'sender':
        return what.address === '' ? t('sizes.noSender') : what.name === '' ? what.address : `${what.name} · ${what.address}`;
      case 'others':
        return t('sizes.others', { count: what.senders });
    }
  };
}
