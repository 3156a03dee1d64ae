import { expect, it } from 'vitest';
import { TestAccount } from '../kit/dav/account.ts';
import { ChangingAccount } from '../kit/dav/changing-account.ts';
import { event, note, task } from '../kit/dav/objects.ts';
import { Strata } from '../kit/command-line/strata.ts';
import { withDavServers } from '../kit/dav/use-servers.ts';
import { makeDavCycle } from '../kit/dav/cycle-world.ts';
import { withRadicale } from '../kit/radicale/use-radicale.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const steps = 200;
const stepsPerCycle = 20;

/** Xandikos lets no object be moved. */
const xandikosMovesNothing = ['Xandikos'];

withDavServers(
  'an account that changes all the time',
  (world) => {
    it('is in the storage as it is on the server, after each twenty of many changes', async () => {
      const seed = Number(process.env['STRATA_SEED'] ?? 4);
      console.info(`STRATA_SEED=${seed}`);
      const { user, account } = await world().account('caldav');
      const cycle = await makeDavCycle(world().server, user);
      const changing = new ChangingAccount(account, seed, objectOf);
      for (let step = 1; step <= steps; step++) {
        await changing.change();
        if (step % stepsPerCycle !== 0) continue;
        expect((await cycle.run()).failed).toBe(0);
        expect(await cycle.stored()).toEqual(await onServer(account));
        expect(cycle.collections()).toEqual(expect.arrayContaining(changing.names()));
      }
      const quiet = await cycle.run();
      expect(quiet).toMatchObject({ new: 0, changed: 0, metadataOnly: 0, moved: 0, vanished: 0, failed: 0 });
      cycle.close();
    });
  },
  xandikosMovesNothing,
);

/** `collection/object` → bytes, in the same order as what is stored. */
const onServer = async (account: TestAccount): Promise<Map<string, string>> =>
  new Map([...(await account.everything())].sort(([one], [other]) => (one < other ? -1 : 1)));

const objectOf = (n: number, text?: string): Uint8Array => ([event, task, note][n % 3] ?? event)(n, text);

withRadicale('a calendar, through the command line', (radicale) => {
  it('is added, backed up, changed, backed up again, and comes back into a new calendar as it was at first', async () => {
    const user = radicale().newUser();
    const account = new TestAccount(radicale(), 'caldav', user, `/${user}/`);
    await account.make('work', 'Work');
    for (let n = 1; n <= 5; n++) await account.put('work', `${n}.ics`, objectOf(n));
    const atFirst = await account.everything();
    const folder = temporaryFolder();
    const strata = new Strata(`${folder}/profile`, { STRATA_SECRET: radicale().password });
    await strata.ok('storage', 'create', `${folder}/storage`, '--name', 'Disk', '--recovery-key', `${folder}/key.txt`);
    await strata.ok('source', 'add', 'caldav', 'Cal', '--url', radicale().url, '--user', user);
    expect((await strata.ok('source', 'tree', 'Cal', '--counts')).out).toContain(`/${user}/work/  5`);
    expect((await strata.ok('source', 'show', 'Cal')).out).toContain(user);
    await strata.ok('job', 'create', 'Daily', '--source', 'Cal', '--storage', 'Disk', '--mode', 'manual');
    const first = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    expect(first).toMatchObject({ status: 'success', counts: { new: 5, failed: 0 } });

    await account.put('work', '1.ics', objectOf(1, 'another title'));
    await account.remove('work', '2.ics');
    const second = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    expect(second).toMatchObject({ status: 'success', counts: { new: 0, changed: 1, vanished: 1, failed: 0 } });

    const words = ['restore', 'Disk', '--run', first.id, '--to', 'source:Cal', '--restore-root', 'Restored'];
    await strata.ok(...words);
    const restored = await account.everything(['restored-work']);
    expect([...restored].map(([key, text]) => [key.replace('restored-', ''), text])).toEqual([...atFirst]);
    expect((await strata.ok(...words, '--json')).json<RestoreJson>()).toMatchObject({ created: 0, skipped: 5 });
    const third = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    expect(third).toMatchObject({ counts: { new: 5, changed: 0, vanished: 0, failed: 0 } });

    await strata.ok('restore', 'Disk', '--source', 'Cal', '--run', first.id, '--to', 'original', '--conflict', 'replace');
    expect(await account.everything(['work'])).toEqual(atFirst);
    const wrong = await strata.run(['source', 'test', 'Cal'], { STRATA_SECRET: 'wrong' });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('source.sign-in-refused')]);
  });
});

interface RunJson {
  readonly id: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
}

interface RestoreJson {
  readonly created: number;
  readonly skipped: number;
}
