import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { type OAuthSignIn, oauthOf } from '../../shared/domain/sign-in.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pick } from '../naming.ts';
import { table } from '../output/table.ts';
import { askSecret, givenSecret } from '../secrets.ts';
import { sourcePlace } from '../source-place.ts';
import { keychainUsable, unlockedStorage } from '../unlocking.ts';
import { inKeychain, signIn, type SignInOptions } from './sign-in-source.ts';

interface SetUpOptions extends Pick<SignInOptions, 'device' | 'clientSecretFile'> {
  readonly as?: string;
  readonly keychain: boolean;
}

type Saved = CallOutput<'source.saved'>[number];

/** What a storage remembers of the sources in it: all that is left of them after the loss of a computer. */
export function addSavedCommands(source: Command, act: Act): void {
  source.command('saved').description('the sources that a storage remembers').argument('<storage>').action(act(saved));
  source
    .command('set-up')
    .description('sets up again here what a storage remembers: only the password is asked for')
    .argument('<storage>')
    .argument('<name>')
    .option('--as <name>', 'what it is to be called here')
    .option('--device', 'oauth: sign in on any device, with a code')
    .option('--client-secret-file <file>', 'oauth: where the provider gave one with the client id (STRATA_CLIENT_SECRET)')
    .option('--no-keychain')
    .action(act(setUp));
}

async function saved(context: Context, [name = '']: string[]): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const sources = await context.client.call('source.saved', { storage: id });
  if (context.options.json) return context.printJson(sources);
  const { say, formats } = context;
  const titles = (['name', 'kind', 'items', 'size', 'lastSaved', 'here', 'place'] as const).map((key) => ({
    title: say(`column.${key}`),
  }));
  context.print(
    table(
      titles,
      sources.map((one) => [
        ...[one.name, one.settings.kind, formats.count(one.items), formats.bytes(one.bytes), formats.time(one.newestMs)],
        ...[say(one.isHere ? 'isHere' : 'notHere'), sourcePlace(one.settings)],
      ]),
    ),
  );
}

async function setUp(context: Context, [storageName = '', sourceName = '']: string[], options: SetUpOptions): Promise<void> {
  const storage = await unlockedStorage(context, storageName);
  const source = pick('source', sourceName, await context.client.call('source.saved', { storage: storage.id }));
  const name = options.as ?? source.name;
  // Whoever types a password has seen to whom it goes.
  context.tell(context.say('setsUp', { name, place: sourcePlace(source.settings) }));
  const given = await givenFor(context, source, options);
  const { id } = await context.client.call('source.setUp', {
    ...{ storage: storage.id, source: source.id, name: options.as ?? null },
    ...given,
  });
  if (context.options.json) return context.printJson({ id, name, settings: source.settings });
  context.print(context.say('sourceAdded', { name }));
}

async function givenFor(context: Context, { name, settings }: Saved, options: SetUpOptions) {
  const oauth: OAuthSignIn | undefined = oauthOf(settings);
  if (oauth !== undefined && 'user' in settings) {
    const grant = await signIn(context, oauth, { user: settings.user, source: null, options });
    return { secret: null, grant, keepInKeychain: await inKeychain(context, options.keychain) };
  }
  const needsSecret = 'user' in settings;
  const secret = needsSecret
    ? (givenSecret(context.options) ?? (await askSecret(context.say('askSecret', { name }))) ?? null)
    : null;
  const keepInKeychain = options.keychain && secret !== null && (await keychainUsable(context));
  if (secret !== null && options.keychain && !keepInKeychain) context.tell(context.say('noKeychain'));
  return { secret, keepInKeychain };
}
