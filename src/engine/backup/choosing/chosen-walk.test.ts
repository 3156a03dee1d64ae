import { describe, expect, it } from 'vitest';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import { emptyScan } from '../../sources/empty-scan.ts';
import type { FolderVisit } from '../../sources/source.ts';
import { ChosenWalk } from './chosen-walk.ts';
import { Judge } from './judge.ts';

type More = Partial<Pick<FolderVisit, 'scan' | 'passedBy' | 'specialUse' | 'isShared'>>;

/** Folders by their paths, `''` for the root, as a source's walk gives them. */
async function* walkOf(folders: Readonly<Record<string, More>>): AsyncGenerator<FolderVisit> {
  for (const [path, more] of Object.entries(folders)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const parentKey = path === '' ? null : path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const folder = { key: path, name, kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 } as const;
    yield { folder, parentKey, scan: emptyScan('full', undefined), ...more };
  }
}

async function walked(choice: Partial<Choice>, folders: Readonly<Record<string, More>>) {
  const walk = new ChosenWalk(new Judge({ ...everything, ...choice }, 0));
  const visits: string[] = [];
  for await (const { visit, isPassed } of walk.visits(walkOf(folders)))
    visits.push(`${visit.folder.key || '/'}${isPassed ? ' (passed)' : ''}`);
  return { visits, walk };
}
const only = (...paths: string[]): Partial<Choice> => ({ only: paths.map((path) => ({ path, subfolders: true })) });
const unreadable: More = { scan: undefined };

describe('a walk of which only some folders are chosen', () => {
  it('comes past what leads to them, each once and from the top down, and past nothing that leads to none', async () => {
    const choice = only('A/B/C', 'A/B/D', 'X/Y');
    const { visits } = await walked(choice, { '': {}, A: {}, 'A/B': {}, 'A/B/C': {}, 'A/B/D': {}, X: {}, 'X/Z': {} });
    expect(visits).toEqual(['/ (passed)', 'A (passed)', 'A/B (passed)', 'A/B/C', 'A/B/D']);
  });

  it('comes past the top in any case, as the account’s own settings lie there', async () => {
    expect((await walked(only('nowhere'), { '': {}, A: {} })).visits).toEqual(['/ (passed)']);
    expect((await walked({ skipUses: ['shared'] }, { '': { isShared: true }, A: {} })).visits).toEqual(['/ (passed)']);
  });

  it('tells of a folder that could not be listed, although nothing in it is taken: what lies below may be', async () => {
    expect((await walked(only('A/B'), { '': {}, A: unreadable })).visits).toEqual(['/ (passed)', 'A (passed)']);
  });

  it('does not tell of one that a limited walk has only passed by, until something below it is taken', async () => {
    const passedBy: More = { scan: undefined, passedBy: 'items' };
    expect((await walked(only('A/B'), { '': {}, A: passedBy })).visits).toEqual(['/ (passed)']);
    expect((await walked(only('A/B'), { '': {}, A: passedBy, 'A/B': {} })).visits).toEqual(['/ (passed)', 'A (passed)', 'A/B']);
  });

  it('knows of what lies in a folder that was left out that it was left out with it', async () => {
    const { walk } = await walked({ skipUses: ['junk'] }, { '': {}, Spam: { specialUse: '\\Junk' }, 'Spam/Old': {}, Other: {} });
    const asked = [['Spam'], ['Spam', 'Old'], ['Spam', 'Gone', 'Deep'], ['Other'], []];
    expect(asked.map((names) => walk.wasSkipped(names))).toEqual([true, true, true, false, false]);
  });

  it('gives what lies in a folder the use of that folder, too, beside its own', async () => {
    const folders = {
      '': {},
      Team: { isShared: true },
      'Team/Bin': { specialUse: '\\Trash' },
      'Team/Bin/Old': {},
      'Team/In': {},
    };
    expect((await walked({ skipUses: ['trash'] }, folders)).visits).toEqual(['/', 'Team', 'Team/In']);
    expect((await walked({ skipUses: ['shared'] }, folders)).visits).toEqual(['/']);
  });
});
