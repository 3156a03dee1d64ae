import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CaptureWorld } from '../kit/capture-world.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

const filesSettings = (...paths: readonly string[]) =>
  ({ kind: 'files', paths, exclude: ['*.tmp'], excludeIfPresent: [], oneFileSystem: false }) as const;

async function filesWorld(): Promise<{
  world: CaptureWorld;
  at: (name: string) => string;
  write: (name: string, text?: string) => void;
}> {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, 'files', name);
  const write = (name: string, text = name): void => {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  };
  for (let number = 0; number < 20; number += 1) write(`first/${number}`);
  const world = new CaptureWorld(root);
  await world.make(filesSettings(at('')));
  return { world, at, write };
}

describe('a watched directory', () => {
  it('has a file in the storage soon after it was written, changed, moved and deleted, without a scan', async () => {
    const { world, at, write } = await filesWorld();
    const has = (name: string) => async (): Promise<boolean> => (await world.names()).includes(at(name));
    write('letter');
    write('new/deep/down/letter');
    await world.until(has('new/deep/down/letter'));
    write('new/deep/down/second');
    await world.until(has('new/deep/down/second'));
    fs.renameSync(at('new'), at('newer'));
    await world.until(has('newer/deep/down/second'));
    write('newer/deep/down/third');
    fs.rmSync(at('letter'));
    await world.until(has('newer/deep/down/third'));
    expect(await world.names()).not.toContain(at('new/deep/down/letter'));
    await world.until(async () => !(await world.names()).includes(at('letter')));
    const view = await world.idle();
    expect(view).toMatchObject({ scanDue: null, failure: null, sources: [{ state: 'events' }] });
    expect(world.engine.parts.store.runs({ job: world.job, storage: null, kind: 'backup', limit: 10 })).toHaveLength(1);
  });

  it('makes few commits of five thousand files at once, and of one file that changes all the time', async () => {
    const { world, at, write } = await filesWorld();
    const before = world.commits();
    for (let number = 0; number < 5000; number += 1) write(`burst/${number % 7}/${number}`);
    await world.until(({ changes, pending, state }) => changes >= 5000 && pending === 0 && state === 'watching');
    expect((await world.names()).length).toBe(5020);
    for (let number = 0; number < 200; number += 1) write('log', `line ${number}`);
    await world.until(async () => (await world.names()).includes(at('log')));
    await world.idle();
    expect(world.commits() - before).toBeLessThanOrEqual(12);
  });

  it('does not follow what this program writes itself, nor what is left out', async () => {
    const { world, at, write } = await filesWorld();
    const source = world.engine.parts.store.sources()[0];
    if (source === undefined) throw new Error('no source');
    // The whole folder of the test, with the storage and the profile in it.
    await world.engine.sources.edit({ ...source, settings: filesSettings(world.root), secret: null, keepInKeychain: false });
    world.engine.jobs.switch(world.job, { capture: 'on' });
    await world.scan();
    write('ignored.tmp');
    write('letter');
    await world.until(async () => (await world.names()).includes(at('letter')));
    const commits = world.commits();
    const { changes } = await world.idle();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect([world.commits(), (await world.view()).changes]).toEqual([commits, changes]);
  });

  it('tells after the app was closed what happened meanwhile, and shows the gap', async () => {
    const { world, at, write } = await filesWorld();
    write('before');
    await world.until(async () => (await world.names()).includes(at('before')));
    await world.idle();
    await world.close();
    write('meanwhile');
    fs.rmSync(at('first/3'));
    await world.open();
    await world.until(async () => (await world.names()).includes(at('meanwhile')));
    expect(await world.names()).not.toContain(at('first/3'));
    expect(await world.view()).toMatchObject({ scanDue: null });
    const [book] = world.engine.parts.store.captures();
    expect(book?.stretches.map(({ end, caughtUp }) => [end, caughtUp])).toEqual([
      ['stopped', false],
      [null, true],
    ]);
  });

  it('has everything, and nothing twice, after it was killed while it stored what had changed', async () => {
    const { world, at, write } = await filesWorld();
    await world.idle();
    await world.close();
    for (const [kill, afterMs] of [0, 60].entries()) {
      const change = (): void => {
        for (let number = 0; number < 200; number += 1) write(`killed ${kill}/${number}`);
        fs.rmSync(at(`first/${kill}`));
      };
      await world.killWhileStoring(change, afterMs);
    }
    await world.open();
    await world.until(async () => (await world.names()).length === 418);
    expect((await world.idle()).scanDue).toBeNull();
    const [book] = world.engine.parts.store.captures();
    expect(book?.stretches.map(({ end }) => end)).toEqual(['stopped', 'interrupted', 'interrupted', null]);
    expect((await world.scan()).counts).toMatchObject({ new: 0, changed: 0, moved: 0, vanished: 0, failed: 0 });
  });

  it('asks for a scan where nobody knows what happened: without a snapshot, and where much has gone', async () => {
    const { world, at, write } = await filesWorld();
    for (let number = 0; number < 60; number += 1) write(`many/${number}`);
    await world.until(async () => (await world.names()).length === 80);
    fs.rmSync(at('many'), { recursive: true });
    await world.until(({ scanDue }) => scanDue?.because === 'much');
    expect((await world.names()).length).toBe(80);
    expect(await world.engine.jobs.tick()).toBe(0); // the last scan ended a moment ago
    await world.scan();
    expect((await world.view()).scanDue).toBeNull();
    expect((await world.names()).length).toBe(20);

    await world.close();
    for (const name of fs.readdirSync(path.join(world.root, 'profile/watch')))
      fs.rmSync(path.join(world.root, 'profile/watch', name));
    await world.open();
    await world.until(({ scanDue }) => scanDue?.because === 'beginning');
  });

  it('is not watched while capture is paused, which is said loudly where nothing scans either, and is caught up with afterwards', async () => {
    const { world, at, write } = await filesWorld();
    await world.idle();
    world.engine.jobs.switch(world.job, { capture: 'paused', scan: 'paused' });
    await world.until(({ state }) => state === 'paused');
    await world.engine.captures.settled();
    expect(await world.needs()).toContain('job-unwatched');
    write('unseen');
    expect((await world.view()).gaps).toMatchObject([{ toMs: null }]);
    world.engine.jobs.switch(world.job, { capture: 'on' });
    await world.until(async () => (await world.names()).includes(at('unseen')));
    expect(await world.needs()).not.toContain('job-unwatched');
  });
});

withDovecot('a watched account', (dovecot) => {
  it('has every delivery, flag, move, expunge and new folder in the storage soon, by NOTIFY, and after the connection was cut', async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    await mailbox.create('Archive');
    for (let n = 1; n <= 10; n += 1) await mailbox.append('INBOX', plainMessage(n));
    const world = new CaptureWorld(temporaryFolder());
    const settings = dovecot().settings(user, 'starttls', { certificateSha256: dovecot().certificateSha256 });
    await world.make(settings, dovecot().password);
    expect((await world.idle()).sources).toMatchObject([{ state: 'events' }]);
    dovecot().takeSaid();

    const counted = async (folder: string): Promise<number> =>
      (await world.names()).filter((name) => name.startsWith(`${folder}/`)).length;
    const changes = async (): Promise<number> => (await world.view()).changes;
    await mailbox.append('INBOX', plainMessage(11));
    await world.until(async () => (await counted('INBOX')) === 11);
    const seen = await changes();
    await mailbox.flag('INBOX', '3', ['\\Flagged']);
    await world.until(async () => (await changes()) > seen);
    await mailbox.move('INBOX', '4', 'Archive');
    await world.until(async () => (await counted('Archive')) === 1 && (await counted('INBOX')) === 10);
    await mailbox.expunge('INBOX', '5');
    await world.until(async () => (await counted('INBOX')) === 9);
    await mailbox.create('New');
    await mailbox.append('New', plainMessage(12));
    await world.until(async () => (await counted('New')) === 1);

    dovecot().cutConnections(user);
    await mailbox.close();
    const again = await dovecot().mailbox(user);
    await again.append('INBOX', plainMessage(13));
    await world.until(async () => (await counted('INBOX')) === 10);
    expect((await world.idle()).scanDue).toBeNull();
    await again.close();
    await world.close();
    const said = dovecot()
      .takeSaid()
      .filter((line) => /^\S+ (?:NOTIFY|IDLE|LIST|EXAMINE|UID FETCH|STORE|UID STORE|APPEND|SELECT)/.test(line));
    expect(said.some((line) => line.includes('NOTIFY SET'))).toBe(true);
  });
});
