import { describe, expect, it } from 'vitest';
import { jmapSource } from '../../src/engine/sources/jmap/index.ts';
import { inTier, seed } from '../crash/tier.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import { Cyrus, cyrusIsMissing } from '../kit/cyrus/cyrus.ts';
import { type CycleWorld, openCycleWorld } from '../kit/cycle-world.ts';
import { TestJmapAccount } from '../kit/jmap/account.ts';
import { jmapCalls } from '../kit/jmap/said.ts';
import { jmapSettings } from '../kit/jmap/settings.ts';
import { RandomMailbox } from '../kit/random-mailbox.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const changes = inTier({ quick: 200, full: 1000 });
const perCycle = 50;
const alone = 8;
const missing = cyrusIsMissing();

/** Changed over IMAP, as most people's mail programs do, and compared with what a JMAP client of the test's own sees. */
describe('a mailbox on Cyrus that is used at random, read over JMAP', () => {
  it.skipIf(missing !== undefined)(
    'is in the storage after every cycle, item for item and byte for byte, and hears no method that writes',
    async () => {
      const cyrus = await Cyrus.start();
      try {
        await useAndCompare(cyrus);
      } finally {
        await cyrus.stop();
      }
    },
    inTier({ quick: 300_000, full: 1_800_000 }),
  );
});

async function useAndCompare(cyrus: Cyrus): Promise<void> {
  const user = await cyrus.newUser();
  const mailbox = await cyrus.mailbox(user);
  const account = new TestJmapAccount(cyrus, user);
  // Of calendars and contacts another test asks (jmap-objects.test.ts).
  const settings = jmapSettings(cyrus, user, { exclude: ['Calendars', 'Contacts'] });
  const world = await openCycleWorld(temporaryFolder(), settings, jmapSource(settings, cyrus.credential));
  const random = new RandomMailbox(mailbox, seededRandom(seed).below);
  const methods: string[] = [];
  let rechecked = 0;
  let moved = 0;
  // Alone, too: a change that is lost among others is not lost among none.
  const rounds = [...Array<number>(changes / perCycle).fill(perCycle), ...Array<number>(alone).fill(1)];
  for (const round of rounds) {
    for (let n = 0; n < round; n += 1) await random.change();
    const atServer = await stateOf(account);
    cyrus.takeSaid();
    const { outcome, counts } = await world.cycle();
    methods.push(...jmapCalls(cyrus.takeSaid()).methods);
    expect(outcome.kind).toBe('complete');
    expect(counts.failed).toBe(0);
    expect(await stored(world)).toEqual(atServer);
    rechecked += atServer.length;
    moved += counts.moved;
  }
  cyrus.takeSaid();
  const { counts } = await world.cycle();
  const quiet = jmapCalls(cyrus.takeSaid());
  expect(counts).toMatchObject({ new: 0, changed: 0, metadataOnly: 0, moved: 0, vanished: 0, failed: 0 });
  expect(quiet.requests.length).toBeLessThanOrEqual(3);
  expect([...new Set(methods)].sort()).toEqual(['Email/changes', 'Email/get', 'Email/query', 'Mailbox/get']);
  world.close();
  await mailbox.close();
  const did = Object.entries(random.did);
  console.log(
    `Cyrus over JMAP, seed ${seed}: ${did.reduce((sum, [, times]) => sum + times, 0)} changes (${did
      .map(([what, times]) => `${times} × ${what}`)
      .join(', ')}), ${rechecked} folders and messages compared, ${moved} followed to where they moved, ` +
      `${methods.length} methods called, none that writes; ${quiet.requests.length} requests where nothing changed`,
  );
}

/** Every mailbox, and every email in each mailbox that it lies in, with its flags, date and bytes. */
async function stateOf(account: TestJmapAccount): Promise<string[]> {
  const paths = await account.paths();
  const lines = [...paths.values()].map((path) => `folder ${path}`);
  for (const { blobId, mailboxIds, keywords, receivedAt } of await account.emails()) {
    const bytes = await account.download(blobId);
    const flags = Object.keys(keywords).map((keyword) => systemFlags[keyword] ?? keyword);
    for (const id of Object.keys(mailboxIds))
      lines.push(messageLine(paths.get(id) ?? id, flags.sort(), new Date(receivedAt).toISOString(), bytes));
  }
  return lines.sort();
}

const systemFlags: Readonly<Record<string, string>> = {
  $seen: '\\Seen',
  $answered: '\\Answered',
  $flagged: '\\Flagged',
  $draft: '\\Draft',
};

/** The same of what the storage has, read as a restore reads it. */
async function stored(world: CycleWorld): Promise<string[]> {
  const lines: string[] = [];
  const collect = collectingDestination(({ manifest, folderPath }, bytes) => {
    const { flags, keywords, internalDate } = manifest.metadata as Record<'flags' | 'keywords', string[]> & {
      internalDate: string;
    };
    if (manifest.kind === 'folder') lines.push(`folder ${[...folderPath, manifest.name].join('/')}`);
    else lines.push(messageLine(folderPath.join('/'), [...flags, ...keywords].sort(), internalDate, bytes ?? Buffer.alloc(0)));
  });
  const report = await world.restore(collect);
  expect(report.failed).toEqual([]);
  return lines.sort();
}

const messageLine = (folder: string, flags: readonly string[], date: string, bytes: Uint8Array): string =>
  `${folder} ${flags.join(' ')} ${date} ${Buffer.from(bytes).toString('latin1')}`;
