import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { table } from '../output/table.ts';
import { runJson } from '../output/json.ts';
import type { Act } from '../act.ts';
import { askSecret, givenPassword, readSecretFile } from '../secrets.ts';
import { keychainUsable, unlockedStorage } from '../unlocking.ts';
import { pickStorage } from '../naming.ts';

interface CreateOptions {
  readonly name: string;
  readonly recoveryKey?: string;
  readonly keychain: boolean;
}

export function storageCommands(act: Act): Command {
  const storage = new Command('storage').description('where copies live');
  storage
    .command('create')
    .argument('<dir>')
    .requiredOption('--name <name>')
    .option('--recovery-key <file>', 'write the recovery key there')
    .option('--no-keychain', 'keep the key in memory only')
    .action(act(create));
  storage
    .command('attach')
    .argument('<dir>')
    .option('--name <name>')
    .option('--recovery-key <file>')
    .option('--no-keychain')
    .action(act(attach));
  storage.command('detach').argument('<name>').action(act(detach));
  storage.command('list').action(act(list));
  storage.command('show').argument('<name>').action(act(show));
  storage.command('stats').argument('<name>').action(act(show));
  storage.command('rename').argument('<name>').argument('<new-name>').action(act(rename));
  storage.command('check').argument('<name>').option('--data <level>', 'structure or all').action(act(check));
  storage.command('rebuild-catalog').argument('<name>').action(act(rebuild));
  return storage;
}

async function create(context: Context, [directory]: string[], options: CreateOptions): Promise<void> {
  const path = resolve(directory ?? '');
  const password = givenPassword(context.options) ?? (await askNewPassword(context));
  const keepInKeychain = await shallKeep(context, options.keychain);
  const made = await context.client.call('storage.create', { name: options.name, path, password, keepInKeychain });
  if (options.recoveryKey !== undefined) {
    writeFileSync(options.recoveryKey, `${made.recoveryKey}\n`, { mode: 0o600, flag: 'wx' });
    // Whoever writes it to a file of their own has it.
    await context.client.call('storage.confirmRecoveryKey', { id: made.id });
  }
  if (context.options.json)
    return context.printJson({
      id: made.id,
      name: options.name,
      path,
      recoveryKeyFile: options.recoveryKey ?? null,
      ...(options.recoveryKey === undefined ? { recoveryKey: made.recoveryKey } : {}),
    });
  context.print(context.say('storageCreated', { name: options.name, path }));
  if (options.recoveryKey === undefined) context.print(`${context.say('recoveryKeyIs')}\n\n${made.recoveryKey}\n`);
  else context.print(context.say('recoveryKeyWritten', { file: options.recoveryKey }));
}

async function askNewPassword(context: Context): Promise<string> {
  const first = await askSecret(context.say('askNewPassword'));
  const second = first === undefined ? undefined : await askSecret(context.say('askAgain'));
  if (first === undefined) throw new StrataError('usage.invalid', 'never', { reason: context.say('passwordMissing') });
  if (first !== second) throw new StrataError('usage.invalid', 'never', { reason: context.say('passwordsDiffer') });
  return first;
}

/** Asked for and impossible is said, and is no reason not to go on: the password works without any keychain. */
async function shallKeep(context: Context, wanted: boolean): Promise<boolean> {
  if (!wanted) return false;
  const usable = await keychainUsable(context);
  if (!usable) context.tell(context.say('noKeychain'));
  return usable;
}

async function attach(
  context: Context,
  [directory]: string[],
  options: { name?: string; recoveryKey?: string; keychain: boolean },
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
  const { id } = await context.client.call('storage.attach', { name: options.name ?? null, path, unlock, keepInKeychain });
  const { name } = await context.client.call('storage.show', { id });
  if (context.options.json) return context.printJson({ id, name, path });
  context.print(context.say('storageAttached', { name, path }));
}

async function detach(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await pickStorage(context, name);
  await context.client.call('storage.detach', { id: storage.id });
  context.print(context.say('storageDetached', { name: storage.name, path: storage.path }));
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
        say(`storage.${one.state}`),
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
}

async function rename(context: Context, [name = '', newName = '']: string[]): Promise<void> {
  const storage = await pickStorage(context, name);
  await context.client.call('storage.rename', { id: storage.id, name: newName });
}

async function check(context: Context, [name = '']: string[], options: { data?: string }): Promise<void> {
  const level = options.data ?? 'quick';
  if (level !== 'quick' && level !== 'structure' && level !== 'all') {
    throw new StrataError('usage.invalid', 'never', { reason: context.say('checkLevels', { level }) });
  }
  const storage = await unlockedStorage(context, name);
  const { run } = await context.client.call('storage.check', { id: storage.id, level });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson(runJson(ended));
  else if (ended.check !== null) {
    const { formats } = context;
    const { packs, records, chunks, commits, bytesRead, findings } = ended.check;
    context.print(
      context.say('checked', {
        commits: formats.count(commits),
        packs: formats.count(packs),
        records: formats.count(records),
        chunks: formats.count(chunks),
        bytes: formats.bytes(bytesRead),
      }),
    );
    for (const finding of findings) {
      context.print(`${finding.file}: ${finding.failure.code}`);
      for (const item of finding.items) context.print(`  ${item}`);
    }
    if (findings.length === 0) context.print(context.say('noDamage'));
  }
  concludeRun(context, ended);
}

async function rebuild(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  const { run } = await context.client.call('storage.rebuildCatalog', { id: storage.id });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson(runJson(ended));
  else if (ended.status === 'success') context.print(context.say('catalogRebuilt', { name: storage.name }));
  concludeRun(context, ended);
}
