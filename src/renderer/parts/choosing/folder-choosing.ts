import type { Choice, FolderRule, FolderUse } from '../../../shared/domain/choice.ts';
import { FolderJudge } from '../../../shared/domain/folder-rules.ts';

/** What somebody wants of a folder: it with all below it, it without its subfolders, its subfolders without it, nothing of it. */
export type FolderWish = 'whole' | 'alone' | 'below' | 'none';

export interface ChosenFolder {
  /** Names from the top joined by `/`. */
  readonly path: string;
  readonly uses: readonly FolderUse[];
}

/** A name as a rule that fits nothing else. */
const literal = (path: string): string => path.replace(/[\\*?]/g, '\\$&').replace(/^!/, '\\!');

const isTaken = (choice: Choice, { path, uses }: ChosenFolder): boolean =>
  new FolderJudge(choice).verdict(path.split('/'), uses).verdict === 'taken';

/** No folder is taken but those that are named: what is made later is not. */
export const isClosed = ({ only }: Choice): boolean =>
  only.length > 0 && only.every(({ path, subfolders }) => !subfolders && !/(?<!\\)[*?]/.test(path));

/** The choice with that wish. Rules about other folders stay as they are. */
export function withFolder(choice: Choice, folder: ChosenFolder, wish: FolderWish, below: readonly ChosenFolder[] = []): Choice {
  const own = literal(folder.path);
  const isAbout = ({ path }: FolderRule): boolean => {
    const plain = path.replace(/^!/, '');
    return plain === own || plain.startsWith(`${own}/`);
  };
  const cleared = {
    ...choice,
    only: choice.only.filter((one) => !isAbout(one)),
    skip: choice.skip.filter((one) => !isAbout(one)),
  };
  // An empty list of what is taken means all: who takes the last folder off it wants none.
  const kept = choice.only.length > 0 && cleared.only.length === 0 ? { ...cleared, only: choice.only } : cleared;
  if (wish === 'none') return isTaken(kept, folder) || takesBelow(kept, folder) ? skipping(kept, own, true) : kept;
  const wanted = takenBack(
    { ...kept, skipUses: kept.skipUses.filter((use) => !folder.uses.includes(use)) },
    folder,
    isClosed(choice),
  );
  if (wish === 'below') return skipping(withBelow(wanted, below, isClosed(choice)), own, false);
  if (wish === 'alone') return isClosed(choice) ? wanted : skipping(wanted, `${own}/**`, true);
  return withBelow(wanted, below, isClosed(choice));
}

const skipping = (choice: Choice, path: string, subfolders: boolean): Choice => ({
  ...choice,
  skip: [...choice.skip, { path, subfolders }],
});

const takesBelow = (choice: Choice, { path, uses }: ChosenFolder): boolean =>
  new FolderJudge(choice).verdict(path.split('/'), uses).verdict === 'passed';

function takenBack(choice: Choice, folder: ChosenFolder, isFlat: boolean): Choice {
  if (isTaken(choice, folder)) return choice;
  const path = literal(folder.path);
  const named = choice.only.length === 0 ? choice : { ...choice, only: [...choice.only, { path, subfolders: !isFlat }] };
  return isTaken(named, folder) ? named : { ...named, skip: [...named.skip, { path: `!${path}`, subfolders: true }] };
}

/** Where nothing is taken that is not named, what lies below has to be. */
const withBelow = (choice: Choice, below: readonly ChosenFolder[], isFlat: boolean): Choice =>
  isFlat ? below.reduce((all, folder) => takenBack(all, folder, true), choice) : choice;

/** The same folders, with or without those that are made later. `folders`: all there are, parents before children. */
export function withNewFolders(choice: Choice, takesNew: boolean, folders: readonly ChosenFolder[]): Choice {
  const judge = new FolderJudge(choice);
  const wanted = folders.filter(({ path, uses }) => judge.verdict(path.split('/'), uses).verdict === 'taken');
  if (!takesNew) return { ...choice, only: wanted.map(({ path }) => ({ path: literal(path), subfolders: false })), skip: [] };
  const isWanted = new Set(wanted.map(({ path }) => path));
  return folders.reduce<Choice>(
    (open, folder) => {
      if (isWanted.has(folder.path) || !isTaken(open, folder)) return open;
      const leadsOn = wanted.some(({ path }) => path.startsWith(`${folder.path}/`));
      return skipping(open, literal(folder.path), !leadsOn);
    },
    { ...choice, only: [], skip: [] },
  );
}
