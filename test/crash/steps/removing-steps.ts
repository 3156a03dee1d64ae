import type { Step } from './step.ts';

const removal = 'src/engine/storage/removal';
const pruning = 'hiding, and a prune that writes anew';

/** What keeps removing from taking what is needed, and from doing it before it may. */
export const removingSteps: readonly Step[] = [
  {
    name: 'packs are out of use before they leave their place',
    file: `${removal}/prune.ts`,
    text: '    const chained = ballast.rescue(() => chain.append(payload, this.#standing.head));',
    without:
      '    for (const id of gone) target.move(packName(id), `trash/early/${id}.pack`);\n    const chained = ballast.rescue(() => chain.append(payload, this.#standing.head));',
    trial: 'crash',
    workload: pruning,
  },
  {
    name: 'what a prune wrote is read back before its commit',
    file: `${removal}/prune.ts`,
    text: '    await readBack(written.packs, this.#parts);\n',
    without: '',
    trial: 'rotten write',
    workload: pruning,
  },
  {
    name: 'what a removal left that broke off is put away by the next',
    file: `${removal}/prune.ts`,
    text: '    this.#finishEarlier();\n',
    without: '',
    trial: 'crash',
    workload: 'returning from the trash',
  },
  {
    name: 'what the newest removal left that broke off is put away by whoever writes next',
    file: 'src/engine/storage/admission.ts',
    text: "      if (purpose !== 'repair' || !this.#isHeadLost()) finishRemoval(chain, target, ballast);\n",
    without: '',
    trial: 'crash',
    workload: pruning,
  },
  {
    name: 'the lock is read again before a prune is committed',
    file: `${removal}/prune.ts`,
    text: '    lock.assertHeld();\n    const acts',
    without: '    const acts',
    trial: 'two at once',
  },
  {
    name: 'what went to the trash stays there for its time',
    file: `${removal}/emptying.ts`,
    text: 'dueAtMs(folder.sinceMs, graceMs) <= timeMs && ',
    without: '',
    trial: 'hurried emptying',
  },
  {
    name: 'the time of commits decides what is due, not the clock alone',
    file: `${removal}/emptying.ts`,
    text: '  const timeMs = Math.min(nowMs, timeOf(standing));\n  return trashFolders',
    without: '  const timeMs = nowMs;\n  return trashFolders',
    trial: 'hurried emptying',
  },
  {
    name: 'a week is the least time in the trash',
    file: `${removal}/emptying.ts`,
    text: 'sinceMs + Math.max(graceMs, leastGraceMs);',
    without: 'sinceMs + graceMs;',
    trial: 'hurried emptying',
  },
  {
    name: 'the trash is not emptied while a pack in use is missing',
    file: `${removal}/upkeep.ts`,
    text: '    requireAllInPlace(standing, target);\n',
    without: '',
    trial: 'hurried emptying',
  },
  {
    name: 'what a frozen source needs is not emptied',
    file: `${removal}/upkeep.ts`,
    text: '    const spared = await this.#ofFrozen(old, standing, run);',
    without: '    const spared: TrashFolder[] = [];',
    trial: 'crash',
    workload: 'a purge while a source is frozen',
  },
  {
    name: 'what comes back from the trash is what its name says',
    file: `${removal}/returning.ts`,
    text: ' || sha256Hex(target.read(name)) !== id) continue;',
    without: ') continue;',
    trial: 'hurried emptying',
  },
  {
    name: 'what a return wrote is read back before its commit',
    file: `${removal}/returning.ts`,
    text: '    await readBack(written.packs, parts);\n',
    without: '',
    trial: 'rotten write',
    workload: 'returning one of two prunes from the trash',
  },
];
