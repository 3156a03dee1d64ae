import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import { FolderJudge } from '../../../shared/domain/folder-rules.ts';
import { type ChosenFolder, type FolderWish, isClosed, withFolder, withNewFolders } from './folder-choosing.ts';

const paths = ['A', 'A/B', 'A/B/C', 'A/D', 'E*', 'E*/!F', '!G', 'H\\I', '/home', '/home/x?'];
const folders: readonly ChosenFolder[] = paths.map((path) => ({ path, uses: path === 'A/D' ? ['junk'] : [] }));
const folder = (path: string): ChosenFolder => folders.find((one) => one.path === path) ?? expect.unreachable();
const taken = (choice: Choice): string[] => {
  const judge = new FolderJudge(choice);
  return folders.filter(({ path, uses }) => judge.verdict(path.split('/'), uses).verdict === 'taken').map(({ path }) => path);
};
const isBelow = (path: string, top: string): boolean => path.startsWith(`${top}/`);
const belowOf = (top: string): ChosenFolder[] => folders.filter(({ path }) => isBelow(path, top));

describe('a click on a folder', () => {
  it('leaves it out with all below it, and takes it in again with what is below, without a rule left over', () => {
    const without = withFolder(everything, folder('A'), 'none');
    expect(taken(without)).toEqual(['E*', 'E*/!F', '!G', 'H\\I', '/home', '/home/x?']);
    expect(withFolder(without, folder('A'), 'whole')).toEqual(everything);
  });

  it('takes a folder back out of one that is left out', () => {
    const without = withFolder(everything, folder('A'), 'none');
    expect(taken(withFolder(without, folder('A/B'), 'whole'))).toEqual(expect.arrayContaining(['A/B', 'A/B/C']));
    expect(taken(withFolder(without, folder('A/B'), 'alone'))).not.toContain('A/B/C');
  });

  it('takes what was left out for what it is, as well', () => {
    const junk = withFolder({ ...everything, skipUses: ['junk', 'trash'] }, folder('A/D'), 'whole');
    expect(junk.skipUses).toEqual(['trash']);
    expect(taken(junk)).toContain('A/D');
  });

  it('never takes all because the last named folder was taken off the list', () => {
    const one = { ...everything, only: [{ path: 'A', subfolders: true }] };
    expect(taken(withFolder(one, folder('A'), 'none'))).toEqual([]);
  });

  it(`does what was wished and nothing else, whatever was clicked before: seed ${process.env['STRATA_SEED'] ?? 1}`, () => {
    const { below } = seededRandom(Number(process.env['STRATA_SEED'] ?? 1));
    const wishes: readonly FolderWish[] = ['whole', 'alone', 'below', 'none'];
    for (let round = 0; round < 300; round += 1) {
      let choice: Choice = below(2) === 0 ? everything : withNewFolders(everything, false, folders);
      for (let click = 0; click < 8; click += 1) {
        const { path } = folders[below(folders.length)] as ChosenFolder;
        const wish = wishes[below(wishes.length)] as FolderWish;
        const before = new Set(taken(choice));
        const wasClosed = isClosed(choice);
        choice = withFolder(choice, folder(path), wish, belowOf(path));
        const expected = paths.filter((one) => {
          if (one === path) return wish === 'whole' || wish === 'alone';
          if (!isBelow(one, path)) return before.has(one);
          return wish === 'whole' || wish === 'below';
        });
        expect({ path, wish, choice, taken: taken(choice) }).toEqual({ path, wish, choice, taken: expected });
        expect(wasClosed && !isClosed(choice)).toBe(false);
      }
    }
  });
});

describe('folders that are made later', () => {
  it('can be left out and taken again, and what is there is taken as before', () => {
    const chosen = withFolder(withFolder(everything, folder('A'), 'none'), folder('A/B'), 'alone');
    const closed = withNewFolders(chosen, false, folders);
    expect([isClosed(chosen), isClosed(closed)]).toEqual([false, true]);
    expect(taken(closed)).toEqual(taken(chosen));
    expect(new FolderJudge(closed).verdict(['new'], []).verdict).not.toBe('taken');
    const open = withNewFolders(closed, true, folders);
    expect(taken(open)).toEqual(taken(chosen));
    expect(new FolderJudge(open).verdict(['new'], []).verdict).toBe('taken');
  });
});
