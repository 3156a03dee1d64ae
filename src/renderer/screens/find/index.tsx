import { Button, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search, Star } from 'lucide-react';
import { useState } from 'react';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import type { FindSearch } from '../../search-params.ts';
import { useSavedSearches } from '../../parts/use-saved-searches.ts';
import { type StorageSummary, useAnswer, useStorages } from '../../state/index.ts';
import { Card, EmptyState, FailureNote, FeedView, Page, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './find.module.css';
import { type Hit, hitsOf, newestFirst } from './hits.ts';
import { HitsCard } from './hits-card.tsx';

/** Of each storage. Who finds more wants other words. */
const mostHits = 500;

/** All that a search finds in all open storages, to look at and to restore. */
export function Find() {
  const t = useWords();
  const storages = useStorages();
  const { text = '' } = useSearch({ from: '/find' });
  return (
    <Page title={t('find.title')} fact={t('find.fact')}>
      <Field key={text} text={text} />
      <FeedView feed={storages} rows={8}>
        {(value) => <Found text={text} storages={value.filter(({ state }) => state !== 'locked')} />}
      </FeedView>
    </Page>
  );
}

function Field({ text }: { readonly text: string }) {
  const t = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(text);
  const saved = useSavedSearches();
  const isSaved = saved.all.includes(text);
  return (
    <form
      className={css['field']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const search: FindSearch = typed.trim() === '' ? {} : { text: typed.trim() };
        void navigate({ to: '/find', search });
      }}
    >
      <TextInput
        aria-label={t('find.field')}
        placeholder={t('find.field')}
        leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit">{t('find.search')}</Button>
      {text !== '' && (
        <Button
          variant="subtle"
          aria-pressed={isSaved}
          leftSection={<Star size={16} strokeWidth={1.75} fill={isSaved ? 'currentColor' : 'none'} aria-hidden />}
          onClick={() => saved.keep(text, !isSaved)}
        >
          {t(isSaved ? 'find.forget' : 'find.save')}
        </Button>
      )}
    </form>
  );
}

function Found({ text, storages }: { readonly text: string; readonly storages: readonly StorageSummary[] }) {
  const t = useWords();
  const asks = text !== '' && storages.length > 0;
  const answer = useAnswer(asks ? `find ${storages.map(({ id }) => id).join()} ${text}` : null, async () => {
    const all = await Promise.all(storages.map((storage) => searched(storage, text)));
    const hits = all.map((one) => ('hits' in one ? one.hits : []));
    return {
      hits: newestFirst(hits.flat()),
      isCut: hits.some((own) => own.length === mostHits),
      failed: all.flatMap((one) => ('failure' in one ? [one] : [])),
    };
  });
  if (storages.length === 0) return <EmptyState title={t('frame.palette.noStorage')} />;
  if (text === '') return <Begin />;
  if (answer.failure)
    return <FailureNote failure={answer.failure} title={t('parts.broken')} retry={() => void answer.refresh()} />;
  if (!answer.value) return <Waiting what={text} rows={8} />;
  const { failed, ...found } = answer.value;
  return (
    <>
      {failed.map(({ storage, failure }) => (
        <FailureNote key={storage.id} failure={failure} title={storage.name} retry={() => void answer.refresh()} />
      ))}
      {found.hits.length > 0 && <HitsCard key={text} {...found} />}
      {found.hits.length === 0 && failed.length === 0 && (
        <EmptyState title={t('frame.palette.nothing')} meaning={t('find.words')} />
      )}
    </>
  );
}

type Searched = { readonly hits: readonly Hit[] } | { readonly storage: StorageSummary; readonly failure: Failure };

/** One that cannot be searched keeps nobody from what the others have. */
async function searched(storage: StorageSummary, text: string): Promise<Searched> {
  const query = { storage: storage.id, text, at: null, deleted: true, kind: null, limit: mostHits } as const;
  try {
    return { hits: hitsOf(storage, await engine.call('search.find', query)) };
  } catch (error) {
    return { storage, failure: failureOf(error) };
  }
}

/** Where somebody was before, and how to ask. */
function Begin() {
  const t = useWords();
  const { all } = useSavedSearches();
  if (all.length === 0) return <EmptyState title={t('find.begin')} meaning={t('find.words')} />;
  return (
    <Card title={t('find.saved')}>
      <ul className={css['saved']}>
        {all.map((text) => (
          <li key={text}>
            <Link className="st-link" to="/find" search={{ text }}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
      <p className="st-soft">{t('find.words')}</p>
    </Card>
  );
}
