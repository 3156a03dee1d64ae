import { floorCost } from '../../src/engine/crypto/argon2.ts';
import type { Sodium } from '../../src/engine/crypto/sodium.ts';

/**
 * The real libsodium, which stretches no password with the same salt twice: tests that open one slot a thousand times would
 * else spend their time and memory on nothing but that.
 */
export function rememberArgon(sodium: Sodium): Sodium {
  const known = new Map<string, Uint8Array>();
  return {
    ...sodium,
    async argon2id(into, password, salt, cost) {
      const question = [password, salt].map((bytes) => Buffer.from(bytes).toString('hex')).join() + JSON.stringify(cost);
      const answer = known.get(question);
      if (answer !== undefined) return into.set(answer);
      await sodium.argon2id(into, password, salt, cost);
      known.set(question, Uint8Array.from(into));
    },
  };
}

/** And at the least cost there is, whatever was asked for: for tests in which nobody guesses a password. */
export function cheapenArgon(sodium: Sodium): Sodium {
  const { argon2id, ...others } = rememberArgon(sodium);
  return { ...others, argon2id: (into, password, salt) => argon2id(into, password, salt, floorCost) };
}
