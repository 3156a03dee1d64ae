import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { engine } from '../client/index.ts';
import { kindOfItem } from '../parts/kinds.ts';
import { type StorageSummary, useStorages } from '../state/index.ts';
import { Glyph, KindIcon } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import type { Entry } from './use-commands.tsx';

/** A pause this long in typing is a question. */
const pauseMs = 180;
/** Fewer letters find everything, that is, nothing. */
const leastLetters = 2;
const mostHits = 20;

interface Found {
  readonly entries: readonly Entry[];
  readonly state: 'still' | 'searching' | 'no-storage';
  /** Of storages whose texts are not all read yet. */
  readonly unfinished: { readonly done: number; readonly total: number } | null;
}

type Texts = CallOutput<'search.texts'>;

interface Hit {
  readonly storage: StorageSummary;
  readonly row: CallOutput<'search.find'>[number];
}

/** Looks in all open storages, newest state first, vanished items included. */
export function useFoundItems(text: string): Found {
  const t = useWords();
  const format = useFormat();
  const storages = useStorages((feed) => feed.value);
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const [searching, setSearching] = useState(false);
  const [texts, setTexts] = useState<readonly Texts[]>([]);
  const typed = text.trim();
  const open = storages?.filter(({ state }) => state !== 'locked') ?? [];
  const openIds = open.map(({ id }) => id).join();

  useEffect(() => {
    setHits([]);
    setTexts([]);
    if (typed.length < leastLetters || openIds === '') {
      setSearching(false);
      return;
    }
    let current = true;
    setSearching(true);
    const search = async (storage: StorageSummary): Promise<Hit[]> => {
      const rows = await engine.call('search.find', {
        storage: storage.id,
        text: typed,
        at: null,
        deleted: true,
        kind: null,
        limit: mostHits,
      });
      return rows.map((row) => ({ storage, row }));
    };
    const timer = setTimeout(() => {
      // A storage that cannot be searched now is left out here; its own screen says what is wrong with it.
      const all = open.map((storage) => search(storage).catch(() => []));
      const asked = open.map(({ id }) => engine.call('search.texts', { storage: id }).catch(() => []));
      void Promise.all(asked).then((told) => {
        if (current) setTexts(told.flat());
      });
      void Promise.all(all).then((found) => {
        if (!current) return;
        setHits(found.flat().slice(0, mostHits));
        setSearching(false);
      });
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // `open` is remade at each render; its ids say when it really changed.
  }, [typed, openIds]);

  const entries = hits.map(({ storage, row }): Entry => {
    const when = row.timeMs === null ? '' : ` · ${format.shortDate(row.timeMs)}`;
    const place = t('frame.palette.in', { place: open.length > 1 ? `${storage.name}: ${row.folderPath}` : row.folderPath });
    return {
      key: `item-${storage.id}-${row.item}`,
      icon: row.deleted ? <Glyph name="nothing" label={t('frame.palette.vanished')} /> : <KindIcon kind={kindOfItem[row.kind]} />,
      label: row.from === null || row.from === '' ? row.title || row.name : `${row.from}: ${row.title || row.name}`,
      fact: `${place}${when}`,
      extract: row.extract,
      to: {
        to: '/browse',
        search: {
          storage: storage.id,
          item: row.item,
          ...(row.folder === null ? {} : { folder: row.folder }),
          ...(row.deleted ? { mode: 'vanished' as const } : {}),
        },
      },
    };
  });
  const all: Entry[] =
    entries.length === 0
      ? []
      : [
          {
            key: 'all-found',
            icon: <Search size={16} strokeWidth={1.75} aria-hidden />,
            label: t('frame.palette.showAll', { text: typed }),
            to: { to: '/find', search: { text: typed } },
          },
        ];
  const unread = texts.filter(({ isOn, done, total }) => isOn && done < total);
  const sum = (of: 'done' | 'total'): number => unread.reduce((all, one) => all + one[of], 0);
  const unfinished = unread.length === 0 ? null : { done: sum('done'), total: sum('total') };
  if (storages && open.length === 0 && typed.length >= leastLetters) return { entries, state: 'no-storage', unfinished };
  return { entries: [...entries, ...all], state: searching ? 'searching' : 'still', unfinished };
}
