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
