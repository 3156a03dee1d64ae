import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { GrantId, SourceId } from '../../shared/domain/ids.ts';
import { domainOfAddress, type OAuthPreset, providerOfDomain, providerOfHost } from '../../shared/domain/mail-providers.ts';
import { type OAuthServer, type OAuthSignIn, oauthOf, type WithSignIn } from '../../shared/domain/sign-in.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Context } from '../context.ts';
import { pickSource } from '../naming.ts';
import { givenClientSecret } from '../secrets.ts';
import { keychainUsable } from '../unlocking.ts';

export interface SignInOptions {
  readonly signIn?: string;
  readonly device?: boolean;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly issuer?: string;
  readonly authorizationUrl?: string;
  readonly tokenUrl?: string;
  readonly deviceUrl?: string;
  readonly revocationUrl?: string;
  readonly scope?: string[];
}

export const withSignInOptions = (command: Command): Command =>
  command
    .option('--sign-in <way>', 'password, or oauth: on the provider’s page in a browser')
    .option('--client-id <id>', 'oauth: under which the provider knows this program; register one there, or ask who runs it')
    .option('--client-secret-file <file>', 'oauth: where the provider gave one with the client id (STRATA_CLIENT_SECRET)')
    .option('--issuer <url>', 'oauth: a server that describes itself; the big providers are known')
    .option('--authorization-url <url>', 'oauth: the sign-in page of a server that does not')
    .option('--token-url <url>', 'oauth: where it gives tokens')
    .option('--device-url <url>', 'oauth: where it gives codes for --device')
    .option('--revocation-url <url>', 'oauth: where a sign-in is withdrawn when the source is removed')
    .option('--scope <scope...>', 'oauth: what is asked for')
    .option('--device', 'oauth: sign in on any device, with a code');

/** Where an account is: helps to find a provider that is known. */
interface Account {
  readonly kind: 'imap' | 'jmap' | 'caldav' | 'carddav';
  readonly host: string;
  readonly user: string;
}

/** What is not given stays as it was, or is as the provider is known to want it. */
export function signInFrom(
  context: Context,
  account: Account,
  options: SignInOptions,
  before: WithSignIn | undefined,
): WithSignIn {
  const old = before === undefined ? undefined : oauthOf(before);
  const way = options.signIn ?? (old === undefined ? 'password' : 'oauth');
  if (way === 'password') return {};
  const wrong = (reason: string): StrataError => new StrataError('usage.invalid', 'never', { reason });
  if (way !== 'oauth') throw wrong(context.say('unknownSignIn', { way }));
  const preset = presetOf(account);
  const server = givenServer(options) ?? old?.server ?? preset?.server;
  if (server === undefined) throw wrong(context.say('signInServerMissing', { host: account.host }));
  const clientId = options.clientId ?? old?.clientId;
  if (clientId === undefined)
    throw wrong(
      preset === undefined
        ? context.say('clientIdMissing')
        : `${context.say('clientIdMissing')} ${context.say('clientIdAt', { url: preset.registration })}`,
    );
  const scopes =
    options.scope ?? old?.scopes ?? (server === preset?.server && account.kind !== 'jmap' ? preset.scopes[account.kind] : []);
  return { signIn: { method: 'oauth', server, clientId, scopes } };
}

const presetOf = ({ host, user }: Account): OAuthPreset | undefined =>
  (providerOfHost(host) ?? providerOfDomain(domainOfAddress(user) ?? ''))?.oauth ?? undefined;

function givenServer(options: SignInOptions): OAuthServer | undefined {
  const { issuer, authorizationUrl: authorization, tokenUrl: token } = options;
  if (issuer !== undefined) return { by: 'issuer', issuer };
  if (authorization === undefined || token === undefined) return undefined;
  const { deviceUrl: device = null, revocationUrl: revocation = null } = options;
  return { by: 'endpoints', authorization, token, device, revocation };
}

/** Tells where to sign in, and waits until that is done. Ctrl-C breaks it off. */
export async function signIn(
  context: Context,
  signIn: OAuthSignIn,
  { user, source, options }: { readonly user: string; readonly source: SourceId | null; readonly options: SignInOptions },
): Promise<GrantId> {
  const { client, language } = context;
  const begun = await client.call('signIn.begin', {
    ...{ signIn, user, source, language },
    clientSecret: givenClientSecret(options.clientSecretFile) ?? null,
    way: options.device === true ? 'code' : 'browser',
  });
  const { grant } = begun;
  const breakOff = (): void => void client.call('signIn.cancel', { grant }).catch(() => undefined); // it may just have ended
  process.on('SIGINT', breakOff);
  process.on('SIGTERM', breakOff);
  try {
    tellWhere(context, begun);
    await client.call('signIn.wait', { grant });
    context.tell(context.say('signedIn'));
    return grant;
  } finally {
    process.off('SIGINT', breakOff);
    process.off('SIGTERM', breakOff);
  }
}

/** Also where nothing else is to be said: without it nobody can go on. */
function tellWhere(context: Context, { address, code, endsAtMs }: CallOutput<'signIn.begin'>): void {
  if (context.options.progress === 'json') {
    const line = { signIn: { address, code, endsAt: new Date(endsAtMs).toISOString() } };
    return void process.stderr.write(`${JSON.stringify(line)}\n`);
  }
  const what = code === null ? context.say('signInOpen') : context.say('signInCode', { code });
  process.stderr.write(`${what}\n\n  ${address}\n\n`);
  context.tell(context.say('signInWaits', { time: context.formats.time(endsAtMs) }));
}

/** Signs in again, in place of the sign-in that the source has, or had. */
export async function signInAgain(
  context: Context,
  [name = '']: string[],
  options: SignInOptions & { readonly keychain: boolean },
): Promise<void> {
  const { id, settings, ...source } = await pickSource(context, name);
  const oauth = oauthOf(settings);
  if (oauth === undefined || !('user' in settings))
    throw new StrataError('usage.invalid', 'never', { reason: context.say('signInByPassword', { name: source.name }) });
  const grant = await signIn(context, oauth, { user: settings.user, source: id, options });
  await context.client.call('source.renewSignIn', { id, grant, keepInKeychain: await inKeychain(context, options.keychain) });
  if (context.options.json) context.printJson({ id, name: source.name });
}

/** Where the sign-in is to be kept; says what it means where there is no keychain. */
export async function inKeychain(context: Context, isWanted: boolean): Promise<boolean> {
  const isKept = isWanted && (await keychainUsable(context));
  if (isWanted && !isKept) context.tell(context.say('noKeychainSignIn'));
  return isKept;
}
