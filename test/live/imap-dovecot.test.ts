import fs from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonValue } from '../../src/shared/domain/json.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { noCursors, type Sighting, type Wanted } from '../../src/engine/sources/source.ts';
import { observe, type ObservedFolder, readAll } from '../../src/engine/sources/testing/observation.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { largeMessage, plainMessage } from '../kit/test-messages.ts';

withDovecot('an IMAP account whose files on Dovecot are at hand', (dovecot) => {
  it('gives all other messages when the server cannot hand out one', async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (const n of [1, 2, 3, 4, 5]) await mailbox.append('INBOX', plainMessage(n));
    const run = { ...testRun(), clock: systemClock };
    const source = imapSource(dovecot().settings(user, 'none'), dovecot().credential);
    const before = await source.open(run); // the sizes are in the server's cache from here on
    await observe(before, run);
    await before.close();
    fs.chmodSync(dovecot().messageFiles(user, 'INBOX')[2] as string, 0);
    const session = await source.open(run);
    const sightings = byPath(await observe(session, run)).get('INBOX')?.sightings ?? [];
    const answers = [...(await readAll(session, 'INBOX', content(sightings), run)).values()];
    expect(answers.map(({ problem }) => problem?.code ?? 'read')).toEqual(['read', 'read', 'item.unreadable', 'read', 'read']);
    await session.close();
    await mailbox.close();
  });

  it('walks and reads 2,000 messages, and walks them again unchanged', async () => {
    const user = dovecot().newUser();
    const count = 2000;
    dovecot().fill(
      user,
      'Big',
      (function* () {
        for (let n = 0; n < count; n++)
          yield n % 10 === 0 ? largeMessage(n, 200_000) : plainMessage(n, 'x'.repeat(70).concat('\r\n').repeat(60));
      })(),
    );
    const run = { ...testRun(), clock: systemClock };
    const source = imapSource(dovecot().settings(user, 'none'), dovecot().credential);
    const session = await source.open(run);
    const start = performance.now();
    const first = byPath(await observe(session, run));
    const listed = performance.now();
    let bytes = 0;
    let read = 0;
    for await (const reading of session.read('Big', content(first.get('Big')?.sightings ?? []), run)) {
      if (reading.content?.kind === 'bytes') bytes += reading.content.bytes.length;
      read += 1;
    }
    const end = performance.now();
    await session.close();
    expect(read).toBe(count);
    const again = await source.open(run);
    const openedAgain = performance.now();
    const second = byPath(await observe(again, run, { cursor: (key) => cursorsOf(first).get(key) ?? noCursors.cursor(key) }));
    const unchanged = performance.now() - openedAgain;
    await again.close();
    expect(second.get('Big')).toMatchObject({ visit: { scan: { completeness: 'changes' } }, sightings: [] });
    const mb = bytes / 1e6;
    console.log(
      `IMAP, ${count} messages, ${mb.toFixed(0)} MB: listed in ${(listed - start).toFixed(0)} ms, read in ${(end - listed).toFixed(0)} ms ` +
        `(${(mb / ((end - listed) / 1000)).toFixed(0)} MB/s), unchanged walk ${unchanged.toFixed(1)} ms`,
    );
  });
});

const byPath = (folders: readonly ObservedFolder[]): Map<string, ObservedFolder> =>
  new Map(folders.map((folder) => [folder.path.join('/'), folder]));

const cursorsOf = (folders: ReadonlyMap<string, ObservedFolder>): Map<string, JsonValue> =>
  new Map([...folders].flatMap(([path, { cursor }]) => (cursor === undefined ? [] : [[path, cursor] as const])));

const content = (sightings: readonly Sighting[]): Wanted[] => sightings.map((sighting) => ({ sighting, need: 'content' }));
