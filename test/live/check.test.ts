import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, Strata } from '../kit/command-line/strata.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Report {
  readonly level: string;
  readonly percent: number | null;
  readonly packs: number;
  readonly packsRead: number;
  readonly findings: readonly { readonly file: string; readonly items: readonly string[] }[];
}
interface Checked {
  readonly status: string;
  readonly check: Report;
  readonly verification: {
    readonly packs: number;
    readonly packsVerified: number;
    readonly damaged: number;
    readonly verifiedAt: string | null;
    readonly scrubs: boolean;
  };
}

const itemCount = 40;
const seed = 17;
let saved: string;

/** Items of three megabytes, so that there are several packs. */
beforeAll(() => {
  // Not a temporary folder of one test: all of them save it.
  saved = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-check-'));
  const random = seededRandom(seed);
  for (let index = 0; index < itemCount; index += 1) {
    fs.writeFileSync(path.join(saved, `scan ${index}.bin`), random.bytes(3_000_000));
  }
});

afterAll(() => fs.rmSync(saved, { recursive: true, force: true }));

let root: string;
let strata: Strata;

beforeEach(async () => {
  root = temporaryFolder();
  strata = new Strata(path.join(root, 'profile'), { STRATA_DEBUG: '' });
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Files', '--path', saved);
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
});

const check = (...given: string[]): Promise<Answer> => strata.run(['storage', 'check', 'S', ...given, '--json']);

function packs(): { readonly name: string; readonly path: string; readonly bytes: number }[] {
  const folder = path.join(root, 'storage', 'packs');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pack'))
    .map((name) => ({ name: `packs/${name}`, path: path.join(folder, name), bytes: fs.statSync(path.join(folder, name)).size }))
    .sort((one, other) => other.bytes - one.bytes);
}

function change(file: string, how: (bytes: Buffer) => Buffer): void {
  fs.chmodSync(file, 0o600);
  fs.writeFileSync(file, how(fs.readFileSync(file)));
}

const flipAt =
  (at: number) =>
  (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

/** The items that do not come back. */
async function lost(): Promise<string[]> {
  const target = fs.mkdtempSync(path.join(root, 'back-'));
  await strata.run(['restore', 'S', '--to', `dir:${target}`]);
  const there = new Map(
    fs
      .readdirSync(target, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.bin'))
      .map((name) => [path.basename(name), path.join(target, name)]),
  );
  return fs.readdirSync(saved).filter((name) => {
    const back = there.get(name);
    return back === undefined || !fs.readFileSync(back).equals(fs.readFileSync(path.join(saved, name)));
  });
}

const itemsOf = (report: Report): string[] =>
  [...new Set(report.findings.flatMap(({ items }) => items))].map((item) => path.basename(item)).sort();

describe('a check', { timeout: 300_000 }, () => {
  it('finds a flipped byte where it reads it, ends with 6, and names exactly the items that do not come back', async () => {
    const [pack] = packs();
    if (pack === undefined) return expect.unreachable();
    change(pack.path, flipAt(pack.bytes >> 1));
    expect((await check()).code).toBe(0);
    expect((await check('--data', 'structure')).code).toBe(0);
    const whole = await check('--data', 'all');
    expect(whole.code).toBe(6);
    const { check: report, status, verification } = whole.json<Checked>();
    expect(status).toBe('failed');
    expect(report.findings.map(({ file }) => file)).toEqual([pack.name]);
    expect(itemsOf(report)).toEqual((await lost()).sort());
    expect(itemsOf(report).length).toBeGreaterThan(0);
    expect(verification).toMatchObject({ damaged: 1, verifiedAt: null });
    const text = await strata.run(['storage', 'check', 'S', '--data', '100%']);
    expect(text.code).toBe(6);
    expect(text.out).toContain(`${pack.name}: storage.record-damaged`);
    expect(text.out).toContain('strata storage repair');
    const status6 = await strata.run(['status', '--json']);
    expect(status6.out).toContain('storage-damaged');
    // A quick look that sees nothing does not make it well.
    expect((await check()).code).toBe(0);
    expect((await strata.run(['status', '--json'])).out).toContain('storage-damaged');
  });

  it('of the structure finds a flipped byte of a footer, and a quick one what is short or gone', async () => {
    const [first, second] = packs();
    if (first === undefined || second === undefined) return expect.unreachable();
    change(first.path, flipAt(first.bytes - 300));
    expect((await check()).code).toBe(0);
    const structure = await check('--data', 'structure');
    expect(structure.code).toBe(6);
    expect(structure.json<Checked>().check.findings.map(({ file }) => file)).toContain(first.name);
    change(second.path, (bytes) => bytes.subarray(0, bytes.length >> 1));
    for (const level of [[], ['--data', 'structure'], ['--data', '1%'], ['--data', 'all']]) {
      const answer = await check(...level);
      expect(answer.code, level.join(' ')).toBe(6);
      expect(answer.json<Checked>().check.findings.map(({ file }) => file)).toContain(second.name);
    }
    fs.rmSync(second.path);
    const gone = await check();
    expect(gone.code).toBe(6);
    const missed = itemsOf(gone.json<Checked>().check);
    for (const item of await lost()) expect(missed).toContain(item);
  });

  it('of a share, made again and again, reads every pack once in as many times as it must', async () => {
    const all = packs().length;
    expect(all).toBeGreaterThan(3);
    const times = Math.ceil(100 / 30);
    let read = 0;
    for (let time = 1; time <= times; time += 1) {
      const { check: report, verification } = (
        await strata.ok('storage', 'check', 'S', '--data', '30%', '--json')
      ).json<Checked>();
      expect(report).toMatchObject({ level: 'part', percent: 30, packs: all });
      read += report.packsRead;
      expect(verification.packsVerified).toBe(Math.min(all, read));
      // A share is of whole packs, so that fewer times than this may do.
      expect(verification.verifiedAt === null).toBe(read < all);
    }
    const stats = (await strata.ok('storage', 'stats', 'S', '--json')).json<Pick<Checked, 'verification'>>();
    expect(stats.verification).toMatchObject({ packs: all, packsVerified: all, damaged: 0, scrubs: true });
    expect((await strata.ok('storage', 'stats', 'S')).out).toContain('100%');
  });

  it('of a share finds damage by the time it has read all', async () => {
    const [pack] = packs();
    if (pack === undefined) return expect.unreachable();
    change(pack.path, flipAt(pack.bytes >> 1));
    const codes: (number | null)[] = [];
    for (let time = 0; time < 4; time += 1) codes.push((await check('--data', '25%')).code);
    // A share is of whole packs, so that the damaged one may come a second time; the others are sound.
    expect(new Set(codes)).toEqual(new Set([0, 6]));
  });

  it('since a moment reads what was saved since then, and only that', async () => {
    const before = packs().map(({ name }) => name);
    fs.writeFileSync(path.join(saved, 'new.bin'), seededRandom(18).bytes(3_000_000));
    const { startedAt } = (await strata.ok('job', 'run', 'J', '--json')).json<{ startedAt: string }>();
    fs.rmSync(path.join(saved, 'new.bin'));
    const added = packs().filter(({ name }) => !before.includes(name));
    const [old] = packs().filter(({ name }) => before.includes(name));
    change(old?.path ?? '', flipAt((old?.bytes ?? 0) >> 1));
    const whole = await check('--since', startedAt);
    expect(whole.code).toBe(0);
    expect(whole.json<Checked>().check).toMatchObject({ level: 'since', packsRead: added.length, findings: [] });
    const [pack] = added;
    change(pack?.path ?? '', flipAt((pack?.bytes ?? 0) >> 1));
    const damaged = await check('--since', startedAt, '--data', 'all');
    expect(damaged.code).toBe(6);
    expect(damaged.json<Checked>().check.findings.map(({ file }) => file)).toEqual([pack?.name]);
    expect(itemsOf(damaged.json<Checked>().check)).toContain('new.bin');
    expect((await check('--since', 'yesterday')).json<Checked>().check.packsRead).toBe(packs().length);
    for (const wrong of [
      ['--since', 'once'],
      ['--since', '1d', '--data', '10%'],
      ['--since', '1d', '--data', 'structure'],
    ]) {
      expect((await check(...wrong)).code, wrong.join(' ')).toBe(2);
    }
  });

  it('refuses levels that there are not, and scrubbing is a setting', async () => {
    for (const level of ['0%', '101%', '-5%', 'x%', '%', 'most']) expect((await check('--data', level)).code, level).toBe(2);
    const off = (await strata.ok('storage', 'settings', 'S', '--scrub', 'off', '--json')).json<{ scrubDays: number | null }>();
    expect(off.scrubDays).toBeNull();
    expect((await strata.ok('storage', 'settings', 'S', '--scrub', '14d')).out).toMatch(/scrub\s+14d/);
    for (const days of ['0', '366', 'often']) {
      expect((await strata.run(['storage', 'settings', 'S', '--scrub', days])).code, days).toBe(2);
    }
  });
});
