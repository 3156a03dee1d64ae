import type { PackId } from '../../shared/domain/ids.ts';
import { packName } from '../format/index.ts';
import type { Target } from '../targets/target.ts';

/** All that reading packs asks of a target. */
export type PackFiles = Pick<Target, 'label' | 'size' | 'readRange' | 'readCold'>;

/** Packs under the names that they should have, wherever they lie. */
export function filesUnder(names: ReadonlyMap<PackId, string>, target: PackFiles): PackFiles {
  const places = new Map([...names].map(([id, name]) => [packName(id), name]));
  const placeOf = (name: string): string => places.get(name) ?? name;
  return {
    label: target.label,
    size: (name) => target.size(placeOf(name)),
    readRange: (name, offset, length) => target.readRange(placeOf(name), offset, length),
    readCold: (name, read) => target.readCold(placeOf(name), read),
  };
}
