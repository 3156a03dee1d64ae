import { describe, expect, it, onTestFinished } from 'vitest';
import { type NameRecords, NameServer } from '../../../test/kit/web/name-server.ts';
import { type Page, SecureServer } from '../../../test/kit/web/secure-server.ts';
import type { Discovery } from '../../shared/domain/discovery.ts';
import { systemNames } from '../kernel/system-names.ts';
import { discover } from './index.ts';

interface World {
  readonly names?: Readonly<Record<string, NameRecords>>;
  readonly pages?: Readonly<Record<string, Page>>;
}

/** A real name server and a real https server, which are all that there is of the net. */
async function net({ names = {}, pages = {} }: World = {}) {
  const nameServer = await NameServer.start(names);
  const server = await SecureServer.withPages(pages);
  onTestFinished(async () => {
    await nameServer.close();
    await server.close();
  });
  const sources = { web: server.web(), names: systemNames([nameServer.address]) };
  const find = (address: string, mayAskDirectory = true): Promise<Discovery> => discover(address, mayAskDirectory, sources);
  return { find, server, nameServer };
}

const settings = (...servers: string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="nord.example">
    <domain>nord.example</domain>
    <displayName>Nord &amp; Co</displayName>
    ${servers.join('\n')}
  </emailProvider>
</clientConfig>`;
const incoming = (host: string, socket = 'SSL', port = 993, more = ''): string => `<incomingServer type="imap">
  <hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType>
  <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>${more}</incomingServer>`;
const ofDomain = 'https://autoconfig.nord.example/mail/config-v1.1.xml';
const ofDirectory = 'https://autoconfig.thunderbird.net/v1.1/nord.example';

describe('what an address leads to', () => {
  it('is known for the big providers, without asking anybody', async () => {
    const { find, server, nameServer } = await net();
    const found = await find('Anna@GMail.com');
    expect(found).toMatchObject({ domain: 'gmail.com', provider: 'Gmail', asked: [] });
    expect(found.proposals).toEqual([
      {
        ...{ service: 'imap', host: 'imap.gmail.com', port: 993, tls: 'implicit', user: 'Anna@GMail.com' },
        ...{ origin: 'provider', certainty: 'likely', isForeign: false, signIn: ['app-password', 'oauth'] },
      },
      expect.objectContaining({ service: 'caldav', signIn: ['oauth'] }),
      expect.objectContaining({ service: 'carddav', signIn: ['oauth'] }),
    ]);
    expect([server.asked, nameServer.asked]).toEqual([[], []]);
  });

  it('is what DNS names for its services, the best first, without what is not offered', async () => {
    const { find } = await net({
      names: {
        '_imaps._tcp.nord.example': {
          srv: [
            { priority: 20, port: 993, host: 'spare.nord.example' },
            { priority: 10, port: 1993, host: 'mail.nord.example' },
          ],
        },
        '_imap._tcp.nord.example': { srv: [{ port: 0, host: '.' }] },
        '_caldavs._tcp.nord.example': { srv: [{ port: 443, host: 'dav.nord.example' }], txt: ['path=/dav'] },
        '_carddavs._tcp.nord.example': { srv: [{ port: 8443, host: 'dav.elsewhere.example' }] },
        '_jmap._tcp.nord.example': { srv: [{ port: 443, host: 'mail.nord.example' }] },
      },
    });
    const { proposals } = await find('anna@nord.example');
    expect(proposals).toMatchObject([
      { service: 'imap', host: 'mail.nord.example', port: 1993, tls: 'implicit', origin: 'srv', certainty: 'likely' },
      { service: 'imap', host: 'spare.nord.example' },
      { service: 'caldav', url: 'https://dav.nord.example/dav', isForeign: false },
      { service: 'carddav', url: 'https://dav.elsewhere.example:8443/.well-known/carddav', isForeign: true },
      { service: 'jmap', url: 'https://mail.nord.example/.well-known/jmap', isForeign: false },
    ]);
  });

  it('is what the domain’s own settings say, which counts more than DNS', async () => {
    const { find } = await net({
      names: { '_imaps._tcp.nord.example': { srv: [{ port: 993, host: 'imap.nord.example' }] } },
      pages: {
        [ofDomain]: {
          body: settings(
            incoming('IMAP.nord.example'),
            incoming('%EMAILDOMAIN%', 'STARTTLS', 143, '<authentication>OAuth2</authentication>'),
            incoming('plain.nord.example', 'plain', 143),
            '<calendar type="caldav"><serverURL>https://cal.nord.example/</serverURL><username>%EMAILLOCALPART%</username></calendar>',
          ),
        },
      },
    });
    const { proposals } = await find('anna@nord.example');
    expect(proposals).toMatchObject([
      { host: 'imap.nord.example', origin: 'autoconfig', certainty: 'sure', user: 'anna@nord.example', signIn: ['password'] },
      { host: 'nord.example', port: 143, tls: 'starttls', signIn: ['password', 'oauth'] },
      { service: 'caldav', url: 'https://cal.nord.example/', user: 'anna' },
    ]);
  });

  it('is looked up in the directory only where the domain names no mail server, and only with leave', async () => {
    const pages = { [ofDirectory]: { body: settings(incoming('imap.sued.example')) } };
    const { find, server } = await net({ pages });
    const directory = (): string[] => server.asked.filter((url) => url.includes('thunderbird.net'));
    await find('anna@nord.example', false);
    expect(directory()).toEqual([]);
    const { proposals, asked } = await find('anna@nord.example');
    expect(proposals).toMatchObject([{ host: 'imap.sued.example', origin: 'directory', certainty: 'likely', isForeign: true }]);
    expect(asked).toContainEqual({ how: 'web', host: 'autoconfig.thunderbird.net', answered: true });
    const own = await net({ pages: { ...pages, [ofDomain]: { body: settings(incoming('imap.nord.example')) } } });
    await own.find('anna@nord.example');
    expect(own.server.asked.filter((url) => url.includes('thunderbird.net'))).toEqual([]);
  });

  it('is hinted at by the provider that takes its mail in', async () => {
    const { find } = await net({ names: { 'nord.example': { mx: ['mx.nord.example', 'in1-smtp.messagingengine.com'] } } });
    const found = await find('anna@nord.example');
    expect(found.provider).toBe('Fastmail');
    expect(found.proposals).toMatchObject([
      { host: 'imap.fastmail.com', origin: 'exchanger', certainty: 'likely', isForeign: true, signIn: ['app-password'] },
      { service: 'caldav' },
      { service: 'carddav' },
    ]);
  });

  it('is guessed where nobody says anything and a usual name exists', async () => {
    const { find } = await net({ names: { 'mail.nord.example': { a: true } } });
    const { proposals } = await find('anna@nord.example');
    expect(proposals).toMatchObject([{ host: 'mail.nord.example', port: 993, origin: 'guess', certainty: 'guess' }]);
  });

  it('is nothing where there is nothing', async () => {
    const { find } = await net();
    expect((await find('anna@nord.example')).proposals).toEqual([]);
  });

  it('is the well-known address of calendars and contacts, by a redirection or a request to sign in', async () => {
    const { find } = await net({
      pages: {
        'https://nord.example/.well-known/caldav': { status: 301, headers: { location: '/remote.php/dav/' } },
        'https://nord.example/.well-known/carddav': { status: 401, headers: { 'www-authenticate': 'Basic' } },
        'https://sued.example/.well-known/caldav': { status: 302, headers: { location: 'http://sued.example/dav/' } },
        'https://sued.example/.well-known/carddav': { status: 200, body: '<html>Not found, but friendly' },
      },
    });
    expect((await find('anna@nord.example')).proposals).toMatchObject([
      { service: 'caldav', url: 'https://nord.example/remote.php/dav/', origin: 'well-known', isForeign: false },
      { service: 'carddav', url: 'https://nord.example/.well-known/carddav' },
    ]);
    expect((await find('anna@sued.example')).proposals).toEqual([]);
  });
});

describe('those who are asked', () => {
  it('learn the domain and never who asks', async () => {
    const { find, server, nameServer } = await net();
    const { asked } = await find('a.very.private.name+tag@nord.example');
    const heard = [...server.asked, ...nameServer.asked];
    expect(heard.length).toBeGreaterThan(8);
    expect(heard.join('\n')).not.toMatch(/private|tag/);
    expect(new Set(asked.map(({ host }) => host))).toContain('_imaps._tcp.nord.example');
    expect(asked.every(({ host }) => host.endsWith('nord.example') || host === 'autoconfig.thunderbird.net')).toBe(true);
  });

  it('cannot make it fail, whatever they answer', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaa">]>${settings(incoming('&a;.nord.example'))}`;
    for (const page of [
      { body: bomb },
      { body: 'x'.repeat(300_000) },
      { body: settings(incoming('imap.nord.example', 'SSL', 99_999)) },
      { body: settings(incoming('imap.nord.example/..')) },
      { body: settings(incoming('')) },
      { body: Buffer.of(0xff, 0xfe, 0x00) },
      { status: 302, headers: { location: 'https://elsewhere.example/' } },
      { status: 500 },
    ] satisfies Page[]) {
      const { find } = await net({ pages: { [ofDomain]: page, [ofDirectory]: page } });
      expect((await find('anna@nord.example')).proposals).toEqual([]);
    }
  });

  it('are given up when they say nothing', async () => {
    const server = await SecureServer.withPages({ [ofDomain]: { endless: true } });
    const nameServer = await NameServer.start({});
    nameServer.silent = true;
    onTestFinished(async () => {
      await nameServer.close();
      await server.close();
    });
    const web = server.web({ ms: 200, bytes: 1000 });
    const names = { services: never, exchangers: never, texts: never, exists: never };
    const found = await discover('anna@nord.example', true, { web, names });
    expect(found.proposals).toEqual([]);
    expect(found.asked).toContainEqual({ how: 'web', host: 'autoconfig.nord.example', answered: false });
  });

  it('are not asked about what is no address', async () => {
    const { find, server, nameServer } = await net();
    for (const text of [
      '',
      'anna',
      'anna@',
      '@nord.example',
      'anna@nord',
      'anna@127.0.0.1',
      'anna@nord.example/x',
      'a b@nord.example',
    ])
      await expect(find(text)).rejects.toMatchObject({ code: 'input.invalid' });
    expect([server.asked, nameServer.asked]).toEqual([[], []]);
  });

  it('are asked about a name in other letters as DNS has it', async () => {
    const { find } = await net();
    expect((await find('anna@süden.example')).domain).toBe('xn--sden-0ra.example');
  });
});

const never = (): Promise<never> => Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEOUT' }));
