// Runs a job whose first action hangs, until it is killed. Says `pid N` when that one goes on.
//   node test/crash/action-child.ts <folder>
import fs from 'node:fs';
import { openEngine } from '../../src/engine/index.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';

const [folder = ''] = process.argv.slice(2);
const keychain = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};
const engine = await openEngine({ profileDir: `${folder}/profile`, keychain, appVersion: '0', log: silentLog });
fs.mkdirSync(`${folder}/files`);
const password = 'correct horse battery';
const { id: storage } = await engine.storages.create({ name: 'S', path: `${folder}/storage`, password, keepInKeychain: false });
const settings = {
  ...{ kind: 'files' as const, paths: [`${folder}/files`], exclude: [], excludeIfPresent: [], oneFileSystem: false },
};
const { id: source } = await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false });
const { id: job } = engine.jobs.create({ name: 'J', sources: [source], storage, schedule: { mode: 'manual' } });
const deed = { kind: 'command', program: 'echo $$ > pid; exec sleep 300', arguments: [], shell: true, folder } as const;
const definition = { name: 'Hang', when: 'before', onFailure: 'stop', timeoutSeconds: 600, isOn: true, deed } as const;
await engine.actions.put({ job, id: null, definition, secrets: {}, keepInKeychain: false });
await engine.jobs.run(job, 'person');
while (!fs.existsSync(`${folder}/pid`) || fs.readFileSync(`${folder}/pid`, 'utf8') === '') await systemClock.sleep(20);
process.stdout.write(`pid ${fs.readFileSync(`${folder}/pid`, 'utf8').trim()}\n`);
