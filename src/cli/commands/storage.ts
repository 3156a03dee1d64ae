import { resolve } from 'node:path';
import { Command } from 'commander';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import type { CliWord } from '../../shared/words/cli.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { harmless, table } from '../output/table.ts';
import { runJson } from '../output/json.ts';
import type { Act } from '../act.ts';
import { askNewPassword, askSecret, givenPassword, readSecretFile } from '../secrets.ts';
import { addCheckCommand, verificationLines } from './check.ts';
import { addKeyCommands } from './keys.ts';
import { archiveCommands } from './archive.ts';
import { mirrorCommands } from './mirror.ts';
import { makeStorage, printRecoveryKey, shallKeep } from '../storage-making.ts';
import { unlockedStorage } from '../unlocking.ts';
import { pickStorage } from '../naming.ts';
import { parseDefaultRetention } from '../retention-rules.ts';
import { addForgetSourceCommand } from './forget-source.ts';
import { addKeepingCommands } from './keeping.ts';
import { addRemovalCommands } from './removal.ts';
import { rehearsalLines } from './rehearse.ts';
import { addRepairCommand } from './repair.ts';
import { addStorageFacts } from './storage-facts.ts';
import { addTextCommands } from './search-texts.ts';
import { addScheduleCommand } from './storage-schedule.ts';

interface CreateOptions {
  readonly name: string;
  readonly recoveryKey?: string;
  readonly keychain: boolean;
  readonly retention?: string;
}

export function storageCommands(act: Act): Command {
  const storage = new Command('storage').description('where copies live');
  storage
    .command('create')
    .argument('<dir>')
    .requiredOption('--name <name>')
    .option('--recovery-key <file>', 'write the recovery key there')
    .option('--no-keychain', 'keep the key in memory only')
    .option(
      '--retention <rules>',
      'what jobs on it begin with: "last=10 daily=7 within=30d deleted=30d", none (everything stays), usual (as in the settings)',
    )
    .action(act(create));
  storage
    .command('attach')
    .argument('<dir>')
    .option('--name <name>')
    .option('--recovery-key <file>')
    .option('--no-keychain')
    .option('--read-only', 'to browse and restore; nothing is written to it')
    .option('--adopt', 'go on with it here; the computer that it belongs to can then no longer write to it')
    .action(act(attach));
  storage.command('adopt').argument('<name>').description('make it this computer’s own').action(act(adopt));
  storage.command('accept-older').argument('<name>').description('go on with an older state').action(act(acceptOlder));
  storage.command('repoint').argument('<name>').argument('<dir>').description('it has moved there').action(act(repoint));
  storage.command('unlock-stale').argument('<name>').description('take away locks that nobody holds').action(act(unlockStale));
  storage.command('detach').argument('<name>').action(act(detach));
  storage.command('list').action(act(list));
  storage.command('show').argument('<name>').action(act(show));
  storage.command('rename').argument('<name>').argument('<new-name>').action(act(rename));
  addCheckCommand(storage, act);
  storage.command('rebuild-catalog').argument('<name>').action(act(rebuild));
  addTextCommands(storage, act);
  addKeyCommands(storage, act);
  storage.addCommand(mirrorCommands(act));
  storage.addCommand(archiveCommands(act));
  addScheduleCommand(storage, act);
  addRemovalCommands(storage, act);
  addForgetSourceCommand(storage, act);
  addRepairCommand(storage, act);
  addKeepingCommands(storage, act);
  addStorageFacts(storage, act);
  return storage;
}

async function create(context: Context, [directory]: string[], options: CreateOptions): Promise<void> {
  const path = resolve(directory ?? '');
  // Read before anything is made, so that a slip of the pen makes nothing.
  const defaultRetention = options.retention === undefined ? undefined : parseDefaultRetention(options.retention);
  const password = givenPassword(context.options) ?? (await askNewPassword(context));
  const { name, keychain, recoveryKey: recoveryKeyFile } = options;
  const made = await makeStorage(context, { name, path, password, keychain, recoveryKeyFile });
  if (defaultRetention !== undefined) await context.client.call('storage.changeSettings', { storage: made.id, defaultRetention });
  if (context.options.json)
    return context.printJson({
      id: made.id,
      name: options.name,
      path,
      recoveryKeyFile: options.recoveryKey ?? null,
      ...(options.recoveryKey === undefined ? { recoveryKey: made.recoveryKey } : {}),
    });
  context.print(context.say('storageCreated', { name: options.name, path }));
  printRecoveryKey(context, made, recoveryKeyFile);
}

/** What a person can do about it, as it is typed. */
const attachHints: Partial<Record<StrataErrorCode, CliWord>> = {
  'storage.owned-elsewhere': 'attachChoices',
  'storage.moved': 'attachMoved',
};

async function attach(
  context: Context,
  [directory]: string[],
  options: { name?: string; recoveryKey?: string; keychain: boolean; readOnly?: boolean; adopt?: boolean },
): Promise<void> {
  const path = resolve(directory ?? '');
  const unlock =
    options.recoveryKey === undefined
      ? ({
          by: 'password',
          password: givenPassword(context.options) ?? (await askSecret(context.say('askPassword', { name: path }))) ?? '',
        } as const)
      : ({ by: 'recovery-key', recoveryKey: readSecretFile(options.recoveryKey) } as const);
  if (unlock.by === 'password' && unlock.password === '')
    throw new StrataError('storage.needs-password', 'after-user-action', { name: path });
  const keepInKeychain = await shallKeep(context, options.keychain);
  const taking = options.readOnly === true ? 'read-only' : options.adopt === true ? 'adopt' : 'refuse';
  const request = { name: options.name ?? null, path, unlock, keepInKeychain, taking } as const;
  const { id } = await context.client.call('storage.attach', request).catch((error: unknown) => {
    const hint = isStrataError(error) ? attachHints[error.code] : undefined;
    if (hint !== undefined) context.tell(context.say(hint));
    throw error;
  });
  const { name } = await context.client.call('storage.show', { id });
  if (context.options.json) return context.printJson({ id, name, path });
  context.print(context.say('storageAttached', { name, path }));
}

async function detach(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await pickStorage(context, name);
  await context.client.call('storage.detach', { id: storage.id });
  context.print(context.say('storageDetached', { name: storage.name, path: storage.path }));
}

async function adopt(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  await context.client.call('storage.adopt', { id: storage.id });
  context.print(context.say('storageAdopted', { name: storage.name }));
}

async function acceptOlder(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  await context.client.call('storage.acceptOlder', { id: storage.id });
  context.print(context.say('olderAccepted', { name: storage.name }));
}

async function repoint(context: Context, [name = '', directory = '']: string[]): Promise<void> {
  const storage = await pickStorage(context, name);
  const path = resolve(directory);
  await context.client.call('storage.repoint', { id: storage.id, path });
  context.print(context.say('storageRepointed', { name: storage.name, path }));
}

/** Shows who works there; takes away, when told to, what this computer does not know to be alive. */
async function unlockStale(context: Context, [name = '']: string[]): Promise<void> {
  const { client, formats, say } = context;
  const storage = await unlockedStorage(context, name);
  const locks = await client.call('storage.locks', { id: storage.id });
  const stale = locks.filter(({ holder }) => holder !== 'here' && holder !== 'alive');
  const shall = context.options.yes === true;
  if (shall) for (const lock of stale) await client.call('storage.clearLock', { id: storage.id, lock: lock.name });
  if (context.options.json) context.printJson(locks.map((lock) => ({ ...lock, cleared: shall && stale.includes(lock) })));
  else if (locks.length === 0) context.print(say('notLocked', { name: storage.name }));
  else {
    const titles = ['column.kind', 'column.computer', 'column.since', 'column.state'] as const;
    context.print(
      table(
        titles.map((title) => ({ title: say(title) })),
        locks.map(({ purpose, hostName, sinceMs, holder }) => [
          purpose ?? '–',
          hostName ?? '–',
          formats.time(sinceMs),
          say(`lock.${holder}`),
        ]),
      ),
    );
    if (shall) context.print(say('locksCleared', { count: stale.length }));
  }
  if (!shall && stale.length > 0) throw new StrataError('confirmation.needed', 'after-user-action');
}

async function list(context: Context): Promise<void> {
  const storages = await context.client.call('storage.list', {});
  if (context.options.json) return context.printJson(storages);
  const { formats, say } = context;
  context.print(
    table(
      [
        { title: say('column.name') },
        { title: say('column.state') },
        { title: say('column.items'), right: true },
        { title: say('column.stored'), right: true },
        { title: say('column.place') },
      ],
      storages.map((one) => [
        one.name,
        say(one.mode === 'read-only' && one.state === 'open' ? 'storage.read-only' : `storage.${one.state}`),
        formats.count(one.items),
        formats.bytes(one.storedBytes),
        one.path,
      ]),
    ),
  );
}

async function show(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  if (context.options.json) return context.printJson(storage);
  const { formats, say } = context;
  const rows = [
    [say('column.name'), storage.name],
    [say('column.place'), storage.path],
    [say('column.owner'), storage.owner === null ? '–' : ownerText(context, storage.owner)],
    [say('column.items'), formats.count(storage.items)],
    [say('column.versions'), formats.count(storage.versions)],
    [say('column.moments'), formats.count(storage.moments)],
    [say('column.size'), formats.bytes(storage.itemBytes)],
    [say('column.stored'), formats.bytes(storage.storedBytes)],
    [say('column.free'), storage.freeBytes === null ? '–' : formats.bytes(storage.freeBytes)],
    [say('column.lastSaved'), formats.time(storage.lastCommitAtMs)],
    [say('column.lastCheck'), formats.time(storage.lastCheck?.atMs ?? null)],
  ];
  context.print(rows.map(([label = '', value = '']) => `${label.padEnd(22)}${value}`).join('\n'));
  for (const line of verificationLines(context, storage.verification)) context.print(line);
  for (const line of rehearsalLines(context, storage.rehearsed)) context.print(line);
}

function ownerText(
  { say, formats }: Context,
  { isOurs, host, sinceMs }: { isOurs: boolean; host: string; sinceMs: number },
): string {
  return say(isOurs ? 'ownerUs' : 'ownerOther', { host: harmless(host), since: formats.time(sinceMs) });
}

async function rename(context: Context, [name = '', newName = '']: string[]): Promise<void> {
  const storage = await pickStorage(context, name);
  await context.client.call('storage.rename', { id: storage.id, name: newName });
}

async function rebuild(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  const { run } = await context.client.call('storage.rebuildCatalog', { id: storage.id });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson(runJson(ended));
  else if (ended.status === 'success') context.print(context.say('catalogRebuilt', { name: storage.name }));
  concludeRun(context, ended);
}
