import { resolve } from 'node:path';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { askNewPassword, givenMirrorPassword, givenPassword } from './secrets.ts';
import { makeStorage, printRecoveryKey } from './storage-making.ts';

export interface NewMirrorOptions {
  readonly recoveryKey?: string;
  readonly keychain?: boolean;
}

/** Names come first: a storage may be called as a folder is. */
export async function isFolder({ client }: Context, target: string): Promise<boolean> {
  const storages = await client.call('storage.list', {});
  const wanted = target.toLowerCase();
  return /[\\/]/.test(target) && !storages.some(({ id, name }) => id === target || name.toLowerCase() === wanted);
}

export async function tryFolder(context: Context, origin: string, folder: string): Promise<void> {
  const path = resolve(folder);
  const { state, failure } = await context.client.call('storage.inspect', { path });
  if (failure !== null) throw new StrataError(failure.code, failure.retry, failure.facts);
  if (state !== 'missing' && state !== 'empty') throw new StrataError('storage.not-empty', 'after-user-action', { path });
  if (context.options.json) context.printJson({ origin, mirror: null, added: false, warnings: [] });
  else context.print(context.say('mirrorWouldWork', { name: path, origin }));
}

/** Gives its id. */
export async function newMirror(context: Context, origin: string, folder: string, options: NewMirrorOptions): Promise<string> {
  const path = resolve(folder);
  const password = givenMirrorPassword(context.options) ?? givenPassword(context.options) ?? (await askNewPassword(context));
  const name = context.say('mirrorName', { origin });
  const { keychain = true, recoveryKey: recoveryKeyFile } = options;
  const made = await makeStorage(context, { name, path, password, keychain, recoveryKeyFile });
  if (context.options.json && recoveryKeyFile === undefined) context.tell(made.recoveryKey);
  if (!context.options.json) {
    context.print(context.say('storageCreated', { name, path }));
    printRecoveryKey(context, made, recoveryKeyFile);
  }
  return made.id;
}
