import { floorCost } from '../../../../src/engine/crypto/index.ts';
import { addPassword, changePassword, removeKey, startNewKey, tryPassword } from '../../../../src/engine/storage/index.ts';
import type { ModelWorld } from '../model-world.ts';
import { type PlainStorage, savedOf } from '../plain-storage.ts';
import type { Command } from './command.ts';

const proofOf = ({ passwords: [password = ''] }: PlainStorage) => ({ by: 'password', password }) as const;

function newPassword({ passwords }: ModelWorld): string {
  passwords.push(`password number ${passwords.length}`);
  return passwords.at(-1) ?? '';
}

/** A password is another, or there is one more. */
export const setPassword: Command = (world, plain, n) => {
  const proof = proofOf(plain);
  const isAdded = n % 2 === 0;
  if (plain.hasTwins && !isAdded) return undefined;
  const password = newPassword(world);
  const next = { password, cost: floorCost };
  return {
    act: () =>
      isAdded
        ? addPassword(world.target, proof, password, next, world.deps)
        : changePassword(world.target, proof, next, world.deps),
    outcomes: [
      (after) => {
        after.passwords = [...(isAdded ? after.passwords : after.passwords.slice(1)), password];
      },
      (after) => {
        after.passwords.push(password);
        after.hasTwins ||= !isAdded;
      },
    ],
    alsoLooksAt: 'passwords',
  };
};

export const removePassword: Command = (world, plain, n) => {
  const others = plain.passwords.slice(1);
  const password = others[n % Math.max(1, others.length)];
  if (password === undefined || plain.hasTwins) return undefined;
  return {
    async act() {
      await removeKey(world.target, proofOf(plain), await tryPassword(world.target, password), world.deps);
    },
    outcomes: [
      (after) => {
        after.passwords = after.passwords.filter((one) => one !== password);
      },
    ],
    alsoLooksAt: 'passwords',
  };
};

/** What is written from now on has a new master key. Of all passwords this one is left. */
export const renewKey: Command = (world, plain) => {
  const { password } = proofOf(plain);
  return {
    async act() {
      for (const [number, source] of world.sources.entries()) source.meetNewKey(savedOf(plain, number));
      const { storage } = await startNewKey(world.target, { password, cost: floorCost }, world.deps, () => undefined);
      world.close();
      world.use(storage);
    },
    outcomes: [
      (after) => {
        after.passwords = [password];
        after.hasTwins = false;
      },
    ],
    alsoLooksAt: 'passwords',
  };
};
