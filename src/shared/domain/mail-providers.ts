import type { OAuthEndpoints } from './sign-in.ts';
import type { TlsMode } from './source-settings.ts';

/**
 * What a provider lets in. `app-password`: one made on its pages for one program; the account's own is refused. `oauth`: its page in
 * a browser. `bridge`: the password that the provider's own program on this computer shows.
 */
export type SignInWay = 'password' | 'app-password' | 'oauth' | 'bridge';

export interface MailProvider {
  readonly name: string;
  readonly domains: readonly string[];
  /** How the names of its mail exchangers end: it keeps the mail of other domains, too. */
  readonly mx: readonly string[];
  readonly imap: { readonly host: string; readonly port: number; readonly tls: TlsMode };
  readonly caldav: string | null;
  readonly carddav: string | null;
  /** For mail, the usual one first. */
  readonly signIn: readonly [SignInWay, ...SignInWay[]];
  /** For calendars and contacts where that differs. */
  readonly davSignIn?: readonly [SignInWay, ...SignInWay[]];
  readonly user: 'address' | 'local-part';
  /** Where a person makes an app password. */
  readonly appPasswords: string | null;
  /** Where IMAP is switched on, at providers where it is off at first. */
  readonly imapSwitch: string | null;
  readonly oauth: OAuthPreset | null;
}

/** All of a provider's OAuth but the client id, which a person brings. */
export interface OAuthPreset {
  readonly server: OAuthEndpoints;
  readonly scopes: Readonly<Record<'imap' | 'caldav' | 'carddav', readonly string[]>>;
  /** Where a person registers a client id. */
  readonly registration: string;
}

const endpoints = (
  authorization: string,
  token: string,
  more: Partial<Pick<OAuthEndpoints, 'device' | 'revocation'>> = {},
): OAuthEndpoints => ({ by: 'endpoints', authorization, token, device: null, revocation: null, ...more });

const google: OAuthPreset = {
  server: endpoints('https://accounts.google.com/o/oauth2/v2/auth', 'https://oauth2.googleapis.com/token', {
    revocation: 'https://oauth2.googleapis.com/revoke',
  }),
  scopes: {
    imap: ['https://mail.google.com/'],
    caldav: ['https://www.googleapis.com/auth/calendar'],
    carddav: ['https://www.googleapis.com/auth/carddav'],
  },
  registration: 'https://console.cloud.google.com/apis/credentials',
};
const microsoft: OAuthPreset = {
  server: endpoints(
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    { device: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode' },
  ),
  scopes: { imap: ['https://outlook.office.com/IMAP.AccessAsUser.All', 'offline_access'], caldav: [], carddav: [] },
  registration: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
};
const yandex: OAuthPreset = {
  server: endpoints('https://oauth.yandex.com/authorize', 'https://oauth.yandex.com/token', {
    device: 'https://oauth.yandex.com/device/code',
  }),
  scopes: { imap: ['mail:imap_ro'], caldav: ['calendar:all'], carddav: ['addressbook:all'] },
  registration: 'https://oauth.yandex.com/client/new',
};

const implicit = (host: string): MailProvider['imap'] => ({ host, port: 993, tls: 'implicit' });

/** A provider as most are: full address and password, nothing else. */
const provider = (
  name: string,
  domains: string,
  host: string,
  more: Partial<Omit<MailProvider, 'name' | 'domains'>> = {},
): MailProvider => ({
  name,
  domains: domains.split(' '),
  mx: [],
  imap: implicit(host),
  caldav: null,
  carddav: null,
  signIn: ['password'],
  user: 'address',
  appPasswords: null,
  imapSwitch: null,
  oauth: null,
  ...more,
});

/**
 * As it is commonly known. None of it was compared with the providers' own pages, or tried with an account of theirs; a person sees
 * each before a password goes there.
 */
export const mailProviders: readonly MailProvider[] = [
  provider('Gmail', 'gmail.com googlemail.com', 'imap.gmail.com', {
    mx: ['google.com', 'googlemail.com'],
    caldav: 'https://apidata.googleusercontent.com/caldav/v2/',
    carddav: 'https://www.googleapis.com/.well-known/carddav',
    signIn: ['app-password', 'oauth'],
    davSignIn: ['oauth'],
    appPasswords: 'https://myaccount.google.com/apppasswords',
    imapSwitch: 'https://mail.google.com/mail/u/0/#settings/fwdandpop',
    oauth: google,
  }),
  provider(
    'Microsoft 365, Outlook.com',
    'outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.co.uk hotmail.fr live.com live.de live.co.uk msn.com',
    'outlook.office365.com',
    { mx: ['protection.outlook.com', 'olc.protection.outlook.com'], signIn: ['oauth'], oauth: microsoft },
  ),
  provider('iCloud', 'icloud.com me.com mac.com', 'imap.mail.me.com', {
    mx: ['mail.icloud.com'],
    caldav: 'https://caldav.icloud.com/',
    carddav: 'https://contacts.icloud.com/',
    signIn: ['app-password'],
    appPasswords: 'https://account.apple.com/account/manage',
  }),
  provider('Yahoo', 'yahoo.com yahoo.de yahoo.co.uk yahoo.fr yahoo.it yahoo.es ymail.com rocketmail.com', 'imap.mail.yahoo.com', {
    mx: ['yahoodns.net'],
    caldav: 'https://caldav.calendar.yahoo.com/',
    carddav: 'https://carddav.address.yahoo.com/',
    signIn: ['app-password'],
    appPasswords: 'https://login.yahoo.com/account/security',
  }),
  provider('AOL', 'aol.com aim.com', 'imap.aol.com', {
    signIn: ['app-password'],
    appPasswords: 'https://login.aol.com/account/security',
  }),
  provider('Fastmail', 'fastmail.com fastmail.fm', 'imap.fastmail.com', {
    mx: ['messagingengine.com'],
    caldav: 'https://caldav.fastmail.com/',
    carddav: 'https://carddav.fastmail.com/',
    signIn: ['app-password'],
    appPasswords: 'https://app.fastmail.com/settings/security/integrations',
  }),
  provider('GMX', 'gmx.de gmx.net gmx.at gmx.ch gmx.eu', 'imap.gmx.net', {
    mx: ['gmx.net'],
    caldav: 'https://caldav.gmx.net/',
    carddav: 'https://carddav.gmx.net/',
    imapSwitch: 'https://hilfe.gmx.net/pop-imap/einschalten.html',
  }),
  provider('GMX', 'gmx.com gmx.us gmx.co.uk', 'imap.gmx.com', { imapSwitch: 'https://support.gmx.com/pop-imap/toggle.html' }),
  provider('WEB.DE', 'web.de email.de', 'imap.web.de', {
    mx: ['web.de'],
    caldav: 'https://caldav.web.de/',
    carddav: 'https://carddav.web.de/',
    imapSwitch: 'https://hilfe.web.de/pop-imap/einschalten.html',
  }),
  provider('mailbox.org', 'mailbox.org', 'imap.mailbox.org', {
    mx: ['mailbox.org'],
    caldav: 'https://dav.mailbox.org/caldav/',
    carddav: 'https://dav.mailbox.org/carddav/',
  }),
  provider('Posteo', 'posteo.de posteo.net posteo.eu posteo.at posteo.ch', 'posteo.de', {
    caldav: 'https://posteo.de:8443/',
    carddav: 'https://posteo.de:8443/',
  }),
  provider('Proton Mail', 'proton.me protonmail.com protonmail.ch pm.me', '127.0.0.1', {
    mx: ['protonmail.ch'],
    imap: { host: '127.0.0.1', port: 1143, tls: 'starttls' },
    signIn: ['bridge'],
  }),
  provider('Zoho', 'zoho.com zohomail.com', 'imap.zoho.com', {
    mx: ['zoho.com'],
    caldav: 'https://calendar.zoho.com/',
    carddav: 'https://contacts.zoho.com/',
    signIn: ['password', 'app-password'],
    appPasswords: 'https://accounts.zoho.com/home#security/app_password',
    imapSwitch: 'https://mail.zoho.com/zm/#settings/all/mailaccounts',
  }),
  provider('Zoho', 'zoho.eu zohomail.eu', 'imap.zoho.eu', {
    mx: ['zoho.eu'],
    caldav: 'https://calendar.zoho.eu/',
    carddav: 'https://contacts.zoho.eu/',
    signIn: ['password', 'app-password'],
    appPasswords: 'https://accounts.zoho.eu/home#security/app_password',
    imapSwitch: 'https://mail.zoho.eu/zm/#settings/all/mailaccounts',
  }),
  provider('Yandex', 'yandex.ru yandex.com ya.ru yandex.by yandex.kz', 'imap.yandex.com', {
    mx: ['mx.yandex.net', 'mx.yandex.ru'],
    caldav: 'https://caldav.yandex.ru/',
    carddav: 'https://carddav.yandex.ru/',
    signIn: ['app-password', 'oauth'],
    appPasswords: 'https://id.yandex.com/security/app-passwords',
    imapSwitch: 'https://mail.yandex.com/#setup/client',
    oauth: yandex,
  }),
  provider('T-Online', 't-online.de magenta.de', 'secureimap.t-online.de', {
    caldav: 'https://spica.t-online.de/spica-calendar/',
    carddav: 'https://spica.t-online.de/spica-contacts/',
    signIn: ['app-password'],
    appPasswords: 'https://account.idm.telekom.com/account-manager/',
  }),
  provider('IONOS', 'online.de onlinehome.de', 'imap.ionos.de', {
    mx: ['ionos.de', 'kundenserver.de', '1and1.com', 'ionos.com'],
  }),
  provider('Strato', 'strato.de', 'imap.strato.de', { mx: ['rzone.de'] }),
  provider('Infomaniak', 'ik.me etik.com ikmail.com', 'mail.infomaniak.com', {
    mx: ['infomaniak.ch', 'infomaniak.com'],
    caldav: 'https://sync.infomaniak.com/',
    carddav: 'https://sync.infomaniak.com/',
    signIn: ['app-password'],
    appPasswords: 'https://manager.infomaniak.com/v3/ng/profile/user/connection-history/application-password',
  }),
  provider('Mail.ru', 'mail.ru bk.ru inbox.ru list.ru internet.ru', 'imap.mail.ru', {
    mx: ['mail.ru'],
    caldav: 'https://calendar.mail.ru/',
    signIn: ['app-password'],
    appPasswords: 'https://account.mail.ru/user/2-step-auth/passwords',
  }),
  provider('freenet', 'freenet.de', 'mx.freenet.de'),
  provider('Migadu', 'migadu.com', 'imap.migadu.com', { mx: ['migadu.com'] }),
  provider('Orange', 'orange.fr wanadoo.fr', 'imap.orange.fr'),
  provider('Free', 'free.fr', 'imap.free.fr', { user: 'local-part' }),
  provider('Libero', 'libero.it', 'imapmail.libero.it'),
];

const byDomain = new Map(mailProviders.flatMap((one) => one.domains.map((domain) => [domain, one] as const)));

export const providerOfDomain = (domain: string): MailProvider | undefined => byDomain.get(domain.toLowerCase());

const hostOf = (url: string): string => /^https:\/\/([^/:]+)/.exec(url)?.[1] ?? '';

/** By the server of one of its services: help for an account whose address is not known. */
export function providerOfHost(host: string): MailProvider | undefined {
  const name = host.toLowerCase();
  // What runs on this computer is not known by that: a provider's own program, or any server.
  if (name === '127.0.0.1') return undefined;
  return mailProviders.find(
    ({ imap, caldav, carddav }) => imap.host === name || [caldav, carddav].some((url) => url !== null && hostOf(url) === name),
  );
}

/** By the server that takes a domain's mail in: a hint, as filters and forwarders stand there, too. */
export function providerOfExchanger(host: string): MailProvider | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return mailProviders.find(({ mx }) => mx.some((end) => name === end || name.endsWith(`.${end}`)));
}

/** What follows the last @; undefined: this is no address. */
export function domainOfAddress(address: string): string | undefined {
  const [, domain] = /^[^\s]+@([^\s@/?#:\\]+\.[^\s@/?#:\\]+)$/.exec(address.trim()) ?? [];
  return domain?.toLowerCase();
}
