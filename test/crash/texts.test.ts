import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { RehearsalWorld } from '../kit/rehearsal-world.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';

const kills = inTier({ quick: 6, full: 100 });
const messages = 1500;

/** True: it was killed so long after it had begun; false: it was done before. */
function fillUntil(world: RehearsalWorld, afterMs: number): Promise<boolean> {
  const program = new URL('./texts-child.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, world.root, world.storage], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stdout.on('data', (text: Buffer) => {
    if (text.includes('filling')) setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(signal === 'SIGKILL');
      else reject(new Error(`the child ended by itself: ${complaint}`));
    });
  });
}

async function withMessages(): Promise<RehearsalWorld> {
  const world = new RehearsalWorld(temporaryFolder());
  const { storages, sources, jobs, parts } = await world.open();
  const made = { name: 'S', path: world.at('S'), password: 'correct horse battery', keepInKeychain: true };
  world.storage = (await storages.create(made)).id;
  const letters = Array.from({ length: messages }, (_, at) => {
    const body = `word${at} ${'and all the others say the same '.repeat(at % 20)}`;
    return `From - Sun Mar  1 10:00:00 2026\r\nSubject: ${at}\r\nMessage-ID: <${at}@x>\r\n\r\n${body}\r\n\r\n`;
  });
  fs.writeFileSync(world.at('mail.mbox'), letters.join(''));
  const settings = { kind: 'mbox', path: world.at('mail.mbox'), exclude: [] } as const;
  const source = await sources.add({ name: 'Mail', settings, secret: null, keepInKeychain: false });
  const { id } = jobs.create({ name: 'J', sources: [source.id], storage: world.storage, schedule: { mode: 'manual' } });
  await parts.runs.ended(await jobs.run(id, 'person'));
  const [stored] = parts.store.storages();
  if (stored !== undefined) parts.store.putStorage({ ...stored, settings: { ...stored.settings, searchBodies: true } });
  return world;
}

it(`an index of texts whose filling is killed anywhere goes on where it was: each word is found in its message, once (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const world = await withMessages();
  await world.engine.close('now');
  let killed = 0;
  let last = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    if (await fillUntil(world, random.below(250))) killed += 1;
    const { storages, texts, browse } = await world.open();
    await storages.show(world.storage);
    const { done, total, unread } = await texts.view(world.storage);
    expect(total).toBe(messages);
    expect(unread).toBe(0);
    // What was there stays, and what counts as looked at is found.
    expect(done).toBeGreaterThanOrEqual(last);
    last = done;
    const of = (at: number) => ({ text: `body:"word${at}"`, atMs: null, deleted: false, kind: null, limit: 10 });
    for (const at of [0, done - 1].filter((one) => one >= 0 && one < done)) {
      expect(await browse.find(world.storage, of(at)), `${at} of ${done}`).toMatchObject([{ title: String(at) }]);
    }
    await world.engine.close('now');
  }
  expect(killed).toBeGreaterThan(0);
  expect(await fillUntil(world, 120_000)).toBe(false);
  const { texts, browse, storages, parts } = await world.open();
  await storages.show(world.storage);
  expect(await texts.view(world.storage)).toMatchObject({ done: messages, total: messages, unread: 0 });
  for (let at = 0; at < messages; at += 7) {
    const query = { text: `body:"word${at}"`, atMs: null, deleted: false, kind: null, limit: 10 };
    expect(await browse.find(world.storage, query)).toMatchObject([{ title: String(at) }]);
  }
  expect(parts.runs.going()).toEqual([]);
  await world.engine.close('now');
  noteProof('real disks', 'SIGKILL while texts are indexed', { cases: kills, killed, violations: 0 });
});
