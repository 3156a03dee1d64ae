import { resolve, sep } from 'node:path';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { askNewPassword, givenMirrorPassword, givenPassword } from './secrets.ts';
import { makeStorage, printRecoveryKey } from './storage-making.ts';

export interface NewMirrorOptions {
  /** Else it is called after its origin. */
  readonly name?: string;
  readonly recoveryKey?: string;
  readonly keychain?: boolean;
}

interface Origin {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

/** Nothing is made where it could not be a mirror. */
function placeFor(origin: Origin, folder: string): string {
  const path = resolve(folder);
  const isBelow = (inner: string, outer: string): boolean => `${inner}${sep}`.startsWith(`${outer}${sep}`);
  if (!isBelow(path, origin.path) && !isBelow(origin.path, path)) return path;
  throw new StrataError('mirror.inside', 'after-user-action', { path, other: origin.path });
}

async function freeName({ client }: Context, wanted: string): Promise<string> {
  const taken = new Set((await client.call('storage.list', {})).map(({ name }) => name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Names come first: a storage may be called as a folder is. */
export async function isFolder({ client }: Context, target: string): Promise<boolean> {
  const storages = await client.call('storage.list', {});
  const wanted = target.toLowerCase();
  return /[\\/]/.test(target) && !storages.some(({ id, name }) => id === target || name.toLowerCase() === wanted);
}

export async function tryFolder(context: Context, origin: Origin, folder: string): Promise<void> {
  const path = placeFor(origin, folder);
  const { state, failure } = await context.client.call('storage.inspect', { path });
  if (failure !== null) throw new StrataError(failure.code, failure.retry, failure.facts);
  if (state !== 'missing' && state !== 'empty') throw new StrataError('storage.not-empty', 'after-user-action', { path });
  if (context.options.json) context.printJson({ origin: origin.id, mirror: null, added: false, warnings: [] });
  else context.print(context.say('mirrorWouldWork', { name: path, origin: origin.name }));
}

/** Gives its id. */
export async function newMirror(
  context: Context,
  origin: Origin,
  folder: string,
  options: NewMirrorOptions,
  word: 'mirrorName' | 'archiveName' = 'mirrorName',
): Promise<string> {
  const path = placeFor(origin, folder);
  const password = givenMirrorPassword(context.options) ?? givenPassword(context.options) ?? (await askNewPassword(context));
  const name = options.name ?? (await freeName(context, context.say(word, { origin: origin.name })));
  const { keychain = true, recoveryKey: recoveryKeyFile } = options;
  const made = await makeStorage(context, { name, path, password, keychain, recoveryKeyFile });
  if (context.options.json && recoveryKeyFile === undefined) context.tell(made.recoveryKey);
  if (!context.options.json) {
    context.print(context.say('storageCreated', { name, path }));
    printRecoveryKey(context, made, recoveryKeyFile);
  }
  return made.id;
}
