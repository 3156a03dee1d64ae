import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import type { ChangeNotice } from '../../src/engine/sources/source.ts';
import type { Cyrus } from '../kit/cyrus/cyrus.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { notLooking } from '../kit/looking-commands.ts';
import { plainMessage } from '../kit/test-messages.ts';

/** A watcher whose clock stands still until the test moves it; what comes from the server comes when it comes. */
async function watched(server: Cyrus, user: string) {
  const [clock, stop] = [fakeClock(), new AbortController()];
  const [told, lost]: [Set<string>, unknown[]] = [new Set(), []];
  const tell = (notice: ChangeNotice): void => {
    for (const folder of notice.kind === 'folders' ? notice.folders : [notice.kind]) told.add(folder);
  };
  const listener = {
    signal: stop.signal,
    clock,
    log: silentLog,
    memory: '',
    ownPaths: [],
    tell,
    lost: (failure: unknown) => void lost.push(failure),
  };
  const watcher = await imapSource(server.settings(user, 'none'), server.credential).watch?.(listener);
  onTestFinished(async () => {
    stop.abort();
    await watcher?.close();
  });
  /** What was told since the last call, once a folder is among it. It looks by itself every four minutes of the clock. */
  const toldOf = async (folder: string, stepMs: number): Promise<string[]> => {
    while (!told.has(folder)) {
      await clock.advance(stepMs);
      await wait(20);
    }
    const all = [...told].sort();
    told.clear();
    return all;
  };
  return { watcher, clock, told, lost, toldOf };
}

/** So that four minutes of the clock would take a minute and a half: who tells before was told. */
const atOnce = 50;
const later = 60_000;

withCyrus('a watched account on a server without NOTIFY', (cyrus) => {
  it('tells of the inbox as it happens, of other folders when it looks again, and says nothing that writes', async () => {
    const user = await cyrus().newUser();
    const mailbox = await cyrus().mailbox(user);
    await mailbox.create('INBOX.Archive');
    await mailbox.create('INBOX.Other');
    const uid = await mailbox.append('INBOX', plainMessage(1));
    await mailbox.close();
    cyrus().takeSaid();
    const { watcher, told, lost, toldOf } = await watched(cyrus(), user);
    expect(watcher).toMatchObject({ by: 'both', everyMs: 240_000 });
    expect([...told]).toEqual(expect.arrayContaining(['', 'INBOX', 'INBOX.Archive', 'INBOX.Other']));
    expect(notLooking(cyrus().takeSaid())).toEqual([]);
    told.clear();

    const again = await cyrus().mailbox(user);
    await again.append('INBOX', plainMessage(2));
    expect(await toldOf('INBOX', atOnce)).toEqual(['', 'INBOX']);
    await again.flag('INBOX', String(uid), ['\\Flagged']);
    expect(await toldOf('INBOX', atOnce)).toEqual(['', 'INBOX']);
    await again.expunge('INBOX', String(uid));
    expect(await toldOf('INBOX', atOnce)).toEqual(['', 'INBOX']);
    await again.append('INBOX.Archive', plainMessage(3));
    expect(await toldOf('INBOX.Archive', later)).toEqual(['', 'INBOX.Archive']);
    await again.create('INBOX.New');
    expect(await toldOf('INBOX.New', later)).toEqual(['', 'INBOX.New']);
    await again.remove('INBOX.Other');
    expect(await toldOf('', later)).toEqual(['']);
    expect(lost).toEqual([]);
    await again.close();
  });
});
