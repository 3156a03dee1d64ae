import { afterEach, describe, expect, it, vi } from 'vitest';
import { EmulatedSieveServer, type SieveEmulation } from '../../../../test/kit/emulated/sieve-server.ts';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { systemClock } from '../../kernel/system-clock.ts';
import type { CredentialReader } from '../credential.ts';
import { SourcePace } from '../source-pace.ts';
import { password } from '../testing/credentials.ts';
import { testRun } from '../testing/test-run.ts';
import { answerBytes } from './sieve-lines.ts';
import { readScripts, type SieveScripts } from './sieve-scripts.ts';

const greeting = '"IMPLEMENTATION" "emulated"\r\n"SASL" "PLAIN"\r\n"STARTTLS"\r\nOK\r\n';
const signedIn = [greeting, 'OK\r\n'] as const;

describe('an emulated ManageSieve server', () => {
  const servers: EmulatedSieveServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const ask = async (
    emulation: SieveEmulation,
    more: Partial<ImapSettings> = {},
    run = testRun(),
    credential = password('secret'),
    pace = new SourcePace(systemClock),
  ): Promise<{ heard: string[]; answer: Promise<SieveScripts> }> => {
    const server = await EmulatedSieveServer.start(emulation);
    servers.push(server);
    const settings: ImapSettings = {
      kind: 'imap',
      host: '127.0.0.1',
      port: 143,
      tls: 'none',
      user: 'ada',
      certificateSha256: null,
      exclude: [],
      ...more,
    };
    const answer = readScripts(settings, server.port, credential, {
      run: { ...run, clock: systemClock },
      answerMs: 400,
      pace,
    });
    answer.catch(() => undefined); // looked at by the test
    return { heard: server.heard, answer };
  };

  it('gives scripts as they are, whatever stands in them, and is asked nothing that writes', async () => {
    const script = 'keep;\r\nOK\r\n"x" {5}\r\n\xff\0';
    const { heard, answer } = await ask({
      answers: [
        ...signedIn,
        '"work" ACTIVE\r\n{3}\r\na\r\n\r\nOK "two"\r\n',
        `{${script.length}}\r\n`.concat(script, '\r\nOK\r\n'),
        '"in quotes \\"\\\\"\r\nOK\r\n',
        'OK "bye"\r\n',
      ],
    });
    const { scripts, areAll } = await answer;
    expect(areAll).toBe(true);
    expect(scripts.map(({ name, isActive }) => [name, isActive])).toEqual([
      ['work', true],
      ['a\r\n', false],
    ]);
    expect(scripts[1]?.bytes.toString()).toBe('in quotes "\\');
    expect(heard.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(' ')[0])).toEqual([
      'AUTHENTICATE',
      'LISTSCRIPTS',
      'GETSCRIPT',
      'GETSCRIPT',
      'LOGOUT',
    ]);
  });

  describe('with a token', () => {
    const greetingFor = (sasl: string): string => `"SASL" "${sasl}"\r\nOK\r\n`;
    const rest = ['OK "none"\r\n', 'OK "bye"\r\n'];
    const tokens = (...given: string[]): CredentialReader => {
      const left = [...given];
      return async () => ({ kind: 'token', accessToken: left.shift() ?? 'none', drop: () => undefined });
    };
    const decoded = (line: string | undefined): string =>
      Buffer.from(/"([^"]*)"$/.exec(line ?? '')?.[1] ?? '', 'base64').toString();

    it('is let in by OAUTHBEARER, and by XOAUTH2 where there is no other', async () => {
      const more = { user: 'a=b,c' };
      const bearer = await ask(
        { answers: [greetingFor('PLAIN XOAUTH2 OAUTHBEARER'), 'OK\r\n', ...rest] },
        more,
        testRun(),
        tokens('t'),
      );
      await bearer.answer;
      expect(bearer.heard[0]).toMatch(/^AUTHENTICATE "OAUTHBEARER" /);
      expect(decoded(bearer.heard[0])).toMatch(/^n,a=a=3Db=2Cc,\x01host=127\.0\.0\.1\x01port=\d+\x01auth=Bearer t\x01\x01$/);
      const older = await ask({ answers: [greetingFor('PLAIN XOAUTH2'), 'OK\r\n', ...rest] }, more, testRun(), tokens('t'));
      await older.answer;
      expect(decoded(older.heard[0])).toBe('user=a=b,c\x01auth=Bearer t\x01\x01');
    });

    it('that is refused is let in with a fresh one; the server hears the word that it waits for', async () => {
      const why = `"${Buffer.from('{"status":"invalid_token"}').toString('base64')}"\r\n`;
      const answers = [greetingFor('OAUTHBEARER'), why, 'NO\r\n', 'OK\r\n', ...rest];
      const { heard, answer } = await ask({ answers }, {}, testRun(), tokens('old', 'new'));
      await answer;
      expect(heard[1]).toBe('"AQ=="');
      expect(decoded(heard[2])).toContain('auth=Bearer new');
    });

    it('that is refused twice is told as not enough, and one that nobody takes as such', async () => {
      const twice = await ask({ answers: [greetingFor('XOAUTH2'), 'NO\r\n', 'NO\r\n'] }, {}, testRun(), tokens('a', 'b'));
      await expect(twice.answer).rejects.toMatchObject({ code: 'source.consent-needed' });
      const none = await ask({ answers: [greetingFor('PLAIN')] }, {}, testRun(), tokens('t'));
      await expect(none.answer).rejects.toMatchObject({
        code: 'source.protocol',
        facts: { reason: 'ManageSieve: no sign-in by OAUTHBEARER or XOAUTH2' },
      });
      expect(none.heard).toEqual([]);
    });
  });

  it('cannot make a command of a name', async () => {
    const name = 'x"\r\nDELETESCRIPT "work';
    const { heard, answer } = await ask({
      answers: [...signedIn, `{${name.length}}\r\n${name}\r\nOK\r\n`, '"keep;"\r\nOK\r\n', 'OK\r\n'],
    });
    expect((await answer).scripts.map((script) => script.name)).toEqual([name]);
    expect(heard).toContain(`GETSCRIPT {${name.length}+}`);
  });

  it('that does not hand out a script is not taken for one that has none', async () => {
    const { answer } = await ask({ answers: [...signedIn, '"work"\r\nOK\r\n', 'NO "not now"\r\n', 'OK\r\n'] });
    expect(await answer).toEqual({ scripts: [], areAll: false });
  });

  it.for<[string, SieveEmulation['answers'], string]>([
    ['says nothing', [null], 'source.timed-out'],
    ['hangs up', [], 'source.unreachable'],
    ['hangs up in the middle of a list', [...signedIn, '"work"\r\n"mo'], 'source.timed-out'],
    ['says BYE in place of a greeting', ['BYE "busy"\r\n'], 'source.protocol'],
    ['says BYE while it hands out', [...signedIn, '"work"\r\nOK\r\n', 'BYE\r\n'], 'source.protocol'],
    ['is a web server', ['HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'], 'source.protocol'],
    ['takes no password', ['"SASL" "GSSAPI"\r\nOK\r\n'], 'source.protocol'],
    ['refuses the password', [greeting, 'NO "wrong"\r\n'], 'source.sign-in-refused'],
    ['wants an app password', [greeting, 'NO "Application-specific password required"\r\n'], 'source.app-password-needed'],
    ['refuses to list', [...signedIn, 'NO\r\n'], 'source.protocol'],
    ['lists without an end', [...signedIn, '"a"\r\n'.repeat(6000)], 'source.protocol'],
    ['answers with a line without an end', [...signedIn, 'x'.repeat(answerBytes + 1)], 'source.protocol'],
    ['announces more than is taken', [...signedIn, '"a"\r\nOK\r\n', '{999999999}\r\n'], 'source.protocol'],
    ['mixes words into a list', [...signedIn, 'DELETED "a"\r\nOK\r\n'], 'source.protocol'],
  ])('that %s is a failure with a name', async ([, answers, code]) => {
    const { answer } = await ask({ answers });
    await expect(answer).rejects.toMatchObject({ code });
  });

  it('is asked no faster than a person limits the source, and that wait is no slowness of its own', async () => {
    const pace = new SourcePace(systemClock, { requestsPerSecond: 2, bytesPerSecond: null });
    const turn = vi.spyOn(pace, 'turn');
    const began = systemClock.monotonicMs();
    const { answer } = await ask({ answers: [...signedIn, 'OK\r\n', 'OK\r\n'] }, {}, testRun(), password('secret'), pace);
    expect(await answer).toEqual({ scripts: [], areAll: true });
    expect(systemClock.monotonicMs() - began).toBeGreaterThanOrEqual(500);
    // The one that takes leave waits for nothing.
    expect(turn).toHaveBeenCalledTimes(2);
  });

  it('is paid for by the byte, before the source is asked anything else', async () => {
    const pace = new SourcePace(systemClock, { requestsPerSecond: null, bytesPerSecond: 10_000 });
    const script = 'x'.repeat(30_000);
    const answers = [...signedIn, '"work"\r\nOK\r\n', `{${script.length}}\r\n${script}\r\nOK\r\n`, 'OK\r\n'];
    const { answer } = await ask({ answers }, {}, testRun(), password('secret'), pace);
    await answer;
    expect(pace.isFree).toBe(false);
  });

  it('stops when it is cancelled', async () => {
    const cancel = new AbortController();
    const { answer } = await ask({ answers: [null] }, {}, { ...testRun(), signal: cancel.signal });
    cancel.abort();
    await expect(answer).rejects.toThrow('stopped');
  });

  describe('that is to encrypt', () => {
    const tls = 'starttls';

    it.for<[string, SieveEmulation, string]>([
      ['refuses', { answers: [greeting, 'NO\r\n'] }, 'source.starttls-refused'],
      ['goes on in plain text', { answers: [greeting, 'OK\r\n"SASL" "PLAIN"\r\nOK\r\n'] }, 'source.starttls-refused'],
      [
        'has a certificate that nobody approved',
        { answers: [greeting, 'OK\r\n', greeting], startTls: 'localhost' },
        'source.tls-untrusted',
      ],
    ])('and %s hears no password', async ([, emulation, code]) => {
      const { heard, answer } = await ask(emulation, { tls });
      await expect(answer).rejects.toMatchObject({ code });
      expect(heard.join('\n')).not.toContain('AUTHENTICATE');
    });
  });
});
