import { describe, expect, test } from 'vitest';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { FolderRow } from '../../state/index.ts';
import { buildForest, openAtFirst } from './forest.ts';

const folder = (item: string, parent: string | null, specialUse: string | null = null): FolderRow => ({
  item: item as ItemId,
  source: 's' as SourceId,
  sourceName: 'anna',
  sourceKind: 'imap',
  parent: parent as ItemId | null,
  name: item,
  path: item,
  specialUse,
  items: 0,
  deleted: false,
  unchosenSinceMs: null,
});
const nameOf = ({ name }: FolderRow): string => name;
const rows = [folder('anna', null), folder('Archive', 'anna'), folder('2019', 'Archive'), folder('INBOX', 'anna', '\\Inbox')];

describe('a forest of folders', () => {
  test('has the inbox before its siblings', () => {
    expect(buildForest(rows, '', nameOf).children.get('anna')).toEqual(['INBOX', 'Archive']);
  });

  test('keeps all that is above a folder that fits the filter', () => {
    const forest = buildForest(rows, '20', nameOf);
    expect([...forest.folders.keys()]).toEqual(['anna', 'Archive', '2019']);
  });

  test('loses no folder whose parent is missing', () => {
    expect(buildForest([folder('2019', 'gone')], '', nameOf).roots).toEqual(['2019']);
  });

  test('opens the way to the chosen folder, and what has nothing beside it', () => {
    const forest = buildForest(
      [folder('a', null), folder('b', 'a'), folder('c', 'b'), folder('d', 'c'), folder('e', 'c')],
      '',
      nameOf,
    );
    expect([...openAtFirst(forest, 'd')].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect([...openAtFirst(forest, null)].sort()).toEqual(['a', 'b', 'c']);
  });

  test('opens a source that came later, and none that was there', () => {
    const forest = buildForest(
      [folder('anna', null), folder('Work', 'anna'), folder('bob', null), folder('People', 'bob')],
      '',
      nameOf,
    );
    expect([...openAtFirst(forest, null, new Set(['anna']))]).toEqual(['bob', 'People']);
  });
});
