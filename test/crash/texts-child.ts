// Fills the index of texts and says `filling` as it begins. Somebody kills it meanwhile.
//   node test/crash/texts-child.ts <folder> <storage>
import type { StorageId } from '../../src/shared/domain/ids.ts';
import { RehearsalWorld } from '../kit/rehearsal-world.ts';

const [folder = '', storage = ''] = process.argv.slice(2);
const world = new RehearsalWorld(folder);
const engine = await world.open();
await engine.storages.show(storage as StorageId);
process.stdout.write('filling\n');
const run = await engine.texts.fill(storage as StorageId, 'person');
if (run !== null) await engine.parts.runs.ended(run);
await engine.close('now');
process.stdout.write('done\n');
