import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { firstEpoch, type StorageKeys } from '../crypto/index.ts';
import {
  type ChunkerParameters,
  encodeHeader,
  headerNames,
  joinHeader,
  knownFeatures,
  limits,
  type ParsedHeader,
  parseHeader,
} from '../format/index.ts';
import { newId } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import type { StorageDeps, StorageHeader } from './storage.ts';

/** What is at a place: for somebody who wants to make a storage there, or use one. What a broken-off creation left counts as nothing. */
export function whatIsAt(target: Target): 'storage' | 'empty' | 'not-empty' {
  if (headerNames.some((name) => target.size(name) !== undefined)) return 'storage';
  return target.list('').every(isOfBrokenOffCreation) ? 'empty' : 'not-empty';
}

/** Slots come before STORAGE, so that a storage can be opened from its first moment on. Without STORAGE they open nothing. */
const isOfBrokenOffCreation = (name: string): boolean =>
  /^(?:copies\/)?keys\/[0-9a-z]{20}\.key$/.test(name) ||
  /^tmp\/[0-9a-z]{20}$/.test(name) ||
  /^strata-check-[0-9a-z]+$/.test(name);

export function clearBrokenOffCreation(target: Target): void {
  if (whatIsAt(target) !== 'empty') return;
  for (const name of target.list('')) target.remove(name);
}

/**
 * A claim until a key has confirmed it. Fails with `storage.not-found`, or with what is wrong with the last of the three copies.
 * @param twin A plain copy of the storage, which is asked where no copy here can be read.
 */
export function readHeader(target: Target, twin?: Target): StorageHeader {
  const headers = readHeaders(target);
  return publicHeader(twin === undefined || headers.some(isParsed) ? firstOf(headers, target) : firstOf(readHeaders(twin), twin));
}

export const publicHeader = ({ id, name, format, createdAtMs }: ParsedHeader): StorageHeader => ({
  id,
  name,
  format,
  createdAtMs,
});

/** The first copy that is what this storage's keys wrote. Throws where the disk did not give a copy: that one may have been it. */
export function confirmedHeader(target: Target, keys: StorageKeys): ParsedHeader | undefined {
  const headers = readHeaders(target);
  const confirmed = headers.filter(isParsed).find((header) => keys.isMac(firstEpoch, header.authenticated, header.mac));
  const unread = headers.find((header) => header instanceof StrataError && header.code.startsWith('path.'));
  if (confirmed === undefined && unread instanceof StrataError) throw unread;
  return confirmed;
}

/** Each copy, or why it cannot be read; absent ones are left out. */
function readHeaders(target: Target): (ParsedHeader | StrataError)[] {
  return headerNames.flatMap((file) => readHeaderFile(target, file) ?? []);
}

export function readHeaderFile(target: Target, file: (typeof headerNames)[number]): ParsedHeader | StrataError | undefined {
  const size = target.size(file);
  if (size === undefined) return undefined;
  const origin = { path: target.label, file };
  if (size > limits.headerBytes) return new StrataError('storage.limit-exceeded', 'never', { ...origin });
  try {
    return parseHeader(target.read(file), origin);
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return error;
  }
}

const isParsed = (header: ParsedHeader | StrataError): header is ParsedHeader => !(header instanceof StrataError);

function firstOf(headers: readonly (ParsedHeader | StrataError)[], target: Target): ParsedHeader {
  const whole = headers.find(isParsed);
  if (whole !== undefined) return whole;
  const failure = headers.find((header) => header instanceof StrataError);
  throw failure ?? new StrataError('storage.not-found', 'after-user-action', { path: target.label });
}

export function newHeader(
  name: string,
  chunking: ChunkerParameters,
  keys: StorageKeys,
  deps: StorageDeps,
): { readonly id: StorageId; readonly file: Uint8Array } {
  const id = newId<StorageId>(deps.random);
  const authenticated = encodeHeader({
    id,
    name,
    createdAtMs: deps.clock.nowMs(),
    appVersion: deps.appVersion,
    features: knownFeatures,
    chunking,
  });
  return { id, file: joinHeader(authenticated, keys.mac(firstEpoch, authenticated)) };
}

/** What the disk does not give is made anew. */
function isThis(name: string, file: Uint8Array, target: Target): boolean {
  if (target.size(name) !== file.length) return false;
  try {
    return Buffer.compare(target.read(name), file) === 0;
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return false;
  }
}

/** Under a write lock: makes the copies anew that are missing or are not what `good` is. */
export function mendHeaders(target: Target, good: ParsedHeader): number {
  const file = joinHeader(good.authenticated, good.mac);
  let mended = 0;
  for (const name of headerNames) {
    if (isThis(name, file, target)) continue;
    target.remove(name);
    target.put(name, file);
    mended++;
  }
  return mended;
}
