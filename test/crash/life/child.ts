// Saves what one job saves, at a time that is given, and kills itself at the n-th change of a disk after the run began.
//   node test/crash/life/child.ts <profile> <now> <boot> <job> <n>     with the secrets of its keychain as JSON on stdin
import { readFileSync } from 'node:fs';
import { silentLog } from '../../../src/engine/kernel/log.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { systemMachine } from '../../../src/engine/kernel/system-machine.ts';
import { systemRandom } from '../../../src/engine/kernel/system-random.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { countedFiles } from '../real/breaking-files.ts';
import { keychainOf } from './keychain.ts';
import { MadeUpMachine } from './machine.ts';

const [profileDir = '', now = '', bootId = '', job = '', killAt = ''] = process.argv.slice(2);
const { clock } = new MadeUpMachine(Number(now));
let left = Number.POSITIVE_INFINITY;
const files = countedFiles(() => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
const machine = { ...systemMachine(new NodeFileSystem(), profileDir, systemRandom), bootId };
const keychain = keychainOf(new Map(JSON.parse(readFileSync(0, 'utf8')) as [string, string][]));
const engine = await openEngine({ profileDir, keychain, appVersion: '0', log: silentLog, instead: { clock, machine, files } });
engine.onNotice((name) => {
  if (name === 'run.started') left = Number(killAt);
});
await engine.parts.runs.ended(await engine.jobs.run(job as JobId, 'schedule'));
await engine.close('now');
