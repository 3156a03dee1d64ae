import { describe, expect, test } from 'vitest';
import { createItemPages, indexOfItem, type ItemQuery, pageSize, rowAt } from './item-pages.ts';
import type { ItemRow } from './types.ts';

const query = (folder: string): ItemQuery => ({
  storage: 's',
  folder: folder,
  at: null,
  mode: 'as-of',
  sort: 'time',
  descending: true,
});

/** A folder whose rows are named after it and their index; answers when it is told to. */
function slowFolder(total: number) {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const store = createItemPages(async ({ folder }, offset, limit) => {
    asked.push(`${String(folder)} ${offset}`);
    await new Promise<void>((resolve) => answers.push(resolve));
    const rows = Array.from(
      { length: Math.min(limit, total - offset) },
      (_, index) => ({ item: `${String(folder)}${offset + index}` }) as unknown as ItemRow,
    );
    return { total, rows };
  });
  const settle = async (): Promise<void> => {
    for (const answer of answers.splice(0)) answer();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { asked, store, settle, state: () => store.getState() };
}

describe('a long list', () => {
  test('asks only for pages that somebody looks at, and for each once', async () => {
    const { asked, state, settle } = slowFolder(2000);
    state().open(query('a'), 0);
    await settle();
    state().want(490, 520);
    state().want(495, 530);
    await settle();
    expect(asked).toEqual(['a 0', 'a 500']);
    expect(rowAt(state().pages, 510)?.item).toBe('a510');
    expect(rowAt(state().pages, 1500)).toBeUndefined();
    expect(indexOfItem(state().pages, 'a510')).toBe(510);
  });

  test('keeps what was shown until the other view has answered', async () => {
    const { state, settle } = slowFolder(3);
    state().open(query('a'), 0);
    await settle();
    state().open(query('b'), 0);
    expect(state()).toMatchObject({ pending: true, total: 3 });
    expect(rowAt(state().pages, 0)?.item).toBe('a0');
    await settle();
    expect(rowAt(state().pages, 0)?.item).toBe('b0');
    expect(state().pages.size).toBe(1);
  });

  test('drops the answer to a view that was left', async () => {
    const { state, settle, store } = slowFolder(3);
    const seen: string[] = [];
    store.subscribe(({ pages }) => seen.push(String(rowAt(pages, 0)?.item)));
    state().open(query('a'), 0);
    state().open(query('b'), 0);
    await settle();
    expect(seen).not.toContain('a0');
    expect(rowAt(state().pages, 0)?.item).toBe('b0');
  });

  test('begins with the page where the person looks', async () => {
    const { asked, state, settle } = slowFolder(5000);
    state().open(query('a'), 3 * pageSize + 7);
    await settle();
    expect(asked).toEqual(['a 1500']);
  });

  test('asks for nothing behind the end', async () => {
    const { asked, state, settle } = slowFolder(500);
    state().open(query('a'), 0);
    await settle();
    state().want(480, 520);
    expect(asked).toEqual(['a 0']);
  });
});
