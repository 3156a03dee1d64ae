import { useParams } from '@tanstack/react-router';
import { NotThere } from '../../frame/not-there.tsx';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useAnswer, useStorages } from '../../state/index.ts';
import { EmptyState, FailureNote, FeedView, LinkButton, Page, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { Shares } from './shares.ts';
import { SharesCard } from './shares-card.tsx';

/** What takes the room of a storage: account by account, folder by folder, kind by kind, sender by sender. */
export function Sizes() {
  const id = useParams({ from: '/storages/$storage/sizes' }).storage;
  const storages = useStorages();
  return (
    <FeedView feed={storages} rows={8}>
      {(value) => {
        const storage = value.find((one) => one.id === id);
        return storage ? <OfStorage key={storage.id} storage={storage} /> : <NotThere />;
      }}
    </FeedView>
  );
}

function OfStorage({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const { id, name, state } = storage;
  const answer = useAnswer(
    state === 'locked' ? null : `folder sizes ${id}`,
    async () => {
      const [tree, sizes] = await Promise.all([
        engine.call('browse.tree', { storage: id, at: null }),
        engine.call('storage.folderSizes', { storage: id }),
      ]);
      return new Shares(tree, sizes);
    },
    true,
  );
  const content = () => {
    if (state === 'locked')
      return (
        <EmptyState
          title={t('sizes.locked')}
          action={
            <LinkButton to="/storages/$storage" params={{ storage: id }} variant="filled">
              {t('browse.unlock')}
            </LinkButton>
          }
        />
      );
    if (answer.failure)
      return <FailureNote failure={answer.failure} title={t('parts.broken')} retry={() => void answer.refresh()} />;
    return answer.value ? <SharesCard storage={storage} shares={answer.value} /> : <Waiting what={name} rows={8} />;
  };
  return (
    <Page
      crumb={{ label: t('storages.title'), to: '/storages' }}
      title={t('sizes.title', { storage: name })}
      fact={t('sizes.fact')}
      actions={
        <>
          <LinkButton size="sm" to="/storages/$storage" params={{ storage: id }}>
            {t('sizes.toStorage')}
          </LinkButton>
          <LinkButton size="sm" to="/browse" search={{ storage: id }}>
            {t('storages.browse')}
          </LinkButton>
        </>
      }
    >
      {content()}
    </Page>
  );
}
