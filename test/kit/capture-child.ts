// Captures as the profile of a folder says until it is killed.
//   node test/kit/capture-child.ts <folder> <entries of the keychain, as JSON>
import { openCapturing } from './capturing-engine.ts';

const [root = '', secrets = '[]'] = process.argv.slice(2);
setInterval(() => undefined, 60_000);
await openCapturing(root, new Map(JSON.parse(secrets) as [string, string][]));
