import type { Step } from './step.ts';

const file = 'src/engine/storage/lock-book.ts';

/** What keeps two from writing at once. */
export const lockSteps: readonly Step[] = [
  {
    name: 'who took a lock looks again',
    file,
    text: '      this.#refuseIfExcluded(mode, lock.uuid);\n',
    without: '',
    trial: 'two at once',
  },
  {
    name: 'a lock that is not ours any more is lost',
    file,
    text: "      if (!this.#isHeld || !this.#isOurs()) throw new StrataError('storage.lock-lost', 'later');\n",
    without: '',
    trial: 'two at once',
  },
  {
    name: 'a lock beside another one is lost',
    file,
    text: '      this.#refuseIfExcluded();\n',
    without: '',
    trial: 'two at once',
  },
  {
    name: 'a heart does not beat for a lock that is gone',
    file,
    text: '      if (!this.#isOurs()) return this.#end();\n',
    without: '',
    trial: 'two at once',
  },
  {
    name: 'a lock whose heart beats is not dead',
    file,
    text: 'if (last === undefined || last.counter !== counter) {',
    without: 'if (last === undefined) {',
    trial: 'two at once',
  },
];
