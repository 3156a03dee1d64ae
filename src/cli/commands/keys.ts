import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pickStorage } from '../naming.ts';
import { table } from '../output/table.ts';
import { askNewPassword, askSecret, givenNewPassword, givenPassword, readSecretFile } from '../secrets.ts';
import { unlockedStorage } from '../unlocking.ts';

type Proof = CallInput<'storage.changePassword'>['proof'];
type Storage = CallOutput<'storage.show'>;

interface ProofOptions {
  readonly recoveryKey?: string;
}
interface PasswordOptions extends ProofOptions {
  readonly add?: string;
  readonly remove?: string;
  readonly newPasswordFile?: string;
  readonly newPasswordStdin?: boolean;
}

/** Ways to unlock a storage: all of them ask for a password or the recovery key, whatever the keychain knows. */
export function addKeyCommands(storage: Command, act: Act): void {
  const withProof = (name: string): Command =>
    storage.command(name).argument('<name>').option('--recovery-key <file>', 'instead of the password');
  withProof('password')
    .description('change it; or add or remove one')
    .option('--add <label>', 'one more password, and what it is called')
    .option('--remove <label>')
    .option('--new-password-file <file>')
    .option('--new-password-stdin')
    .action(act(password));
  withProof('recovery-key')
    .description('show it again, or make a new one')
    .option('--new', 'the old one opens nothing any more')
    .option('--file <file>', 'write it there')
    .action(act(recoveryKey));
  withProof('keys').description('every way to unlock it').option('--remove <slot>', 'a password or a device').action(act(keys));
  storage
    .command('new-key')
    .description('a new master key for what is saved from now on')
    .argument('<name>')
    .option('--file <file>', 'write the new recovery key there')
    .option('--dry-run', 'say what it would do')
    .action(act(newKey));
}

async function password(context: Context, [name = '']: string[], options: PasswordOptions): Promise<void> {
  if (options.remove !== undefined) return removePassword(context, name, options, options.remove);
  const storage = await pickStorage(context, name);
  const proof = await proofOf(context, storage, options);
  const newPassword = givenNewPassword(context, options) ?? (await askNewPassword(context));
  const facts = { name: storage.name, label: options.add ?? '' };
  if (options.add === undefined) await context.client.call('storage.changePassword', { id: storage.id, proof, newPassword });
  else await context.client.call('storage.addPassword', { id: storage.id, proof, label: options.add, newPassword });
  await conclude(context, storage.id, options.add === undefined ? 'passwordChanged' : 'passwordAdded', facts);
}

async function removePassword(context: Context, name: string, options: ProofOptions, label: string): Promise<void> {
  const storage = await unlockedStorage(context, name);
  const wanted = label.toLocaleLowerCase('en');
  const named = storage.keys.filter((key) => key.kind === 'password' && key.label.toLocaleLowerCase('en') === wanted);
  // Where a change broke off there are two; whose newest one goes has none any more.
  const slot = named.find(({ isReplaced }) => !isReplaced)?.slot;
  await remove(context, storage, options, slot ?? label);
}

async function keys(context: Context, [name = '']: string[], options: ProofOptions & { remove?: string }): Promise<void> {
  const storage = await unlockedStorage(context, name);
  if (options.remove !== undefined) return remove(context, storage, options, options.remove);
  if (context.options.json) return context.printJson(storage.keys);
  const { formats, say } = context;
  context.print(
    table(
      [
        { title: say('column.key') },
        { title: say('column.name') },
        { title: say('column.made') },
        { title: say('column.lastUsed') },
        { title: say('column.slot') },
      ],
      storage.keys.map((key) => [
        say(`key.${key.kind}`),
        nameOf(key, context),
        formats.time(key.createdAtMs),
        formats.time(key.lastUsedAtMs),
        key.slot,
      ]),
    ),
  );
  tellBrokenOff(storage, context);
}

/** Which two there are, since when, and the one command that ends it. */
function tellBrokenOff({ keys, name }: Storage, context: Context): void {
  const { formats, say } = context;
  for (const { slot, label, createdAtMs } of keys.filter(({ isReplaced }) => isReplaced)) {
    const newer = keys.find((key) => key.kind === 'password' && key.label === label && !key.isReplaced);
    const times = { older: formats.time(createdAtMs), newer: formats.time(newer?.createdAtMs ?? null) };
    context.print(say('changeBrokeOff', { ...times, storage: name, slot }));
  }
}

function nameOf({ label, isThisDevice, isReplaced }: Storage['keys'][number], { say }: Context): string {
  if (isReplaced) return say('replaced', { name: label }).trim();
  return isThisDevice ? say('thisDevice', { name: label }) : label;
}

async function remove(context: Context, storage: Storage, options: ProofOptions, text: string): Promise<void> {
  const found = storage.keys.filter(({ slot }) => slot === text || (text.length >= 3 && slot.startsWith(text)));
  const [only] = found;
  if (only === undefined) throw new StrataError('name.unknown', 'never', { kind: 'key', name: text });
  if (found.length > 1) throw new StrataError('name.ambiguous', 'never', { kind: 'key', name: text });
  const proof = await proofOf(context, storage, options);
  await context.client.call('storage.removeKey', { id: storage.id, proof, slot: only.slot });
  await conclude(context, storage.id, 'keyRemoved', { name: storage.name, label: only.label });
}

async function recoveryKey(
  context: Context,
  [name = '']: string[],
  options: ProofOptions & { new?: boolean; file?: string },
): Promise<void> {
  const storage = await pickStorage(context, name);
  const proof = await proofOf(context, storage, options);
  if (options.new === true) {
    await showSheet(
      context,
      storage.id,
      await context.client.call('storage.renewRecoveryKey', { id: storage.id, proof }),
      options,
    );
    return;
  }
  if (proof.by !== 'password') throw new StrataError('storage.needs-password', 'after-user-action', { name: storage.name });
  const sheet = await context.client.call('storage.showRecoveryKey', { id: storage.id, password: proof.password });
  await showSheet(context, storage.id, sheet, options);
}

async function newKey(context: Context, [name = '']: string[], options: { file?: string; dryRun?: boolean }): Promise<void> {
  const storage = await pickStorage(context, name);
  context.tell(context.say('newKeyMeans', { name: storage.name }));
  if (options.dryRun === true) return;
  if (context.options.yes !== true) throw new StrataError('confirmation.needed', 'after-user-action');
  const proof = await proofOf(context, storage, {});
  if (proof.by !== 'password') return;
  const sheet = await context.client.call('storage.newKey', { id: storage.id, password: proof.password });
  await showSheet(context, storage.id, sheet, options);
}

/** A file is somebody's own sheet; on the screen it still has to be written down. */
async function showSheet(
  context: Context,
  id: string,
  sheet: CallOutput<'storage.showRecoveryKey'>,
  { file }: { file?: string },
): Promise<void> {
  if (file !== undefined) {
    writeFileSync(file, `${sheet.recoveryKey}\n`, { mode: 0o600, flag: 'wx' });
    await context.client.call('storage.confirmRecoveryKey', { id });
  }
  if (context.options.json) {
    context.printJson({ id, recoveryKeyFile: file ?? null, ...(file === undefined ? sheet : {}) });
  } else if (file === undefined) context.print(`${context.say('recoveryKeyIs')}\n\n${sheet.recoveryKey}\n`);
  else context.print(context.say('recoveryKeyWritten', { file }));
}

async function proofOf(context: Context, storage: Storage, { recoveryKey: file }: ProofOptions): Promise<Proof> {
  if (file !== undefined) return { by: 'recovery-key', recoveryKey: readSecretFile(file) };
  const given = givenPassword(context.options) ?? (await askSecret(context.say('askPassword', { name: storage.name })));
  if (given === undefined || given === '') {
    throw new StrataError('storage.needs-password', 'after-user-action', { name: storage.name });
  }
  return { by: 'password', password: given };
}

async function conclude(
  context: Context,
  id: string,
  word: 'passwordChanged' | 'passwordAdded' | 'keyRemoved',
  facts: { readonly name: string; readonly label: string },
): Promise<void> {
  if (context.options.json) context.printJson((await context.client.call('storage.show', { id })).keys);
  else context.print(context.say(word, facts));
}
