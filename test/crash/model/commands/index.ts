import type { Command } from './command.ts';
import { forget, hold, release } from './keeping.ts';
import { removePassword, renewKey, setPassword } from './keys.ts';
import { changeComputer, check, loseCatalog, mirror, restart, setClock, wait } from './machines.ts';
import { giveBack, prune, purge, retain, undo } from './removing.ts';
import { absence, capture, cycle, cycleInSteps, cycleOfNothing } from './saving.ts';

export const commands = {
  cycle,
  cycleInSteps,
  absence,
  capture,
  cycleOfNothing,
  retain,
  forget,
  hold,
  release,
  undo,
  prune,
  purge,
  giveBack,
  loseCatalog,
  restart,
  check,
  wait,
  setClock,
  changeComputer,
  mirror,
  setPassword,
  removePassword,
  renewKey,
} satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;

/** How often each comes, of so many. Those that stretch a password are dear. */
export const weights: Readonly<Record<CommandName, number>> = {
  cycle: 24,
  cycleInSteps: 6,
  absence: 3,
  capture: 8,
  cycleOfNothing: 5,
  retain: 12,
  forget: 4,
  hold: 4,
  release: 3,
  undo: 5,
  prune: 10,
  purge: 5,
  giveBack: 5,
  loseCatalog: 5,
  restart: 4,
  check: 3,
  wait: 6,
  setClock: 2,
  changeComputer: 2,
  mirror: 5,
  setPassword: 1,
  removePassword: 1,
  renewKey: 1,
};
