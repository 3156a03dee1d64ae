import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { noteProof } from './proof-notes.ts';
import { rowsOfCatalog } from './real/real-catalog.ts';
import { createReal, holdReal, openReal, putBack } from './real/real-world.ts';
import { changesOf, inject, straceIsMissing, type SystemCall } from './real/strace.ts';
import { told as inWords } from './crash-everywhere.ts';
import { inTier, seed } from './tier.ts';

const missing = straceIsMissing();
const cycles = 2;
const script = new URL('./real/one-cycle.ts', import.meta.url).pathname;

const failures = [
  { error: 'EIO', names: /sync/, code: 'path.io' },
  { error: 'ENOSPC', names: /write/, code: 'disk.full' },
  { error: 'EIO', names: /rename|link|mkdir|openat/, code: 'path.io' },
] as const;

interface Traced {
  readonly folder: string;
  readonly secret: string;
  readonly command: readonly string[];
  readonly calls: readonly SystemCall[];
  again(): void;
}

/** A storage that is put back before each run, and every call with which one cycle changes it. */
async function traced(): Promise<Traced> {
  const [folder, made] = [temporaryFolder(), temporaryFolder()];
  mkdirSync(join(made, 'storage'), { recursive: true });
  const secret = await createReal(made, cycles);
  const command = [script, folder, secret, String(cycles + 1)];
  const again = (): void => putBack(made, folder);
  again();
  return { folder, secret, command, again, calls: changesOf(command, folder, join(made, 'trace')) };
}

/** All of them, or some by chance. */
function some(calls: readonly SystemCall[], most: number): readonly SystemCall[] {
  const random = seededRandom(seed);
  return calls.length <= most
    ? calls
    : Array.from({ length: most }, () => calls[random.below(calls.length)]).flatMap((call) => call ?? []);
}

describe.skipIf(missing !== undefined)(missing === undefined ? 'a real process' : `a real process (skipped: ${missing})`, () => {
  it('that is killed at any call that changes the disk leaves what was committed', async () => {
    const { folder, secret, command, calls, again } = await traced();
    expect(calls.length).toBeGreaterThan(30);
    const chosen = inTier({ quick: some(calls, 4), full: calls });
    const violations: string[] = [];
    let kills = 0;
    for (const call of chosen) {
      again();
      const { signal, status } = inject(call, 'signal=KILL', command);
      if (signal === 'SIGKILL' || status === 137) kills += 1;
      await holdReal(folder, secret, cycles).catch((error: unknown) =>
        violations.push(`${call.name} ${call.path}: ${inWords(error)}`),
      );
    }
    noteProof('real disks', 'strace, SIGKILL at a call', { cases: chosen.length, kills, violations: violations.length });
    expect(violations).toEqual([]);
    expect(kills).toBe(chosen.length);
  });

  it('whose disk fails at any such call says so, or does without, and leaves what was committed', async () => {
    const { folder, secret, command, calls, again } = await traced();
    for (const { error, names, code } of failures) {
      const fitting = calls.filter(({ name }) => names.test(name));
      const chosen = inTier({ quick: some(fitting, 1), full: fitting });
      const violations: string[] = [];
      let told = 0;
      for (const call of chosen) {
        again();
        const { status, said, complaint } = inject(call, `error=${error}`, command);
        const isTold = status === 3 && said === code;
        if (isTold) told += 1;
        else if (status !== 0) violations.push(`${call.name} ${call.path}: ended with ${status}, ${said} ${complaint}`);
        await holdReal(folder, secret, status === 0 ? cycles + 1 : cycles).catch((broken: unknown) =>
          violations.push(`${call.name} ${call.path}: ${inWords(broken)}`),
        );
      }
      noteProof('real disks', `strace, ${error} at ${names.source}`, {
        cases: chosen.length,
        told,
        violations: violations.length,
      });
      expect(violations).toEqual([]);
      expect(chosen.length).toBeGreaterThan(0);
    }
  });

  it('that is killed at any call while it makes a catalog anew, or puts it in the place of the old one, leaves one with the same rows', async () => {
    const [folder, made] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(made, 'storage'));
    const secret = await createReal(made, cycles);
    putBack(made, folder);
    const rows = rowsOfCatalog(folder, await openReal(folder, secret));
    const command = [new URL('./real/one-rebuild.ts', import.meta.url).pathname, folder, secret];
    const calls = changesOf(command, folder, join(made, 'trace'));
    expect(calls.length).toBeGreaterThan(20);
    const chosen = inTier({ quick: some(calls, 3), full: calls });
    const violations: string[] = [];
    for (const call of chosen) {
      inject(call, 'signal=KILL', command);
      const found = rowsOfCatalog(folder, await openReal(folder, secret));
      if (found.join() !== rows.join()) violations.push(`${call.name} ${call.path} ${call.number}: other rows`);
    }
    noteProof('real disks', 'strace, SIGKILL while a catalog is rebuilt', {
      cases: chosen.length,
      violations: violations.length,
    });
    expect(rows.length).toBeGreaterThan(20);
    expect(violations).toEqual([]);
  });
});
