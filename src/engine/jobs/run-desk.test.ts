import { beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { Cancelled, StrataError } from '../../shared/domain/strata-error.ts';
import { fakeClock, type FakeClock } from '../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { openProfileStore, type ProfileStore } from '../catalog/index.ts';
import { silentLog } from '../kernel/log.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { RunDesk, type RunBody } from './index.ts';

let clock: FakeClock;
let store: ProfileStore;
let told: string[];
let desk: RunDesk;

const newDesk = (): RunDesk =>
  new RunDesk({
    store,
    clock,
    random: seededRandom(7),
    log: silentLog,
    notices: {
      started: (run) => told.push(`started ${run.status}`),
      progress: (_, progress) => told.push(`progress ${progress.itemsDone}`),
      ended: (run) => told.push(`ended ${run.status}, stored ${store.run(run.id)?.status}`),
    },
  });

beforeEach(() => {
  clock = fakeClock();
  store = openProfileStore({ path: `${temporaryFolder()}/state.sqlite`, files: new NodeFileSystem() });
  told = [];
  desk = newDesk();
});

const start = (body: RunBody): RunId => desk.start({ kind: 'backup', job: null, storage: null, trigger: 'person', body });
const endOf = async (id: RunId): Promise<Run | undefined> => desk.ended(id);

describe('a run', () => {
  it('is stored with its outcome before anybody is told that it ended', async () => {
    await endOf(start(async () => ({ status: 'success' })));
    expect(told).toEqual(['started running', 'ended success, stored success']);
  });

  it('that fails as expected ends with the failure, and a bug ends with the code `bug` and no text of it', async () => {
    const expected = await endOf(
      start(async () => {
        throw new StrataError('disk.full', 'after-user-action', { path: '/x' });
      }),
    );
    expect(expected).toMatchObject({ status: 'failed', failure: { code: 'disk.full', facts: { path: '/x' } } });
    const bug = await endOf(
      start(async () => {
        throw new TypeError('secret text');
      }),
    );
    expect(bug).toMatchObject({ status: 'failed', failure: { code: 'bug', facts: { name: 'TypeError' } } });
    expect(JSON.stringify(bug)).not.toContain('secret text');
  });

  it('that is stopped after the item at hand is only asked to finish; stopped now, it is cancelled', async () => {
    const seen: boolean[][] = [];
    const body: RunBody = async (run) => {
      await new Promise<void>((resolve) => run.finishSoon.addEventListener('abort', () => resolve()));
      seen.push([run.finishSoon.aborted, run.signal.aborted]);
      await clock.sleep(10);
      if (run.signal.aborted) throw new Cancelled('stopped');
      return { status: 'stopped' };
    };
    const id = start(body);
    await clock.advance(1);
    expect(desk.stop(id, 'after-item')).toBe(true);
    await clock.advance(0); // the body hears of it and begins to wait
    await clock.advance(20);
    expect((await endOf(id))?.status).toBe('stopped');
    expect(seen).toEqual([[true, false]]);
    expect(desk.stop(id, 'now')).toBe(false);
  });

  it('is told of at most ten times a second, and not at all while nothing changes', async () => {
    const id = start(async (run) => {
      for (let item = 0; item < 100; item += 1) {
        run.progress.done(1, 10);
        await clock.sleep(10);
      }
      await clock.sleep(5000);
      return { status: 'success' };
    });
    await clock.advance(1000);
    const during = told.filter((line) => line.startsWith('progress')).length;
    expect(during).toBeGreaterThan(5);
    expect(during).toBeLessThanOrEqual(10);
    await clock.advance(4000);
    expect(told.filter((line) => line.startsWith('progress')).length).toBeLessThanOrEqual(during + 1);
    await clock.advance(5000);
    expect((await endOf(id))?.bytes.read).toBe(1000);
  });

  it('whose engine went away is shown as interrupted by the next one, with the numbers of at most five seconds before', async () => {
    const id = start(async (run) => {
      run.progress.count('new', 3);
      await clock.sleep(1_000_000);
      return { status: 'success' };
    });
    await clock.advance(6000);
    const next = newDesk(); // the first one is never heard of again
    next.markInterrupted();
    expect(store.run(id)).toMatchObject({ status: 'interrupted', failure: { code: 'run.interrupted' }, counts: { new: 3 } });
  });
});

it('closing waits until every run has come to its end', async () => {
  const id = start(async (run) => {
    await new Promise<void>((resolve) => run.finishSoon.addEventListener('abort', () => resolve()));
    return { status: 'stopped' };
  });
  await clock.advance(1);
  await desk.close('finish-item');
  expect(store.run(id)?.status).toBe('stopped');
  expect(desk.going()).toEqual([]);
});
