import { useEffect } from 'react';
import { type StorageSummary, useStorages } from '../../state/index.ts';
import { EmptyState, FeedView, LinkButton, PageTitle } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { Explorer } from './explorer.tsx';
import { usePlace } from './use-place.ts';

/** What a storage holds, at any moment. */
export function Browse() {
  const storages = useStorages();
  return <FeedView feed={storages}>{(value) => <ChosenStorage storages={value} />}</FeedView>;
}

function ChosenStorage({ storages }: { readonly storages: readonly StorageSummary[] }) {
  const t = useWords();
  const { place, adjust } = usePlace();
  const usable = storages.find(({ state }) => state === 'open') ?? storages[0];
  const chosen = storages.find(({ id }) => id === place.storage);
  useEffect(() => {
    // An address without a storage, or with one that was detached, means the first that can be opened.
    if (!chosen && usable) adjust({ storage: usable.id, folder: undefined, item: undefined, at: undefined });
  }, [chosen, usable, adjust]);
  useEffect(() => {
    document.title = `${t('browse.title')} – ${t('frame.brand')}`;
  }, [t]);

  if (storages.length === 0) {
    return (
      <>
        <PageTitle title={t('browse.title')} />
        <EmptyState
          title={t('storages.empty')}
          action={
            <LinkButton to="/storages/new" variant="filled">
              {t('storages.add')}
            </LinkButton>
          }
        />
      </>
    );
  }
  return chosen ? <Explorer key={chosen.id} storage={chosen} storages={storages} /> : null;
}
