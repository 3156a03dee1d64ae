/** The only source of randomness. Tests inject a seeded one. */
export interface Random {
  /** Cryptographically strong in production. */
  bytes(length: number): Uint8Array;
}

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** 20 characters of base32: 100 random bits, so that two of a billion ids are equal with a chance below 1e-12. */
export function newId<Id extends string>(random: Random): Id {
  let text = '';
  for (const byte of random.bytes(20)) text += crockford[byte & 31];
  return text as Id;
}

/** A whole number from 0 to below the limit; 0 where there is none. */
export function below(random: Random, limit: number): number {
  const bytes = random.bytes(6);
  let number = 0;
  for (const byte of bytes) number = number * 256 + byte;
  return Math.floor((number / 2 ** 48) * limit);
}
