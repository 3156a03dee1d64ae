import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import { openLocalTarget } from '../../../../src/engine/targets/local/index.ts';
import { seededRandom } from '../../../kit/seeded-random.ts';
import { SimFileSystem } from '../../../kit/sim-file-system.ts';

const bytes = Uint8Array.of(1, 2, 3);

const occupants: Readonly<Record<string, (files: SimFileSystem) => void>> = {
  'a folder': (files) => files.makeDirectory('/disk/name', 0o700),
  'a link': (files) => files.symlink('nowhere', '/disk/name'),
  'a torn file': (files) => files.plant('/disk/name', bytes.slice(0, 1)),
};

/** Something else has the name that a file is to get. Nobody says that the file is there. */
export function tryTakenName(): Promise<string | undefined> {
  for (const [what, occupy] of Object.entries(occupants)) {
    const files = new SimFileSystem();
    const target = openLocalTarget(files, '/disk', seededRandom(1));
    target.prepare();
    occupy(files);
    try {
      target.put('name', bytes);
      return Promise.resolve(`stored where ${what} is`);
    } catch (error) {
      if (!isStrataError(error)) throw error;
    }
  }
  return Promise.resolve(undefined);
}
