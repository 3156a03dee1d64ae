// Opens a profile that an older Strata wrote, on a real disk, and says how many storages it knows.
//   node test/crash/real/one-migration.ts <folder>
import { openOldProfile } from './old-profile.ts';

const [folder = ''] = process.argv.slice(2);
const store = openOldProfile(folder);
console.log(store.storages().length);
store.close();
