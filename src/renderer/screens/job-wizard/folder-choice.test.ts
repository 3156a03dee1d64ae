import { describe, expect, it } from 'vitest';
import {
  type FolderNode,
  itemsWithout,
  leftOutAtFirst,
  patternsOf,
  type RemoteFolder,
  stateOf,
  toggled,
  treeOf,
} from './folder-choice.ts';

const folder = (key: string, over: Partial<RemoteFolder> = {}): RemoteFolder => ({
  key,
  parentKey: key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : null,
  name: key.split('/').at(-1) ?? '',
  specialUse: null,
  items: 10,
  excluded: false,
  ...over,
});
const folders = [
  folder('INBOX'),
  folder('Work'),
  folder('Work/A'),
  folder('Work/A/Deep'),
  folder('Work/B'),
  folder('Junk', { specialUse: '\\Junk' }),
  folder('Trash', { specialUse: '\\Trash' }),
];
const tree = treeOf(folders);
const find = (key: string, nodes: readonly FolderNode[] = tree): FolderNode => {
  for (const node of nodes) {
    if (node.folder.key === key) return node;
    if (key.startsWith(`${node.folder.key}/`)) return find(key, node.below);
  }
  throw new Error(key);
};
const keys = (leftOut: ReadonlySet<string>): string[] => [...leftOut].sort();

describe('the choice of folders', () => {
  it('begins with everything but junk and trash', () => {
    expect(keys(leftOutAtFirst(folders))).toEqual(['Junk', 'Trash']);
    expect(itemsWithout(folders, leftOutAtFirst(folders))).toBe(50);
  });

  it('takes out a folder with all below it, and shows those above as partly taken', () => {
    const leftOut = toggled(find('Work/A'), new Set());
    expect(keys(leftOut)).toEqual(['Work/A']);
    expect(stateOf(find('Work'), leftOut)).toBe('some');
    expect(stateOf(find('Work/A/Deep'), leftOut)).toBe('none');
    expect(stateOf(find('Work/B'), leftOut)).toBe('all');
  });

  it('says a folder once where one above it says the same', () => {
    expect(keys(toggled(find('Work'), new Set(['Work/A', 'Work/B'])))).toEqual(['Work']);
  });

  it('takes in a deep folder alone, and leaves out what stands beside its way', () => {
    const leftOut = toggled(find('Work/A/Deep'), new Set(['Work']));
    expect(keys(leftOut)).toEqual(['Work/B']);
    expect(stateOf(find('Work/A/Deep'), leftOut)).toBe('all');
  });

  it('takes in a folder whole again', () => {
    expect(keys(toggled(find('Work'), new Set(['Work'])))).toEqual([]);
  });

  it('becomes patterns that name no other folder than meant', () => {
    const odd = [folder('a*b'), folder('axxb')];
    expect(patternsOf('imap', odd, new Set(['a*b']))).toEqual(['a?b']);
    expect(
      patternsOf('maildir', [folder('k1', { name: 'Work' }), folder('k2', { name: 'A', parentKey: 'k1' })], new Set(['k2'])),
    ).toEqual(['Work/A']);
  });
});
