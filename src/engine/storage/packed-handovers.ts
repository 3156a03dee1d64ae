import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ChunkId, ContentDigest, PackId } from '../../shared/domain/ids.ts';
import type { Handover, PackedHandovers } from './reader-messages.ts';

const idBytes = 32;
const numbersOfHandover = 3;
const numbersOfPlace = 6;
/** Instead of a number of chunks. */
const noContent = -1;

export function packHandovers(handovers: readonly Handover[]): PackedHandovers {
  const packs = new Map<PackId, number>();
  let [allIds, allPlaces] = [0, 0];
  for (const { content } of handovers) {
    allIds += content === undefined ? 0 : content.places.length + 1;
    allPlaces += content?.places.length ?? 0;
  }
  const ids = Buffer.from(new ArrayBuffer(allIds * idBytes));
  const numbers = new Float64Array(handovers.length * numbersOfHandover + allPlaces * numbersOfPlace);
  const orders: unknown[] = [];
  let [atId, atNumber] = [0, 0];
  const putId = (id: string): void => {
    ids.write(id, atId, 'hex');
    atId += idBytes;
  };
  const put = (number: number): void => {
    numbers[atNumber] = number;
    atNumber += 1;
  };
  for (const { orders: own, content } of handovers) {
    for (const order of own) orders.push(order);
    put(own.length);
    put(content?.sizeBytes ?? 0);
    put(content?.places.length ?? noContent);
    if (content === undefined) continue;
    putId(content.digest);
    for (const { id, pack, record, recordOffset, recordLength, offset, length } of content.places) {
      const packNumber = packs.get(pack) ?? packs.size;
      packs.set(pack, packNumber);
      putId(id);
      put(packNumber);
      put(record);
      put(recordOffset);
      put(recordLength);
      put(offset);
      put(length);
    }
  }
  return { orders, packs: [...packs.keys()], ids, numbers };
}

export function* unpackHandovers({ orders, packs, ids, numbers }: PackedHandovers): Generator<Handover> {
  const text = Buffer.from(ids.buffer, ids.byteOffset, ids.length);
  let [atOrder, atId, atNumber] = [0, 0, 0];
  const id = (): string => text.toString('hex', atId, (atId += idBytes));
  const number = (): number => numbers[atNumber++] ?? 0;
  while (atNumber < numbers.length) {
    const own = orders.slice(atOrder, (atOrder += number()));
    const sizeBytes = number();
    const chunks = number();
    if (chunks === noContent) {
      yield { orders: own, content: undefined };
      continue;
    }
    const digest = id() as ContentDigest;
    const places = Array.from({ length: chunks }, (): ChunkLocation => {
      const pack = packs[number()] as PackId;
      const [record, recordOffset, recordLength, offset, length] = [number(), number(), number(), number(), number()];
      return { id: id() as ChunkId, pack, record, recordOffset, recordLength, offset, length };
    });
    yield { orders: own, content: { digest, sizeBytes, places } };
  }
}
