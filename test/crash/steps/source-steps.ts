import type { Step } from './step.ts';

const backup = 'src/engine/backup';
const trial = 'living source';

/** What keeps a cycle from taking one thing for another, and from believing that it has seen what it has not. */
export const sourceSteps: readonly Step[] = [
  {
    name: 'what moved and has another content is read',
    file: `${backup}/moves.ts`,
    text: 'JSON.stringify([kind, identity, contentRevision])',
    without: 'JSON.stringify([kind, identity])',
    trial,
  },
  {
    name: 'what moved is one thing',
    file: `${backup}/moves.ts`,
    text: '?.pop();',
    without: '?.at(-1);',
    trial,
  },
  {
    name: 'a folder that is being stored loses its cursor',
    file: `${backup}/copying.ts`,
    text: '    if (isLosing || work.items.length > 0) this.#tools.folderBegun(work.folder.key);\n',
    without: '',
    trial,
  },
  {
    name: 'a folder gets its cursor when all of it is stored',
    file: `${backup}/copying.ts`,
    text: '      if (this.#failed.has(work.folder.key)) continue;\n',
    without: '',
    trial,
  },
  {
    name: 'a folder gets its cursor when its losses are stored',
    file: `${backup}/copying.ts`,
    text: '      if (this.#changes.losing.has(work.folder.item)) this.#losing.push(work);\n      else this.#keepCursor(work);',
    without: '      this.#keepCursor(work);',
    trial,
  },
  {
    name: 'a listing that broke off loses nothing',
    file: `${backup}/comparing.ts`,
    text: '    takeVanished(comparison, { names, scan, isPassed }, known);\n    cursor = chosenCursor(judge, scan.cursor());\n  } catch (error) {',
    without:
      '    takeVanished(comparison, { names, scan, isPassed }, known);\n    cursor = chosenCursor(judge, scan.cursor());\n  } catch (error) {\n    takeVanished(comparison, { names, scan, isPassed }, known);',
    trial,
  },
];
