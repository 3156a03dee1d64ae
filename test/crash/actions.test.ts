import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../src/engine/index.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const child = new URL('./action-child.ts', import.meta.url).pathname;
const keychain = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/** Runs the child until its command goes on, kills it, and gives the command's process. */
function killWhileItRuns(folder: string): Promise<number> {
  const started = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  started.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    if (/^pid \d+$/m.test(said)) started.kill('SIGKILL');
  });
  return new Promise((resolve) => started.once('close', () => resolve(Number(/^pid (\d+)$/m.exec(said)?.[1]))));
}

it('a process that is killed while a command goes on leaves a run that says so, and so does the next run', async () => {
  const folder = temporaryFolder();
  const pid = await killWhileItRuns(folder);
  onTestFinished(() => void process.kill(-pid, 'SIGKILL'));
  const engine = await openEngine({ profileDir: `${folder}/profile`, keychain, appVersion: '0', log: silentLog });
  onTestFinished(() => engine.close('now'));
  const [job] = engine.parts.store.jobs();
  const [broken] = engine.parts.store.runs({ job: null, storage: null, kind: null, limit: 9 });
  if (job === undefined || broken === undefined) throw new Error('nothing is there');
  expect(broken).toMatchObject({ status: 'interrupted', steps: [{ kind: 'before', name: 'Hang', state: 'cut' }] });

  await engine.storages.unlock(job.storage, { by: 'password', password: 'correct horse battery' }, false);
  const [hang] = await engine.actions.list(job.id);
  if (hang === undefined) throw new Error('the action is gone');
  const { id, secretsInKeychain: _kept, missingSecrets: _missing, ...definition } = hang;
  await engine.actions.put({ job: job.id, id, definition: { ...definition, isOn: false }, secrets: {}, keepInKeychain: false });
  fs.writeFileSync(`${folder}/files/letter.txt`, 'Dear Ada');
  const next = await engine.parts.runs.ended(await engine.jobs.run(job.id, 'person'));
  expect(next).toMatchObject({
    status: 'success',
    problems: [{ failure: { code: 'action.was-cut', facts: { action: 'Hang' } } }],
  });
});
