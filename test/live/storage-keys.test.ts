import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { atDesk } from '../../scripts/suite/desk.ts';
import { password, Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

let root: string;
let strata: Strata;
const at = (name: string): string => path.join(root, name);
const second = 'harbour lantern thistle nine';
const newPassword = { STRATA_NEW_PASSWORD: second };
const withSecond = { STRATA_PASSWORD: second };

interface KeyJson {
  readonly slot: string;
  readonly kind: string;
  readonly label: string;
}

beforeEach(async () => {
  root = temporaryFolder();
  strata = new Strata(at('profile'));
  await strata.ok('storage', 'create', at('storage'), '--name', 'S', '--recovery-key', at('sheet'));
});

const answer = async (words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
  const { code, out, err } = await strata.run(words, more);
  return { code, out, err };
};
const keys = async (more = {}): Promise<KeyJson[]> =>
  (await strata.run(['storage', 'keys', 'S', '--json'], more)).json<KeyJson[]>();
const fileOf = (name: string, text: string): string => {
  fs.writeFileSync(at(name), `${text}\n`);
  return at(name);
};
const words = (file: string): string => fs.readFileSync(at(file), 'utf8').trim();

describe('the keys of a storage, on the command line', () => {
  it('are changed, added, listed and removed, and refuse with their exit codes', { timeout: 300_000 }, async () => {
    expect((await answer(['storage', 'password', 'S'], newPassword)).code).toBe(0);
    expect((await answer(['storage', 'show', 'S'])).code).toBe(5);
    expect((await answer(['storage', 'show', 'S'], withSecond)).code).toBe(0);

    // Back again with the recovery key alone.
    const back = ['storage', 'password', 'S', '--recovery-key', at('sheet'), '--new-password-file', fileOf('new', password)];
    expect((await answer(back, { STRATA_PASSWORD: '' })).code).toBe(0);
    expect((await answer(['storage', 'password', 'S', '--add', 'Ben'], newPassword)).code).toBe(0);
    expect((await keys()).map(({ kind, label }) => `${kind} ${label}`).sort()).toEqual([
      'password ',
      'password Ben',
      'recovery ',
    ]);

    expect((await answer(['storage', 'password', 'S', '--remove', 'ben'])).code).toBe(0);
    const [last] = (await keys()).filter(({ kind }) => kind === 'password');
    const refused = await answer(['storage', 'keys', 'S', '--remove', last?.slot ?? '']);
    expect(refused.code).toBe(4);
    expect(refused.err).toContain('[storage.last-key]');
  });

  it('say that a change broke off, and end it with one command', { timeout: 300_000 }, async () => {
    const [slot = expect.unreachable()] = (await keys()).filter(({ kind }) => kind === 'password').map((key) => key.slot);
    await strata.ok('storage', 'password', 'S', '--new-password-file', fileOf('new', second));
    // As it is when the power goes out before the old one went: its two files lie where they lay.
    const [day = expect.unreachable()] = fs.readdirSync(at('storage/trash'));
    for (const folder of ['keys', 'copies/keys']) {
      fs.renameSync(at(`storage/trash/${day}/${folder}/${slot}.key`), at(`storage/${folder}/${slot}.key`));
    }
    for (const typed of [password, second]) {
      const listed = await answer(['storage', 'keys', 'S'], { STRATA_PASSWORD: typed });
      expect(listed.out).toContain(`strata storage keys S --remove ${slot}`);
    }
    const status = await answer(['status'], withSecond);
    expect(status.out + status.err).toContain('A change of the password of “S” broke off');

    const ending = ['storage', 'keys', 'S', '--remove', slot];
    const refused = await answer(ending);
    expect({ code: refused.code, says: refused.err.includes('the older one of the two') }).toEqual({ code: 5, says: true });
    expect((await answer(ending, withSecond)).code).toBe(0);
    expect((await answer(['storage', 'show', 'S'])).code).toBe(5);
    expect((await answer(['storage', 'keys', 'S'], withSecond)).out).not.toContain('--remove');
  });

  it('show the recovery key again, and make a new one', { timeout: 300_000 }, async () => {
    expect((await strata.ok('storage', 'recovery-key', 'S')).out).toContain(words('sheet'));
    const spaced = await answer(['storage', 'recovery-key', 'S'], { STRATA_PASSWORD: `${password} ` });
    expect(spaced.code).toBe(5);
    expect(spaced.err).toContain('spaces at its ends');
    await strata.ok('storage', 'recovery-key', 'S', '--new', '--file', at('second-sheet'));
    expect(words('second-sheet')).not.toBe(words('sheet'));
    expect(fs.statSync(at('second-sheet')).mode & 0o777).toBe(0o600);
    const other = new Strata(at('other'), { STRATA_PASSWORD: '' });
    const attach = (sheet: string) => other.run(['storage', 'attach', at('storage'), '--recovery-key', at(sheet)]);
    expect((await attach('sheet')).code).toBe(5);
    expect((await attach('second-sheet')).code).toBe(0);
  });

  it('get a new master key between two backups, and both moments come back', { timeout: 300_000 }, async () => {
    fs.mkdirSync(at('files'));
    fs.writeFileSync(at('files/a.txt'), 'first');
    fs.writeFileSync(at('files/large.bin'), Buffer.alloc(3_000_000, 'large'));
    await strata.ok('source', 'add', 'files', 'F', '--path', at('files'));
    await strata.ok('job', 'create', 'J', '--source', 'F', '--storage', 'S');
    const first = (await strata.ok('job', 'run', 'J', '--json')).json<{ id: string }>();

    const dry = await answer(['storage', 'new-key', 'S']);
    expect(dry.code).toBe(4);
    expect(dry.err).toContain('[confirmation.needed]');
    await strata.ok('storage', 'new-key', 'S', '--yes', '--file', at('new-sheet'));

    fs.writeFileSync(at('files/a.txt'), 'second');
    await strata.ok('job', 'run', 'J');
    await strata.ok('storage', 'check', 'S', '--data', 'all');
    await strata.ok('storage', 'rebuild-catalog', 'S');
    await strata.ok('restore', 'S', '--run', first.id, '--to', `dir:${at('then')}`);
    await strata.ok('restore', 'S', '--to', `dir:${at('now')}`);
    const texts = (directory: string) =>
      fs
        .readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('a.txt'))
        .map((name) => fs.readFileSync(path.join(directory, name), 'utf8'));
    expect(texts(at('then'))).toEqual(['first']);
    expect(texts(at('now'))).toEqual(['second']);
    const other = new Strata(at('other'), { STRATA_PASSWORD: '' });
    const attach = (sheet: string) => other.run(['storage', 'attach', at('storage'), '--read-only', '--recovery-key', at(sheet)]);
    expect((await attach('sheet')).code).toBe(5);
    expect((await attach('new-sheet')).code).toBe(0);
  });

  it('take a password as another keyboard types it, and tell a space too many from a wrong word', {
    timeout: 300_000,
  }, async () => {
    const composed = 'Überfähre Thür neun'.normalize('NFC');
    await strata.ok('storage', 'password', 'S', '--add', 'Ben', '--new-password-file', fileOf('composed', composed));
    const shown = (typed: string) => answer(['storage', 'show', 'S'], { STRATA_PASSWORD: typed });
    expect((await shown(composed.normalize('NFD'))).code).toBe(0);
    const spaced = await shown(`${composed} `);
    expect({ code: spaced.code, hint: spaced.err.includes('spaces at its ends') }).toEqual({ code: 5, hint: true });
    const wrong = await shown(composed.replace('neun', 'zehn'));
    expect({ code: wrong.code, hint: wrong.err.includes('spaces at its ends') }).toEqual({ code: 5, hint: false });
  });

  it('show the recovery key to nobody who has only the sheet, or only an open storage', { timeout: 300_000 }, async () => {
    const withoutPassword = { STRATA_PASSWORD: '' };
    const bySheet = await answer(['storage', 'recovery-key', 'S', '--recovery-key', at('sheet')], withoutPassword);
    const byNothing = await answer(['storage', 'recovery-key', 'S'], withoutPassword);
    for (const { code, out, err } of [bySheet, byNothing]) {
      expect({ code, out }).toEqual({ code: 5, out: '' });
      expect(err).toContain('[storage.needs-password]');
    }
  });
});

describe.runIf(process.platform === 'linux')('the key of this computer', () => {
  it('is a slot of its own in the real keychain, that opens without a password until it is removed', {
    timeout: 300_000,
  }, async () => {
    const environment = { ...process.env };
    try {
      // A bus and a keychain of this test alone, whoever runs it.
      await atDesk(async () => {
        const asked = { STRATA_PASSWORD: '', STRATA_KEYCHAIN: 'on' };
        const typed = { STRATA_KEYCHAIN: 'on' };
        await strata.run(['storage', 'create', at('kept'), '--name', 'K', '--recovery-key', at('kept-sheet')], typed);
        expect((await answer(['storage', 'show', 'K'], asked)).code).toBe(0);
        const ways = (await strata.run(['storage', 'keys', 'K', '--json'], asked)).json<
          (KeyJson & { isThisDevice: boolean })[]
        >();
        const device = ways.find(({ kind }) => kind === 'device');
        expect(device).toMatchObject({ isThisDevice: true });

        // Another password changes nothing for it; without its slot what the keychain holds opens nothing.
        expect((await answer(['storage', 'password', 'K'], { ...typed, ...newPassword })).code).toBe(0);
        expect((await answer(['storage', 'show', 'K'], asked)).code).toBe(0);
        const remove = ['storage', 'keys', 'K', '--remove', device?.slot ?? ''];
        expect((await answer(remove, { STRATA_KEYCHAIN: 'on', ...withSecond })).code).toBe(0);
        const locked = await answer(['storage', 'show', 'K'], asked);
        expect(locked.code).toBe(5);
        expect(locked.err).toContain('[storage.needs-password]');
      });
    } finally {
      for (const name of Object.keys(process.env)) delete process.env[name];
      Object.assign(process.env, environment);
    }
  });
});
