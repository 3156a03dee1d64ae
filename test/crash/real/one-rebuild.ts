// Makes the catalog of a storage anew, on a real disk.
//   node test/crash/real/one-rebuild.ts <folder> <device secret>
import { rebuildCatalog } from './real-catalog.ts';
import { openReal } from './real-world.ts';

const [folder = '', secret = ''] = process.argv.slice(2);
rebuildCatalog(folder, await openReal(folder, secret));
