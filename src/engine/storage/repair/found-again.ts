import type { PackId } from '../../../shared/domain/ids.ts';
import { sha256Hex } from '../../crypto/index.ts';
import { packName, parsePackName } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import type { Standing } from '../removal/standing.ts';

/** Packs in use that are not where they belong, but lie whole in the trash or in quarantine: by the name that they have there. */
export function findAgain({ packs }: Standing, target: Target): Map<PackId, string> {
  const missing = [...packs.keys()].filter((id) => target.size(packName(id)) === undefined);
  const found = new Map<PackId, string>();
  if (missing.length === 0) return found;
  const wanted = new Set(missing);
  for (const name of [...target.list('trash'), ...target.list('quarantine')]) {
    const id = parsePackName(name);
    if (id !== undefined && wanted.has(id) && target.size(name) === packs.get(id) && sha256Hex(target.read(name)) === id) {
      found.set(id, name);
    }
  }
  return found;
}
