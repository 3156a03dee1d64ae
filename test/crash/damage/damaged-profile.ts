import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { seededRandom } from '../../kit/seeded-random.ts';
import { SimFileSystem } from '../../kit/sim-file-system.ts';
import { told } from '../crash-everywhere.ts';
import { contentsOf, openOldProfile, putOldProfileBack } from '../real/old-profile.ts';
import type { DamageTally } from './matrix.ts';
import { patterns } from './patterns.ts';

export interface ProfileTally extends DamageTally {
  /** In so many it was said that the profile cannot be used. */
  readonly told: number;
  /** In so many it was read, and says something else: a profile has no checksums. */
  readonly different: number;
}

const path = '/profile/state';

/** Each pattern that leaves a file, at places all over it. The profile opens and is read, or it is told by its name; and it is never begun anew. */
export function damageProfile(folder: string, bytes: Uint8Array, places: number, seed: number): ProfileTally {
  const random = seededRandom(seed);
  const violations: string[] = [];
  const whole = wholeContents(folder, bytes);
  const counts = { told: 0, different: 0, same: 0 };
  for (const [name, pattern] of Object.entries(patterns)) {
    for (let place = 0; place < places; place++) {
      const at = place === 0 ? 20 : random.below(bytes.length);
      const disk = new SimFileSystem();
      disk.plant(path, bytes);
      pattern(disk, path, at, { other: undefined, older: undefined });
      const damaged = disk.files().get(path);
      if (damaged === undefined || Buffer.compare(damaged, bytes) === 0) continue;
      try {
        counts[outcomeOf(folder, damaged, whole)] += 1;
      } catch (error) {
        violations.push(`${name} at ${at}: ${told(error)}`);
      }
    }
  }
  const cases = counts.told + counts.different + counts.same + violations.length;
  return { cases, told: counts.told, different: counts.different, violations };
}

function wholeContents(folder: string, bytes: Uint8Array): string {
  putOldProfileBack(folder, bytes);
  const store = openOldProfile(folder);
  const whole = contentsOf(store);
  store.close();
  return whole;
}

function outcomeOf(folder: string, damaged: Uint8Array, whole: string): 'told' | 'different' | 'same' {
  putOldProfileBack(folder, damaged);
  let store: ReturnType<typeof openOldProfile> | undefined;
  try {
    store = openOldProfile(folder);
    const contents = contentsOf(store);
    const { storages } = JSON.parse(contents) as { readonly storages: readonly unknown[] };
    if (storages.length === 0 && damaged.length > 0) throw new Error('it was begun anew');
    return contents === whole ? 'same' : 'different';
  } catch (error) {
    if (isStrataError(error) && error.code.startsWith('profile.')) return 'told';
    throw error;
  } finally {
    store?.close();
  }
}
