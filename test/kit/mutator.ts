import { seededRandom } from './seeded-random.ts';

/**
 * Damages texts as disks, wires and careless programs do: bytes turned, cut, doubled, moved, lines of others put in. The same seed gives
 * the same damage.
 */
export function* mutants(specimens: readonly Uint8Array[], seed: number, count: number): Generator<Buffer> {
  const random = seededRandom(seed);
  const pick = (): Buffer => Buffer.from(specimens[random.below(specimens.length)] ?? new Uint8Array());
  const part = (bytes: Buffer): [start: number, end: number] => {
    const start = random.below(bytes.length + 1);
    return [start, Math.min(bytes.length, start + random.below(200))];
  };
  const acts: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => {
      if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    },
    (bytes) => bytes.subarray(0, random.below(bytes.length + 1)),
    (bytes) => {
      const [start, end] = part(bytes);
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    },
    (bytes) => {
      const [start, end] = part(bytes);
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
    },
    (bytes) => {
      const [start] = part(bytes);
      const other = pick();
      const [from, to] = part(other);
      return Buffer.concat([bytes.subarray(0, start), other.subarray(from, to), bytes.subarray(start)]);
    },
    (bytes) => {
      const [start] = part(bytes);
      return Buffer.concat([bytes.subarray(0, start), Buffer.from(random.bytes(1 + random.below(8))), bytes.subarray(start)]);
    },
  ];
  for (let made = 0; made < count; made++) {
    let bytes = pick();
    for (let times = 1 + random.below(6); times > 0; times--) bytes = acts[random.below(acts.length)]?.(bytes) ?? bytes;
    yield bytes;
  }
}
