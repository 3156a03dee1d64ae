import type { Step } from './history.ts';

/** Histories that found something, as small as they could be made. */
export const earlierFailures: readonly { readonly what: string; readonly steps: readonly Step[] }[] = [
  {
    what: 'what a checkpoint took in, and was gone before the next cycle, stayed for ever',
    steps: [
      { what: 'cycle', n: 1886, cut: { at: 22, variant: { kind: 'random', seed: 736 } } },
      { what: 'giveBack', n: 2338 },
      { what: 'cycle', n: 3514, cut: { at: 51, variant: { kind: 'zeros' } } },
      { what: 'cycleInSteps', n: 653, cut: { at: 23, variant: { kind: 'random', seed: 824 } } },
      { what: 'cycleInSteps', n: 2792, cut: { at: 35, variant: { kind: 'lost' } } },
      { what: 'cycle', n: 254 },
    ],
  },
  {
    what: 'a catalog that another computer made was not the one of the computer that gave back',
    steps: [
      { what: 'cycle', n: 3381 },
      { what: 'cycleInSteps', n: 3231 },
      { what: 'retain', n: 0 },
      { what: 'prune', n: 0 },
      { what: 'cycle', n: 376 },
      { what: 'retain', n: 0 },
      { what: 'prune', n: 0 },
      { what: 'prune', n: 3423 },
      { what: 'giveBack', n: 181 },
      { what: 'changeComputer', n: 0 },
    ],
  },
  {
    what: 'what went when nothing had been chosen was left to the scan, as it should, and the map did not know',
    steps: [
      { what: 'capture', n: 0 },
      { what: 'cycle', n: 0 },
      { what: 'cycleOfNothing', n: 321 },
      { what: 'capture', n: 0 },
    ],
  },
  {
    what: 'what moved unseen, and met a new key, is another item, and the map did not know',
    steps: [
      { what: 'cycle', n: 0 },
      { what: 'cycleOfNothing', n: 3597 },
      { what: 'renewKey', n: 0 },
      { what: 'cycle', n: 0 },
    ],
  },
  {
    what: 'a commit of nothing but an absence was taken for none, where the power went out behind it',
    steps: [
      { what: 'cycle', n: 1942 },
      { what: 'absence', n: 3935, cut: { at: 11, variant: { kind: 'stale' } } },
      { what: 'capture', n: 0 },
    ],
  },
];
