import { describe, expect, it } from 'vitest';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { inTier, seed } from '../crash/tier.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import { Cyrus, cyrusIsMissing } from '../kit/cyrus/cyrus.ts';
import { type CycleWorld, openCycleWorld } from '../kit/cycle-world.ts';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import type { MailServer } from '../kit/mail-server.ts';
import { notLooking } from '../kit/looking-commands.ts';
import { RandomMailbox } from '../kit/random-mailbox.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const changes = inTier({ quick: 200, full: 1000 });
const perCycle = 50;
const alone = 8;

const servers: readonly (readonly [string, string | undefined, () => Promise<MailServer>])[] = [
  ['Dovecot', dovecotIsMissing(), () => Dovecot.start()],
  ['Dovecot that hides its extensions', dovecotIsMissing(), () => Dovecot.start({ capabilities: plainAbilities })],
  ['Cyrus', cyrusIsMissing(), () => Cyrus.start()],
];
/** Neither CONDSTORE nor QRESYNC nor LIST-STATUS: every flag and every UID has to be compared. */
const plainAbilities = 'IMAP4rev1 NAMESPACE UIDPLUS MOVE';

describe.each(servers)('a mailbox on %s that is used at random', (name, missing, start) => {
  it.skipIf(missing !== undefined)(
    'is in the storage after every cycle, item for item and byte for byte, and hears no command that writes',
    async () => {
      const server = await start();
      try {
        await useAndCompare(name, server);
      } finally {
        await server.stop();
      }
    },
    inTier({ quick: 300_000, full: 1_800_000 }),
  );
});

async function useAndCompare(name: string, server: MailServer): Promise<void> {
  const user = await server.newUser();
  const mailbox = await server.mailbox(user);
  const settings = server.settings(user, 'none');
  const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, server.credential));
  const random = new RandomMailbox(mailbox, seededRandom(seed).below);
  const said: string[] = [];
  let rechecked = 0;
  // Alone, too: a change that is lost among others is not lost among none.
  const rounds = [...Array<number>(changes / perCycle).fill(perCycle), ...Array<number>(alone).fill(1)];
  for (const round of rounds) {
    for (let n = 0; n < round; n += 1) await random.change();
    const atServer = await stateOf(mailbox);
    server.takeSaid();
    const { outcome, counts } = await world.cycle();
    said.push(...server.takeSaid());
    expect(outcome.kind).toBe('complete');
    expect(counts.failed).toBe(0);
    expect(await stored(world)).toEqual(atServer);
    rechecked += atServer.length;
  }
  const { counts } = await world.cycle();
  expect(counts).toMatchObject({ new: 0, changed: 0, metadataOnly: 0, moved: 0, vanished: 0, failed: 0 });
  world.close();
  await mailbox.close();
  expect(said.filter((line) => / UID FETCH /.test(line)).length).toBeGreaterThan(0);
  expect(notLooking(said)).toEqual([]);
  console.log(
    `${name}, seed ${seed}: ${Object.values(random.did).reduce((sum, times) => sum + times, 0)} changes (${Object.entries(
      random.did,
    )
      .map(([what, times]) => `${times} × ${what}`)
      .join(', ')}), ${rechecked} folders and messages compared, ${said.length} commands said, none that writes`,
  );
}

/** Every folder, and every message with its folder, flags, date and bytes. */
async function stateOf(mailbox: TestMailbox): Promise<string[]> {
  const lines: string[] = [];
  for (const folder of (await mailbox.folders()).map((line) => line.slice(0, line.indexOf('|')))) {
    lines.push(`folder ${folder}`);
    for (const { flags, date, bytes } of await mailbox.messages(folder)) lines.push(messageLine(folder, flags, date, bytes));
  }
  return lines.sort();
}

/** The same of what the storage has, read as a restore reads it. */
async function stored(world: CycleWorld): Promise<string[]> {
  const lines: string[] = [];
  const collect = collectingDestination(({ manifest, folderPath }, bytes) => {
    const { flags, keywords, internalDate } = manifest.metadata as Record<'flags' | 'keywords', string[]> & {
      internalDate: string;
    };
    if (manifest.kind === 'folder') lines.push(`folder ${[...folderPath, manifest.name].join('/')}`);
    else if (manifest.kind === 'message')
      lines.push(messageLine(folderPath.join('/'), [...flags, ...keywords].sort(), internalDate, bytes ?? Buffer.alloc(0)));
  });
  const report = await world.restore(collect);
  expect(report.failed).toEqual([]);
  return lines.sort();
}

const messageLine = (folder: string, flags: readonly string[], date: string, bytes: Uint8Array): string =>
  `${folder} ${flags.join(' ')} ${date} ${Buffer.from(bytes).toString('latin1')}`;
