import { expect, it } from 'vitest';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import { type CycleWorld, openCycleWorld } from '../kit/cycle-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

withCyrus('an account on a server that gives folders and messages ids (OBJECTID), Cyrus', (cyrus) => {
  const begin = async () => {
    const user = await cyrus().newUser();
    const mailbox = await cyrus().mailbox(user);
    for (const folder of ['Work', 'Work/Plans', 'Archive']) await mailbox.create(folder);
    for (let n = 1; n <= 5; n += 1) await mailbox.append('Work', plainMessage(n), n % 2 === 0 ? ['\\Seen'] : []);
    await mailbox.append('Work/Plans', plainMessage(6));
    for (let n = 7; n <= 9; n += 1) await mailbox.append('INBOX', plainMessage(n));
    const settings = cyrus().settings(user, 'none');
    const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, cyrus().credential));
    expect((await world.cycle()).counts).toMatchObject({ new: 9, failed: 0 });
    cyrus().takeSaid();
    return { mailbox, world };
  };
  const bodiesAsked = (): string[] =>
    cyrus()
      .takeSaid()
      .filter((line) => line.includes('BODY.PEEK[]'));

  it('knows a renamed folder, and a moved and a copied message, without fetching a message again', async () => {
    const { mailbox, world } = await begin();
    await mailbox.rename('Work', 'Projects');
    await mailbox.move('INBOX', '2', 'Archive');
    await mailbox.copy('INBOX', '3', 'Archive');
    const before = await versions(world);
    const { counts } = await world.cycle();
    expect(bodiesAsked()).toEqual([]);
    expect(counts).toMatchObject({ new: 1, moved: 1, changed: 0, metadataOnly: 0, vanished: 0, failed: 0 });
    const after = await versions(world);
    expect([...before.values()]).toEqual(Array(before.size).fill(1));
    const twice = [...after].filter(([, version]) => version > 1).map(([path]) => path);
    // The folder, the one in it (whose metadata say its path), and the moved message; of the copy the first.
    expect(twice).toEqual(['Archive/1', 'Projects', 'Projects/Plans']);
    expect([...after.values()].reduce((sum, version) => sum + version, 0)).toBe(before.size + 4);
    world.close();
    await mailbox.close();
  });

  it('knows a renamed folder and the new one that has its name apart', async () => {
    const { mailbox, world } = await begin();
    await mailbox.rename('Work', 'Finished');
    await mailbox.create('Work');
    await mailbox.append('Work', plainMessage(20));
    const { counts } = await world.cycle();
    expect(bodiesAsked()).toHaveLength(1);
    expect(counts).toMatchObject({ new: 1, moved: 0, vanished: 0, failed: 0 });
    expect([...(await versions(world)).keys()]).toEqual(expect.arrayContaining(['Finished/5', 'Finished/Plans/1', 'Work/1']));
    world.close();
    await mailbox.close();
  });
});

/** Path → number of its transactions, of everything that is there. */
async function versions(world: CycleWorld): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const collect = collectingDestination(({ manifest, folderPath }) => {
    found.set([...folderPath, manifest.name].join('/'), manifest.version);
  });
  await world.restore(collect);
  return found;
}
