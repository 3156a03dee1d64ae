// How backing up a mailbox over IMAP compares with programs that mirror one: the first time, and when nothing changed.
//   npm run bench -- imap [--messages 5000] [--rounds 3] [--only small|large] [--offlineimap] [--write]
// Needs mbsync (Debian's isync) and, with --offlineimap, offlineimap: minutes each time. --write renders docs/benchmarks-mail.md.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atDesk } from '../../scripts/suite/desk.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { observe } from '../../src/engine/sources/testing/observation.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { Dovecot } from '../kit/dovecot/dovecot.ts';
import { type Measured, measure, requireGnuTime } from './cycle/measured.ts';
import { filledFolders } from './imap/mailboxes.ts';
import { type MailboxFigures, page } from './imap/page.ts';
import { type MailProgram, mbsync, offlineimap, strata } from './imap/programs.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    offlineimap: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const loads: number[] = [];

requireGnuTime();
await atDesk(async () => {
  const peers = [mbsync(), values.offlineimap ? offlineimap() : undefined].filter((peer) => peer !== undefined);
  const programs = [strata(), ...peers];
  const mailboxes: MailboxFigures[] = [];
  for (const size of ['small', 'large'])
    if (values.only === undefined || values.only === size) mailboxes.push(await measureMailbox(size, programs));
  const text = page(Object.fromEntries(programs.map(({ name, version }) => [name, version])), mailboxes, loads);
  console.log(`\n${text}`);
  if (values.write) fs.writeFileSync(path.resolve(import.meta.dirname, '../../docs/benchmarks-mail.md'), text);
});

async function measureMailbox(size: string, programs: readonly MailProgram[]): Promise<MailboxFigures> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-bench-'));
  const dovecot = await Dovecot.start();
  try {
    const user = dovecot.newUser();
    let [messages, bytes] = [0, 0];
    for (const [folder, filled] of filledFolders(Number(values.messages), size === 'large')) {
      dovecot.fill(user, folder, filled);
      messages += filled.length;
      bytes += filled.reduce((sum, one) => sum + one.length, 0);
    }
    const unchangedWalkMs = [await unchangedWalk(dovecot, user)]; // it warms the server's caches, too
    const figures: Record<string, Record<string, Measured[]>> = {};
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      loads.push(os.loadavg()[0] ?? 0);
      for (const one of programs) oneTurn(one, { port: dovecot.imapPort, user, password: dovecot.password }, place, figures);
      unchangedWalkMs.push(await unchangedWalk(dovecot, user));
    }
    return { what: `${size} messages`, messages, bytes, figures, unchangedWalkMs };
  } finally {
    await dovecot.stop();
    fs.rmSync(place, { recursive: true, force: true });
  }
}

function oneTurn(
  program: MailProgram,
  account: Parameters<MailProgram['make']>[0],
  place: string,
  figures: Record<string, Record<string, Measured[]>>,
): void {
  const scratch = fs.mkdtempSync(path.join(place, program.name));
  const { begin, cycle } = program.make(account, scratch);
  begin();
  for (const operation of ['first', 'unchanged', 'unchanged again']) {
    const figure = measure(cycle(), scratch);
    ((figures[operation] ??= {})[program.name] ??= []).push(figure);
    console.log(
      `${operation}: ${program.name} ${figure.seconds} s, processor ${figure.cpuSeconds} s, ${figure.peakBytes >> 20} MiB`,
    );
  }
  fs.rmSync(scratch, { recursive: true, force: true });
}

async function unchangedWalk(dovecot: Dovecot, user: string): Promise<number> {
  const run = { ...testRun(), clock: systemClock };
  const source = imapSource(dovecot.settings(user, 'none'), dovecot.credential);
  const first = await source.open(run);
  const cursors = new Map((await observe(first, run)).map((folder) => [folder.visit.folder.key, folder.cursor]));
  await first.close();
  const again = await source.open(run);
  const start = performance.now();
  await observe(again, run, { cursor: (key) => cursors.get(key) });
  const took = performance.now() - start;
  await again.close();
  return took;
}
