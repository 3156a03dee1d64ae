import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { type Failure, failureOf } from '../../shared/domain/strata-error.ts';
import type { ItemRow } from './types.ts';

export type ItemQuery = Omit<CallInput<'browse.items'>, 'offset' | 'limit'>;
type Page = CallOutput<'browse.items'>;

/** What the contract gives in one answer at most. */
export const pageSize = 500;

export interface ItemPages {
  /** Of the view that `pages` belong to; while `pending`, that of the view before. */
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly ItemRow[]>;
  /** Another view was asked for and has not answered yet. */
  readonly pending: boolean;
  readonly failure: Failure | null;
  /** Shows another view; what was shown stays until its first page is here. `first` is where the person looks. */
  open(query: ItemQuery, first: number): void;
  /** Makes sure that these rows are, or will be, here. */
  want(first: number, last: number): void;
}

export const rowAt = (pages: ItemPages['pages'], index: number): ItemRow | undefined =>
  pages.get(Math.floor(index / pageSize))?.[index % pageSize];

/** Among the rows that are here; -1 if it is not. */
export function indexOfItem(pages: ItemPages['pages'], item: string): number {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row.item === item);
    if (at >= 0) return page * pageSize + at;
  }
  return -1;
}

/** A long list, page by page, as far as somebody looks at it. */
export function createItemPages(read: (query: ItemQuery, offset: number, limit: number) => Promise<Page>): StoreApi<ItemPages> {
  let query: ItemQuery | null = null;
  let view = 0;
  const underway = new Set<number>();

  return createStore<ItemPages>((set, get) => {
    const load = async (page: number): Promise<void> => {
      if (!query || underway.has(page)) return;
      underway.add(page);
      const mine = view;
      try {
        const { total, rows } = await read(query, page * pageSize, pageSize);
        if (mine !== view) return; // the person is elsewhere by now
        const former = get().pending ? [] : [...get().pages];
        set({ total, pages: new Map([...former, [page, rows]]), pending: false, failure: null });
      } catch (error) {
        if (mine === view) set({ pending: false, failure: failureOf(error) });
      } finally {
        if (mine === view) underway.delete(page);
      }
    };
    return {
      total: null,
      pages: new Map(),
      pending: false,
      failure: null,
      open(next, first) {
        query = next;
        view += 1;
        underway.clear();
        set({ pending: true, failure: null });
        void load(Math.floor(Math.max(0, first) / pageSize)); // never rejects
      },
      want(first, last) {
        const { pages, pending, total, failure } = get();
        if (pending || total === null || failure) return;
        const lastPage = Math.floor(Math.min(last, total - 1) / pageSize);
        for (let page = Math.floor(Math.max(0, first) / pageSize); page <= lastPage; page += 1)
          if (!pages.has(page)) void load(page);
      },
    };
  });
}
