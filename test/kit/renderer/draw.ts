/** Repeatable chance for samples: the same seed, the same pictures (mulberry32). */
export interface Draw {
  /** 0 to 1. */
  next(): number;
  /** `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
}

export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { next, whole, pick: (values) => values[whole(0, values.length - 1)] ?? values[0] };
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id that looks like one of the engine's and says what it is of. */
export const idOf = <Id>(kind: string, number: number): Id =>
  `${kind}${number.toString(10)}`
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .padEnd(20, letters[number % letters.length] ?? '0')
    .slice(0, 20) as Id;
