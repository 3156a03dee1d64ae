import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atDesk } from '../../scripts/suite/desk.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { systemRandom } from '../../src/engine/kernel/system-random.ts';
import { inMemory, Provider, RefreshTokens, SignedIn, signInInBrowser } from '../../src/engine/sign-in/index.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { Strata } from '../kit/command-line/strata.ts';
import { filesThatHold } from '../kit/command-line/trees.ts';
import { openCycleWorld } from '../kit/cycle-world.ts';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import { browse, OwnOAuthServer } from '../kit/oauth/own-oauth-server.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { authorityFile } from '../kit/web/secure-server.ts';

interface RunJson {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly failure: { readonly code: string } }[];
}

const missing = dovecotIsMissing();
describe.skipIf(missing !== undefined)('a Dovecot that takes tokens of our own OAuth server', () => {
  let oauth: OwnOAuthServer;
  let dovecot: Dovecot;
  beforeAll(async () => {
    oauth = await OwnOAuthServer.start();
    const tokens = { url: `${oauth.origin}/introspect`, authority: authorityFile };
    dovecot = await Dovecot.start({ filters: true, tokens });
  });
  afterAll(async () => {
    await dovecot?.stop();
    await oauth?.close();
  });

  const fill = async (user: string, from: number, to: number): Promise<void> => {
    const mailbox = await dovecot.mailbox(user);
    for (let n = from; n <= to; n += 1) await mailbox.append('INBOX', plainMessage(n));
    await mailbox.close();
  };

  const signIn = async (user: string): Promise<SignedIn> => {
    const provider = new Provider(oauth.signIn(), null, { web: oauth.web, clock: systemClock });
    const never = new AbortController().signal;
    const deps = { random: systemRandom, clock: systemClock };
    const attempt = await signInInBrowser(provider, { user, page: () => '', signal: never }, deps);
    await browse(oauth, attempt.address);
    const tokens = new RefreshTokens(inMemory(), inMemory());
    const first = await attempt.tokens;
    await tokens.replace(first.refreshToken ?? '');
    return new SignedIn(
      { name: () => user, provider, tokens, clock: systemClock, onEnded: () => undefined, onEnd: () => undefined },
      first,
    );
  };

  it('is read with a token, filter scripts and all, and with a new one when that ends before its time', async () => {
    const user = dovecot.newUser();
    await fill(user, 1, 3);
    const signedIn = await signIn(user);
    const { certificateSha256, sievePort } = dovecot;
    if (sievePort === undefined) throw new Error('this Dovecot has filters');
    const settings = dovecot.settings(user, 'starttls', { certificateSha256, sievePort });
    const world = await openCycleWorld(
      temporaryFolder(),
      settings,
      imapSource(settings, () => signedIn.read()),
    );
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ failed: 0 });
    expect(counts.new).toBeGreaterThanOrEqual(3);
    await fill(user, 4, 4);
    const refreshes = (): number => oauth.asked.filter((asked) => asked === 'POST /token refresh_token').length;
    const before = refreshes();
    oauth.expireAccess();
    expect((await world.cycle()).counts).toMatchObject({ new: 1, failed: 0 });
    expect(refreshes()).toBe(before + 1);
    world.close();
  });

  it('that knows XOAUTH2 alone is read as well', async () => {
    const tokens = { url: `${oauth.origin}/introspect`, authority: authorityFile, mechanisms: 'xoauth2' };
    const older = await Dovecot.start({ tokens });
    try {
      const user = older.newUser();
      const mailbox = await older.mailbox(user);
      await mailbox.append('INBOX', plainMessage(1));
      await mailbox.close();
      const signedIn = await signIn(user);
      const settings = older.settings(user, 'implicit', { certificateSha256: older.certificateSha256 });
      const world = await openCycleWorld(
        temporaryFolder(),
        settings,
        imapSource(settings, () => signedIn.read()),
      );
      oauth.expireAccess(); // the refusal has its own dialogue
      expect((await world.cycle()).counts).toMatchObject({ failed: 0 });
      world.close();
    } finally {
      await older.stop();
    }
  });

  it('of somebody else is not opened by a good token', async () => {
    const [own, other] = [dovecot.newUser(), dovecot.newUser()];
    const signedIn = await signIn(own);
    const settings = dovecot.settings(other, 'implicit', { certificateSha256: dovecot.certificateSha256 });
    const world = await openCycleWorld(
      temporaryFolder(),
      settings,
      imapSource(settings, () => signedIn.read()),
    );
    const { outcome } = await world.cycle();
    expect(outcome.failures).toMatchObject([{ code: 'source.consent-needed', facts: { user: other } }]);
    world.close();
  });

  describe('and the command line', () => {
    const source = (user: string): string[] => [
      ...['--host', '127.0.0.1', '--port', String(dovecot.imapsPort), '--user', user],
      ...['--certificate', dovecot.certificateSha256, '--sign-in', 'oauth', '--issuer', oauth.origin],
      ...['--client-id', oauth.clientId, '--scope', 'mail', 'offline_access'],
    ];
    const openProfile = (): { strata: Strata; root: string } => {
      const root = temporaryFolder();
      const environment = { STRATA_KEYCHAIN: 'on', NODE_EXTRA_CA_CERTS: authorityFile };
      return { strata: new Strata(path.join(root, 'profile'), environment), root };
    };
    const addressIn = /"address":"([^"]+)"/;
    /** Starts a command that wants a sign-in, and is its browser. */
    const withBrowser = async (strata: Strata, words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
      const command = strata.start([...words, '--progress', 'json'], more);
      const [, address = ''] = await command.told(addressIn);
      const page = await browse(oauth, address);
      return { ...(await command.answer), page };
    };

    it('adds, reads, tells that a sign-in has ended, signs in again, goes on, and withdraws it in the end', async () => {
      await atDesk(async () => {
        const { strata, root } = openProfile();
        const user = dovecot.newUser();
        await fill(user, 1, 3);
        oauth.clientSecret = 'told to the client alone';
        const added = await withBrowser(strata, ['source', 'add', 'imap', 'mail', ...source(user)], {
          STRATA_CLIENT_SECRET: oauth.clientSecret,
        });
        expect(added).toMatchObject({ code: 0, page: { status: 200 } });
        expect(added.page.text).toContain('This page can be closed.');
        await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'disk');
        await strata.ok('job', 'create', 'daily', '--source', 'mail', '--storage', 'disk');
        const run = async (): Promise<{ code: number | null; run: RunJson }> => {
          const answer = await strata.run(['job', 'run', 'daily', '--wait', '--json']);
          return { code: answer.code, run: answer.json<RunJson>() };
        };
        const shown = async (): Promise<string> =>
          (await strata.ok('source', 'show', 'mail', '--json')).json<{ secret: string }>().secret;

        expect(await run()).toMatchObject({ code: 0, run: { status: 'success', counts: { failed: 0 } } });
        await fill(user, 4, 4);
        oauth.expireAccess();
        expect(await run()).toMatchObject({ code: 0, run: { status: 'success', counts: { new: 1 } } });
        expect(await shown()).toBe('keychain');

        oauth.revokeAll();
        const refused = await run();
        expect(refused.code).not.toBe(0);
        expect(JSON.stringify(refused.run)).toContain('source.sign-in-expired');
        expect(await shown()).toBe('expired');

        expect(await withBrowser(strata, ['source', 'sign-in', 'mail'])).toMatchObject({ code: 0 });
        expect(await shown()).toBe('keychain');
        await fill(user, 5, 5);
        expect(await run()).toMatchObject({ code: 0, run: { status: 'success', counts: { new: 1, vanished: 0 } } });

        expect(oauth.secrets.length).toBeGreaterThan(8);
        expect(filesThatHold([...oauth.secrets, oauth.clientSecret], [root])).toEqual([]);
        const live = oauth.liveGrants;
        await strata.ok('job', 'remove', 'daily');
        await strata.ok('source', 'remove', 'mail');
        expect(oauth.liveGrants).toBe(live - 1);
        oauth.clientSecret = null;
      });
    });

    it('signs in with a code on another device', async () => {
      await atDesk(async () => {
        const { strata } = openProfile();
        const command = strata.start(['source', 'add', 'imap', 'mail', ...source('device'), '--device']);
        const [, code = ''] = await command.told(/type the code (\S+):/);
        oauth.decide(code, 'allowed');
        expect(await command.answer).toMatchObject({ code: 0, out: 'Added the source “mail”.\n' });
        const tested = (await strata.ok('source', 'test', 'mail', '--json')).json<{ ok: boolean }>();
        expect(tested.ok).toBe(true);
      });
    });

    it('adds nothing where the person declines, or breaks it off', async () => {
      const { strata } = openProfile();
      oauth.decision = 'deny';
      const declined = await withBrowser(strata, ['source', 'add', 'imap', 'mail', ...source('ada')]);
      oauth.decision = 'allow';
      expect(declined.code).toBe(1);
      expect(declined.err).toContain('[sign-in.declined]');
      expect(declined.page.text).toContain('Not signed in');

      const broken = strata.start(['source', 'add', 'imap', 'mail', ...source('ada')]);
      await broken.told(/Waiting until/);
      broken.kill('SIGINT');
      expect(await broken.answer).toMatchObject({ code: 130, out: '' });
      expect((await strata.ok('source', 'list', '--json')).json()).toEqual([]);
      expect(fs.existsSync(strata.profile)).toBe(true);
    });

    it('says what is missing before anybody signs in for nothing', async () => {
      const { strata } = openProfile();
      const add = (...words: string[]) =>
        strata.run(['source', 'add', 'imap', 'mail', '--user', 'ada', '--sign-in', 'oauth', ...words]);
      const unknown = await add('--host', 'mail.nord.example');
      expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('--issuer')]);
      const known = await add('--host', 'outlook.office365.com');
      expect([known.code, known.err]).toEqual([2, expect.stringContaining('entra.microsoft.com')]);
      const open = await add('--host', 'mail.nord.example', '--issuer', 'http://nord.example', '--client-id', 'x');
      expect(open.code).toBe(2);
    });
  });
});
