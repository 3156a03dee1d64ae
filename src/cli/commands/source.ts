import { resolve } from 'node:path';
import { Command } from 'commander';
import { type SourceSettings, sourceKinds, type TlsMode } from '../../shared/domain/source-settings.ts';
import { type OAuthSignIn, oauthOf } from '../../shared/domain/sign-in.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { pickSource } from '../naming.ts';
import { table } from '../output/table.ts';
import type { Act } from '../act.ts';
import { askSecret, givenSecret } from '../secrets.ts';
import { sourcePlace } from '../source-place.ts';
import { discover } from './discover-source.ts';
import { addSavedCommands } from './saved-source.ts';
import { inKeychain, signIn, signInAgain, signInFrom, type SignInOptions, withSignInOptions } from './sign-in-source.ts';
import { recoveryRows } from '../recovery-rows.ts';
import { type LimitOptions, limitsFrom, limitText } from '../source-limits.ts';
import { keychainUsable, unlockWhatOpens } from '../unlocking.ts';

type SourceSummary = CallOutput<'source.show'>;

interface SourceOptions extends SignInOptions, LimitOptions {
  readonly path?: string[];
  readonly url?: string;
  readonly host?: string;
  readonly port?: string;
  readonly tls?: string;
  readonly user?: string;
  readonly token?: boolean;
  readonly certificate?: string;
  readonly sievePort?: string;
  readonly exclude?: string[];
  readonly excludeIfPresent?: string[];
  readonly oneFileSystem?: boolean;
  readonly keychain: boolean;
  readonly newName?: string;
}

const withSettings = (command: Command): Command =>
  withSignInOptions(command)
    .option(
      '--path <dir...>',
      'directories of a files source; else a Maildir, an mbox or a directory of them, a tree of files, a Thunderbird profile',
    )
    .option('--url <address>', 'a JMAP, calendar or contacts server: its name, or any address of the account')
    .option('--host <name>')
    .option('--port <number>')
    .option('--tls <mode>', 'implicit, starttls (required), or none')
    .option('--user <name>')
    .option('--token', 'of JMAP: the secret is a token that the provider gave for programs, no password')
    .option('--certificate <sha256>', 'accept this certificate although the system does not trust it')
    .option(
      '--sieve-port <number>',
      "of the mail server's filter scripts (ManageSieve, mostly 4190), to back them up as well; or off",
    )
    .option('--max-requests <number>', 'requests a second that a server is asked at most; or off')
    .option('--max-rate <size>', 'bytes a second that are read from a server at most, as 2MB; or off')
    .option('--exclude <pattern...>')
    .option('--exclude-if-present <name...>')
    .option('--one-file-system')
    .option('--no-keychain');

export function sourceCommands(act: Act): Command {
  const source = new Command('source').description('where data comes from');
  withSettings(source.command('add').argument('<kind>', sourceKinds.join(', ')).argument('<name>')).action(act(add));
  withSettings(source.command('edit').argument('<name>').option('--new-name <name>')).action(act(edit));
  source
    .command('sign-in')
    .description('signs in again on the provider’s page, where the sign-in has ended or is to be another one')
    .argument('<name>')
    .option('--device', 'on any device, with a code')
    .option('--client-secret-file <file>', 'where it is another one now (STRATA_CLIENT_SECRET)')
    .option('--no-keychain')
    .action(act(signInAgain));
  source
    .command('discover')
    .description('finds the servers of an address: asks its domain, and tells nobody more than the domain')
    .argument('<address>')
    .option('--no-directory', 'do not ask the directory of providers at autoconfig.thunderbird.net')
    .action(act(discover));
  addSavedCommands(source, act);
  source.command('test').argument('<name>').action(act(test));
  source.command('list').action(act(list));
  source.command('show').argument('<name>').action(act(show));
  source.command('remove').argument('<name>').action(act(remove));
  source.command('tree').argument('<name>').option('--counts').option('--folder <key>').action(act(tree));
  return source;
}

async function add(context: Context, [kind = '', name = '']: string[], options: SourceOptions): Promise<void> {
  const settings = settingsFrom(context, kind, options, undefined);
  const oauth = oauthOf(settings);
  if (oauth !== undefined) return addSignedIn(context, name, { settings, oauth }, options);
  const secret =
    'user' in settings ? (givenSecret(context.options) ?? (await askSecret(context.say('askSecret', { name }))) ?? null) : null;
  const keepInKeychain = options.keychain && secret !== null && (await keychainUsable(context));
  if (secret !== null && options.keychain && !keepInKeychain) context.tell(context.say('noKeychain'));
  const { id } = await context.client.call('source.add', { name, settings, secret, keepInKeychain });
  if (context.options.json) return context.printJson({ id, name, settings });
  context.print(context.say('sourceAdded', { name }));
}

/** Nobody signs in for nothing: that the name is free is looked at first. */
async function addSignedIn(
  context: Context,
  name: string,
  { settings, oauth }: { readonly settings: SourceSettings; readonly oauth: OAuthSignIn },
  options: SourceOptions,
): Promise<void> {
  const sources = await context.client.call('source.list', {});
  if (sources.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    throw new StrataError('name.taken', 'after-user-action', { kind: 'source', name });
  const user = 'user' in settings ? settings.user : '';
  const grant = await signIn(context, oauth, { user, source: null, options });
  const keepInKeychain = await inKeychain(context, options.keychain);
  const { id } = await context.client.call('source.add', { name, settings, secret: null, grant, keepInKeychain });
  if (context.options.json) return context.printJson({ id, name, settings });
  context.print(context.say('sourceAdded', { name }));
}

async function edit(context: Context, [name = '']: string[], options: SourceOptions): Promise<void> {
  const source = await pickSource(context, name);
  const settings = settingsFrom(context, source.settings.kind, options, source.settings);
  const secret = givenSecret(context.options) ?? null;
  const keepInKeychain = options.keychain && secret !== null && (await keychainUsable(context));
  await context.client.call('source.edit', {
    id: source.id,
    name: options.newName ?? source.name,
    settings,
    secret,
    keepInKeychain,
  });
  const needsSignIn = oauthOf(settings) !== undefined && oauthOf(source.settings) === undefined;
  if (needsSignIn) context.tell(context.say('signInNext', { name: options.newName ?? source.name }));
}

/** What is not given stays as it was, or is the safe default. */
function settingsFrom(
  context: Context,
  kind: string,
  options: SourceOptions,
  before: SourceSettings | undefined,
): SourceSettings {
  const exclude = options.exclude ?? before?.exclude ?? [];
  const missing = (option: string): StrataError =>
    new StrataError('usage.invalid', 'never', { reason: context.say('optionMissing', { option, kind }) });
  switch (kind) {
    case 'files': {
      const old = before?.kind === 'files' ? before : undefined;
      const paths = options.path?.map((path) => resolve(path)) ?? old?.paths;
      if (paths === undefined) throw missing('--path');
      return {
        kind,
        paths,
        exclude,
        excludeIfPresent: options.excludeIfPresent ?? old?.excludeIfPresent ?? [],
        oneFileSystem: options.oneFileSystem ?? old?.oneFileSystem ?? false,
      };
    }
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird': {
      const path = options.path?.[0] ?? (before?.kind === kind ? before.path : undefined);
      if (path === undefined) throw missing('--path');
      return { kind, path: resolve(path), exclude };
    }
    case 'imap': {
      const old = before?.kind === 'imap' ? before : undefined;
      const host = options.host ?? old?.host;
      const user = options.user ?? old?.user;
      if (host === undefined) throw missing('--host');
      if (user === undefined) throw missing('--user');
      const tls = tlsMode(context, options.tls) ?? old?.tls ?? 'implicit';
      const sievePort =
        options.sievePort === undefined ? old?.sievePort : options.sievePort === 'off' ? undefined : Number(options.sievePort);
      const port = options.port === undefined ? (old?.port ?? (tls === 'implicit' ? 993 : 143)) : Number(options.port);
      return {
        kind,
        host,
        user,
        tls,
        port,
        exclude,
        ...(sievePort === undefined ? {} : { sievePort }),
        ...signInFrom(context, { kind, host, user }, options, old),
        ...limitsFrom(context, options, old),
        certificateSha256: options.certificate?.replaceAll(':', '').toLowerCase() ?? old?.certificateSha256 ?? null,
      };
    }
    case 'jmap': {
      const old = before?.kind === kind ? before : undefined;
      const url = options.url ?? old?.url;
      const user = options.user ?? old?.user;
      if (url === undefined) throw missing('--url');
      if (user === undefined) throw missing('--user');
      const certificateSha256 = options.certificate?.replaceAll(':', '').toLowerCase() ?? old?.certificateSha256 ?? null;
      const secretIs = options.token === true ? 'token' : old?.secretIs;
      const signedIn = signInFrom(context, { kind, host: hostIn(url), user }, options, old);
      return {
        kind,
        url,
        user,
        certificateSha256,
        exclude,
        ...(secretIs === undefined ? {} : { secretIs }),
        ...signedIn,
        ...limitsFrom(context, options, old),
      };
    }
    case 'caldav':
    case 'carddav': {
      const old = before?.kind === kind ? before : undefined;
      const url = options.url ?? old?.url;
      const user = options.user ?? old?.user;
      if (url === undefined) throw missing('--url');
      if (user === undefined) throw missing('--user');
      const certificateSha256 = options.certificate?.replaceAll(':', '').toLowerCase() ?? old?.certificateSha256 ?? null;
      const signedIn = signInFrom(context, { kind, host: hostIn(url), user }, options, old);
      return { kind, url, user, certificateSha256, exclude, ...signedIn, ...limitsFrom(context, options, old) };
    }
    default:
      throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownSourceKind', { kind }) });
  }
}

/** The server alone: a path is that of another protocol. */
const serverOf = (url: string): string => (url.includes('://') ? (URL.parse(url)?.origin ?? url) : url.replace(/\/.*$/, ''));

const hostIn = (url: string): string => URL.parse(url.includes('://') ? url : `https://${url}`)?.hostname ?? url;

function tlsMode(context: Context, text: string | undefined): TlsMode | undefined {
  if (text === undefined || text === 'implicit' || text === 'starttls' || text === 'none') return text;
  throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownTls', { tls: text }) });
}

async function test(context: Context, [name = '']: string[]): Promise<void> {
  const { id, settings } = await pickSource(context, name);
  const answer = await context.client.call('source.test', { id, settings, secret: givenSecret(context.options) ?? null });
  if (context.options.json) context.printJson(answer);
  else if (answer.ok)
    context.print(
      context.say('sourceWorks', {
        folders: answer.folders,
        items: answer.items ?? '–',
        capabilities: answer.capabilities.join(' '),
      }),
    );
  if (answer.ok && !context.options.json && 'user' in settings && 'url' in settings)
    for (const kind of answer.alsoNeeds)
      context.print(context.say(`alsoNeeds.${kind}`, { url: serverOf(settings.url), user: settings.user }));
  if (answer.failure !== null) {
    process.stderr.write(`${sayFailure(answer.failure, context.language)} [${answer.failure.code}]\n`);
    throw new Exit(exitCodeOf(answer.failure.code));
  }
}

async function list(context: Context): Promise<void> {
  const sources = await context.client.call('source.list', {});
  if (context.options.json) return context.printJson(sources);
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.name') },
        { title: say('column.kind') },
        { title: say('column.protectedUntil') },
        { title: say('column.place') },
      ],
      sources.map((one) => [one.name, one.settings.kind, formats.time(one.protectedUntilMs), sourcePlace(one.settings)]),
    ),
  );
}

async function show(context: Context, [name = '']: string[]): Promise<void> {
  // What is saved of it is known by the storages that can be opened.
  await unlockWhatOpens(context);
  const source = await pickSource(context, name);
  const recovery = await context.client.call('source.recovery', { id: source.id });
  if (context.options.json) return context.printJson({ ...source, recovery });
  const { say, formats } = context;
  const rows = [
    [say('column.name'), source.name],
    [say('column.kind'), source.settings.kind],
    [say('column.place'), sourcePlace(source.settings)],
    ...('user' in source.settings ? [[say('column.limits'), limitText(context, source.settings) ?? '–']] : []),
    [say('column.jobs'), source.jobs.map((job) => job.name).join(', ') || '–'],
    [say('column.protectedUntil'), formats.time(source.protectedUntilMs)],
    ...source.rehearsed.map((mark) => [say('column.restorable'), restorableFrom(context, mark)]),
    ...recovery.flatMap((one) => recoveryRows(context, one)),
    ...(source.secret === null
      ? []
      : [[say(oauthOf(source.settings) === undefined ? 'column.secret' : 'column.signIn'), say(`secret.${source.secret}`)]]),
  ];
  context.print(rows.map(([label = '', value = '']) => `${label.padEnd(22)}${value}`).join('\n'));
  for (const { failure } of source.endings) context.print(sayFailure(failure, context.language));
}

function restorableFrom({ say, formats }: Context, mark: SourceSummary['rehearsed'][number]): string {
  const facts = { name: mark.storageName, time: formats.time(mark.atMs), items: formats.count(mark.items) };
  return say(mark.outcome === 'unequal' ? 'notProven' : 'proven', { ...facts, unequal: formats.count(mark.unequal) });
}

async function remove(context: Context, [name = '']: string[]): Promise<void> {
  const source = await pickSource(context, name);
  await context.client.call('source.remove', { id: source.id });
}

async function tree(context: Context, [name = '']: string[], options: { counts?: boolean; folder?: string }): Promise<void> {
  const { id } = await pickSource(context, name);
  const folders = await context.client.call('source.tree', {
    id,
    settings: null,
    secret: givenSecret(context.options) ?? null,
    parentKey: options.folder ?? null,
  });
  if (context.options.json) return context.printJson(folders);
  for (const folder of folders) {
    const count = options.counts && folder.items !== null ? `  ${context.formats.count(folder.items)}` : '';
    context.print(`${folder.key}${folder.excluded ? `  (${context.say('excluded')})` : ''}${count}`);
  }
}
