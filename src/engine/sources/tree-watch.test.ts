import fs from 'node:fs';
import path from 'node:path';
import type { Event } from '@parcel/watcher';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { silentLog } from '../kernel/log.ts';
import { noticesKept } from '../kernel/network-place.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import type { NativeWatcher } from './native-watcher.ts';
import type { ChangeNotice, Watcher } from './source.ts';
import { watchTrees } from './tree-watch.ts';

/** The system's side, told what to say: limits and overflows of a real one cannot be had without breaking the machine of others. */
class ScriptedSystem implements NativeWatcher {
  refuses: Error | undefined;
  since: readonly Event[] | Error = [];
  readonly watched: string[] = [];
  tell: (error: Error | null, events: Event[]) => unknown = () => undefined;

  async subscribe(directory: string, tell: (error: Error | null, events: Event[]) => unknown) {
    if (this.refuses) throw this.refuses;
    this.watched.push(directory);
    this.tell = tell;
    return { unsubscribe: async () => undefined };
  }
  async writeSnapshot(_: string, snapshot: string): Promise<string> {
    fs.writeFileSync(snapshot, String(this.watched.length));
    return snapshot;
  }
  async getEventsSince(): Promise<Event[]> {
    if (this.since instanceof Error) throw this.since;
    return [...this.since];
  }
}

interface World {
  readonly system: ScriptedSystem;
  readonly clock: FakeClock;
  readonly at: (...names: string[]) => string;
  readonly notices: ChangeNotice[];
  readonly lost: unknown[];
  readonly memory: string;
  watch(): Promise<Watcher>;
}

function world(): World {
  const [root, memory] = [fs.realpathSync(temporaryFolder()), path.join(temporaryFolder(), 'memory')];
  const at = (...names: string[]): string => path.join(root, ...names);
  const [system, clock] = [new ScriptedSystem(), fakeClock()];
  const [notices, lost]: [ChangeNotice[], unknown[]] = [[], []];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const tree = {
    roots: [root],
    files: new NodeFileSystem(),
    matters: (_: string, changed: string) => !changed.endsWith('.tmp'),
    folderOf: (_: string, changed: string) => path.dirname(changed),
  };
  const listener = {
    signal: stop.signal,
    clock,
    log: silentLog,
    memory,
    ownPaths: [at('storage')],
    tell: (notice: ChangeNotice) => void notices.push(notice),
    lost: (failure: unknown) => void lost.push(failure),
  };
  const watch = async (): Promise<Watcher> => {
    const watcher = await watchTrees(tree, listener, async () => system);
    onTestFinished(() => watcher.close());
    return watcher;
  };
  return { system, clock, at, notices, lost, memory: `${memory}-0`, watch };
}

const update = (changed: string): Event => ({ type: 'update', path: changed });
const create = (changed: string): Event => ({ type: 'create', path: changed });
const folders = (...named: string[]): ChangeNotice => ({ kind: 'folders', folders: named });
const nobodyKnows: ChangeNotice = { kind: 'everything', because: 'beginning' };

describe('a watcher of directories', () => {
  it('tells the folders of what changed, once each, and nothing of what is left out or of this program', async () => {
    const { system, at, notices, watch } = world();
    await watch();
    system.tell(null, [update(at('a', '1')), create(at('a', '2')), update(at('b', '3')), update(at('c', '4.tmp'))]);
    system.tell(null, [update(at('storage', 'packs', 'p')), update(at('storage'))]);
    expect(notices).toEqual([nobodyKnows, folders(at('a'), at('b'))]);
  });

  it.skipIf(noticesKept() === undefined)(
    'asks for a scan when so much comes at once that the system may have dropped some',
    async () => {
      const { system, at, notices, watch } = world();
      await watch();
      const many = (count: number): Event[] => Array.from({ length: count }, (_, number) => update(at('a', String(number))));
      system.tell(null, many(Math.floor((noticesKept() ?? 0) / 3)));
      expect(notices).toEqual([nobodyKnows, folders(at('a'))]);
      system.tell(null, many(Math.floor((noticesKept() ?? 0) / 3) + 1));
      expect(notices.slice(2)).toEqual([{ kind: 'everything', because: 'overflow' }, folders(at('a'))]);
    },
  );

  it('asks for a scan when the system says that it dropped some, and goes on', async () => {
    const { system, at, notices, lost, watch } = world();
    await watch();
    system.tell(new Error('Events were dropped by the FSEvents client. File system must be re-scanned.'), []);
    system.tell(null, [update(at('a', '1'))]);
    expect(notices.slice(1)).toEqual([{ kind: 'everything', because: 'overflow' }, folders(at('a'))]);
    expect(lost).toEqual([]);
  });

  it('is lost with the directory itself, and with what it does not understand', async () => {
    const { system, at, lost, watch } = world();
    await watch();
    system.tell(null, [{ type: 'delete', path: at() }]);
    system.tell(new Error('anything'), []);
    expect(lost).toMatchObject([
      { code: 'source.watch-lost', facts: { reason: 'ENOENT' } },
      { code: 'source.watch-lost', facts: { reason: 'watcher' } },
    ]);
  });

  it('polls where the system watches no more places, says so, and finds what changed by its snapshot', async () => {
    const { system, clock, at, notices, memory, watch } = world();
    system.refuses = new Error('inotify_add_watch on /x failed: No space left on device');
    fs.writeFileSync(memory, '');
    const watcher = await watch();
    expect(watcher).toMatchObject({ by: 'polling', because: 'limit', everyMs: 300_000 });
    expect(notices).toEqual([]);
    system.since = [update(at('a', '1'))];
    await clock.advance(300_000);
    expect(notices).toEqual([folders(at('a'))]);
    await watcher.close();
    await clock.advance(600_000);
    expect(notices).toHaveLength(1);
  });

  it('watches a tree that came whole, and begins anew where those are many', async () => {
    const { system, at, lost, watch } = world();
    await watch();
    for (let tree = 0; tree < 33; tree += 1) {
      fs.mkdirSync(at(`tree ${tree}`, 'below'), { recursive: true });
      system.tell(null, [create(at(`tree ${tree}`))]);
    }
    fs.mkdirSync(at('empty'));
    system.tell(null, [create(at('empty'))]);
    expect(system.watched).toEqual([at(), ...Array.from({ length: 32 }, (_, tree) => at(`tree ${tree}`))]);
    expect(lost).toHaveLength(1);
  });
});

describe('a snapshot', () => {
  it('tells what changed while nobody watched; without one, or with one that is of no use, only a scan knows', async () => {
    const { system, at, notices, memory, watch } = world();
    fs.writeFileSync(memory, '');
    system.since = [update(at('a', '1'))];
    await watch();
    expect(notices.splice(0)).toEqual([folders(at('a'))]);
    system.since = new Error('not a snapshot');
    await watch();
    fs.rmSync(memory);
    await watch();
    expect(notices).toEqual([nobodyKnows, nobodyKnows]);
  });

  it('stays as it was until what was told before the new one is stored', async () => {
    const { memory, watch } = world();
    fs.writeFileSync(memory, 'old');
    const keep = await (await watch()).mark?.();
    expect(fs.readFileSync(memory, 'utf8')).toBe('old');
    keep?.();
    expect(fs.readFileSync(memory, 'utf8')).toBe('1');
  });
});
