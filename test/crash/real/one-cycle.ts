// One cycle more on a real disk: ends with 0, or with 3 and the code of the failure.
//   node test/crash/real/one-cycle.ts <folder> <device secret> <number of the cycle>
import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { MapCatalog } from '../../kit/storage-world.ts';
import { killContents } from '../kill-contents.ts';
import { commitContents } from '../sim-world.ts';
import { openReal } from './real-world.ts';

const [folder = '', secret = '', cycle = ''] = process.argv.slice(2);
try {
  const world = await openReal(folder, secret);
  await commitContents(world, MapCatalog.rebuilt(world.storage), killContents(Number(cycle)));
} catch (error) {
  if (!isStrataError(error)) throw error;
  process.stdout.write(`${error.code}\n`);
  process.exitCode = 3;
}
