import { writeFileSync } from 'node:fs';
import type { CallOutput } from '../shared/contract/calls.ts';
import type { Context } from './context.ts';
import { keychainUsable } from './unlocking.ts';

interface NewStorage {
  readonly name: string;
  readonly path: string;
  readonly password: string;
  readonly keychain: boolean;
  /** A file of a person's own for the recovery key; undefined: it is shown. */
  readonly recoveryKeyFile: string | undefined;
}

export type MadeStorage = CallOutput<'storage.create'>;

export async function makeStorage(context: Context, storage: NewStorage): Promise<MadeStorage> {
  const { name, path, password, keychain, recoveryKeyFile } = storage;
  const keepInKeychain = await shallKeep(context, keychain);
  const made = await context.client.call('storage.create', { name, path, password, keepInKeychain });
  if (recoveryKeyFile !== undefined) {
    writeFileSync(recoveryKeyFile, `${made.recoveryKey}\n`, { mode: 0o600, flag: 'wx' });
    // Whoever writes it to a file of their own has it.
    await context.client.call('storage.confirmRecoveryKey', { id: made.id });
  }
  return made;
}

export function printRecoveryKey(context: Context, made: MadeStorage, file: string | undefined): void {
  if (file === undefined) context.print(`${context.say('recoveryKeyIs')}\n\n${made.recoveryKey}\n`);
  else context.print(context.say('recoveryKeyWritten', { file }));
}

/** Asked for and impossible is said, and is no reason not to go on: the password works without any keychain. */
export async function shallKeep(context: Context, wanted: boolean): Promise<boolean> {
  if (!wanted) return false;
  const usable = await keychainUsable(context);
  if (!usable) context.tell(context.say('noKeychain'));
  return usable;
}
