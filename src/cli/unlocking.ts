import type { CallInput, CallOutput } from '../shared/contract/calls.ts';
import { oauthOf } from '../shared/domain/sign-in.ts';
import { isStrataError, StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { pickStorage } from './naming.ts';
import { askSecret, givenMirrorPassword, givenPassword, givenRecoveryKey, givenSecret } from './secrets.ts';

type Storage = CallOutput<'storage.list'>[number];

/**
 * A storage that is ready to be used. A recovery key or a password that was given is used even where none is needed, so that a
 * wrong one is said; without one, the keychain; without that, the person.
 */
export async function unlockedStorage(context: Context, name: string): Promise<Storage> {
  const storage = await pickStorage(context, name);
  const key = givenKey(context);
  if (key !== undefined) {
    await context.client.call('storage.unlock', { id: storage.id, unlock: key, keepInKeychain: storage.keyInKeychain });
    return pickStorage(context, storage.id);
  }
  if (storage.state === 'unavailable') throw failureOf(storage);
  if (storage.state === 'open') return storage;
  const typed = await askSecret(context.say('askPassword', { name: storage.name }));
  if (typed === undefined) throw failureOf(storage);
  await unlock(context, storage, typed);
  return pickStorage(context, storage.id);
}

function givenKey({ options }: Context): CallInput<'storage.unlock'>['unlock'] | undefined {
  const recoveryKey = givenRecoveryKey(options);
  if (recoveryKey !== undefined) return { by: 'recovery-key', recoveryKey };
  const password = givenPassword(options);
  return password === undefined ? undefined : { by: 'password', password };
}

async function unlock({ client }: Context, storage: Storage, password: string, copy?: string): Promise<void> {
  await client.call('storage.unlock', {
    id: storage.id,
    unlock: { by: 'password', password },
    keepInKeychain: storage.keyInKeychain,
    ...(copy === undefined ? {} : { copy }),
  });
}

/** With a copy of it, where it cannot be opened without. */
export async function unlockedBy(context: Context, storage: Storage, copy: string): Promise<Storage> {
  const { client } = context;
  const given = givenPassword(context.options);
  try {
    if (given === undefined)
      await client.call('storage.unlock', { id: storage.id, unlock: { by: 'keychain' }, keepInKeychain: true, copy });
    else await unlock(context, storage, given, copy);
  } catch (error) {
    const isAsking = given === undefined && isStrataError(error) && error.code === 'storage.needs-password';
    const typed = isAsking ? await askSecret(context.say('askPassword', { name: storage.name })) : undefined;
    if (typed === undefined) throw error;
    await unlock(context, storage, typed, copy);
  }
  return pickStorage(context, storage.id);
}

/**
 * For what looks at all storages: those whose key is kept open by being looked at, a password that was given opens those that it fits;
 * the others stay locked, and are shown so.
 */
export async function unlockWhatOpens(context: Context): Promise<void> {
  const password = givenPassword(context.options);
  const storages = await context.client.call('storage.list', {});
  if (password === undefined) return;
  for (const storage of storages) await opens(context, storage, password);
}

async function opens(context: Context, storage: Storage, password: string): Promise<boolean> {
  if (storage.state !== 'locked') return storage.state === 'open';
  try {
    await unlock(context, storage, password);
    return true;
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'storage.wrong-password') throw error;
    return false;
  }
}

/** A mirror, with its own password where one was given for mirrors; else with the other one where it fits; else a person is asked. */
export async function unlockedMirror(context: Context, name: string): Promise<Storage> {
  const storage = await pickStorage(context, name);
  const own = givenMirrorPassword(context.options);
  if (own !== undefined && storage.state === 'locked') await unlock(context, storage, own);
  else if (!(await opensMirror(context, storage))) {
    const typed = storage.state === 'locked' ? await askSecret(context.say('askPassword', { name: storage.name })) : undefined;
    if (typed === undefined) throw failureOf(storage);
    await unlock(context, storage, typed);
  }
  return pickStorage(context, storage.id);
}

/** The mirrors of a storage, as far as what was given opens them. One that stays locked, or is away, is told by what needs it. */
export async function unlockMirrors(context: Context, origin: string): Promise<void> {
  const copies = await context.client.call('mirror.list', { origin });
  await unlockThose(
    context,
    copies.filter(({ archive }) => archive === null),
  );
}

export async function unlockThose(context: Context, storages: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of storages) await opensMirror(context, await pickStorage(context, id));
}

async function opensMirror(context: Context, storage: Storage): Promise<boolean> {
  const password = givenMirrorPassword(context.options) ?? givenPassword(context.options);
  return password === undefined ? storage.state === 'open' : opens(context, storage, password);
}

/** All that a job saves to, as far as it opens: one that is away or stays locked keeps no other from being served. */
export async function unlockJobStorages(
  context: Context,
  { storage, alsoTo }: { readonly storage: string; readonly alsoTo: readonly string[] },
): Promise<void> {
  let isOneOpen = false;
  for (const id of alsoTo) {
    if (await opensMirror(context, await pickStorage(context, id))) isOneOpen = true;
  }
  try {
    await unlockedStorage(context, storage);
  } catch (error) {
    if (!isOneOpen || !isStrataError(error)) throw error;
  }
  for (const id of [storage, ...alsoTo]) await unlockMirrors(context, id);
}

function failureOf(storage: Storage): StrataError {
  const { failure } = storage;
  if (failure === null || failure.code === 'keychain.unavailable') {
    return new StrataError('storage.needs-password', 'after-user-action', { name: storage.name });
  }
  return new StrataError(failure.code, failure.retry, failure.facts);
}

/** Before a job runs: every source that needs a secret has one, as far as anybody can give it. */
export async function unlockSources(context: Context, ids: readonly string[]): Promise<void> {
  const sources = await context.client.call('source.list', {});
  for (const source of sources) {
    // A sign-in in the browser is no password: where it is missing, the run says so.
    if (!ids.includes(source.id) || source.secret === null || oauthOf(source.settings) !== undefined) continue;
    const given = givenSecret(context.options);
    const secret =
      given ?? (source.secret === 'missing' ? await askSecret(context.say('askSecret', { name: source.name })) : undefined);
    if (secret !== undefined)
      await context.client.call('source.unlock', { id: source.id, secret, keepInKeychain: source.secret === 'keychain' });
  }
}

export async function keychainUsable({ client }: Context): Promise<boolean> {
  return (await client.call('app.info', {})).keychain === 'available';
}

/** Whatever a restore writes to. */
export async function unlockTargets(
  context: Context,
  target: CallInput<'restore.start'>['target'],
  sources: readonly string[],
): Promise<void> {
  if (target.kind === 'source') await unlockSources(context, [target.source]);
  else if (target.kind === 'matched')
    await unlockSources(
      context,
      target.matches.map(({ to }) => to),
    );
  else if (target.kind === 'original') {
    const all = await context.client.call('source.list', {});
    await unlockSources(context, sources.length === 0 ? all.map(({ id }) => id) : sources);
  }
}
