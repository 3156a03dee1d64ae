import type { CommitId } from '../../../shared/domain/ids.ts';
import {
  Chunker,
  type ChunkerParameters,
  decodeSlotNote,
  defaultChunking,
  encodeBundleTable,
  encodeHeader,
  joinHeader,
  packHeaderBytes,
  packTrailerBytes,
  parsePackTrailer,
} from '../../format/index.ts';
import type { Random } from '../../kernel/random.ts';
import { floorCost, passwordBytes } from '../argon2.ts';
import { derive, type KeyLabel } from '../derive.ts';
import { checkCharacters, recoveryKeyWords } from '../recovery-key.ts';
import { sha256Hex } from '../sha256.ts';
import {
  deviceSealer,
  openWithDeviceSecret,
  openWithPassword,
  openWithRecoveryKey,
  passwordSealing,
  recoverySealer,
} from '../slot-cipher.ts';
import { openSheet } from '../slot-sheet.ts';
import type { Sodium } from '../sodium.ts';
import { firstEpoch, StorageKeys } from '../storage-keys.ts';
import { commitFile, packFile, readCommit, readPack, readSlot, slotFile, storage, wholeSlotFile } from './objects.ts';

/** What lies in test/golden/vectors: the name of the file to its content. */
export type Vectors = Readonly<Record<string, unknown>>;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const counting = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, index) => (from + index) & 0xff);
const origin = { path: 'vectors', file: 'vector' };
const createdAtMs = 1_795_219_200_000;

/** Every draw goes on where the last one ended, so salts and nonces can be told from the text of a vector. */
function countingRandom(): Random {
  let drawn = 0;
  return {
    bytes(length) {
      const bytes = counting(length, drawn);
      drawn += length;
      return bytes;
    },
  };
}

const keysOf = (sodium: Sodium): StorageKeys => new StorageKeys(sodium, [{ epoch: firstEpoch, key: counting(32) }]);

/**
 * Computes every vector anew. One object per file, inputs beside outputs, bytes in hex.
 * All of it must come out the same for ever, with every libsodium, on every platform, in Node and in Electron.
 */
export async function computeVectors(sodium: Sodium): Promise<Vectors> {
  return {
    derive: deriveVectors(sodium),
    ids: idVectors(sodium),
    seal: sealVectors(sodium),
    argon2id: await argonVectors(sodium),
    'recovery-key': recoveryVectors(sodium),
    header: headerVectors(sodium),
    slot: await slotVectors(sodium),
    'slot-parts': await slotPartVectors(sodium),
    pack: packVectors(sodium),
    commit: commitVectors(sodium),
    chunker: chunkerVectors(sodium),
  };
}

/** Throws at the first file that differs; otherwise says how many were compared. */
export async function runVectors(sodium: Sodium, golden: Vectors): Promise<number> {
  const computed = await computeVectors(sodium);
  const names = [...new Set([...Object.keys(computed), ...Object.keys(golden)])];
  for (const name of names) {
    if (JSON.stringify(computed[name]) !== JSON.stringify(golden[name]))
      throw new Error(`vectors “${name}” differ with ${sodium.kind}`);
  }
  return names.length;
}

function deriveVectors(sodium: Sodium) {
  const labels: KeyLabel[] = [
    'chunk-id',
    'record-id',
    'data-enc',
    'meta-enc',
    'commit-mac',
    'chunker',
    'catalog',
    'slot-password',
  ];
  const plain = labels.map((label) => ({ label, context: '', key: hex(derive(sodium, counting(32), label)) }));
  const salted = (['pack-data', 'pack-meta', 'commit', 'slot-recovery'] as const).map((label) => {
    const context = counting(32, 64);
    return { label, context: hex(context), key: hex(derive(sodium, counting(32), label, context)) };
  });
  return { parent: hex(counting(32)), keys: [...plain, ...salted] };
}

function idVectors(sodium: Sodium) {
  const keys = keysOf(sodium);
  const cases = [0, 1, 64, 1000, 100_000].map((length) => {
    const bytes = counting(length);
    return { length, chunkId: keys.chunkId(bytes), recordId: keys.recordId(bytes) };
  });
  const chunks = cases.map(({ chunkId }) => chunkId);
  const digestsOfFirst = [...chunks.keys(), chunks.length].map((length) => keys.contentDigest(chunks.slice(0, length)));
  return { master: hex(counting(32)), bytes: 'count up from 00, modulo 256', cases, digestsOfFirst };
}

function sealVectors(sodium: Sodium) {
  const [key, nonce, associated] = [counting(32, 128), counting(24, 64), counting(20)];
  const cases = [0, 1, 100, 70_000].map((length) => {
    const sealed = new Uint8Array(length + 16);
    sodium.seal(sealed, counting(length), associated, nonce, key);
    const opened = new Uint8Array(length);
    const isOpened = sodium.open(opened, sealed, associated, nonce, key) && hex(opened) === hex(counting(length));
    sealed[length] = (sealed[length] as number) ^ 0x80;
    const isForgeryOpened = sodium.open(opened, sealed, associated, nonce, key);
    sealed[length] = sealed[length] ^ 0x80;
    return { length, sha256: sha256Hex(sealed), tag: hex(sealed.subarray(-16)), isOpened, isForgeryOpened };
  });
  return { key: hex(key), nonce: hex(nonce), associated: hex(associated), plain: 'counts up from 00, modulo 256', cases };
}

async function argonVectors(sodium: Sodium) {
  const cases = [];
  for (const [password, passes] of [
    ['correct horse battery staple', 2],
    ['Ångström ﬁne', 3],
  ] as const) {
    const key = new Uint8Array(32);
    const salt = counting(16, passes);
    await sodium.argon2id(key, passwordBytes(password), salt, { ...floorCost, passes });
    cases.push({
      password,
      bytes: hex(passwordBytes(password)),
      salt: hex(salt),
      memoryKiB: floorCost.memoryKiB,
      passes,
      key: hex(key),
    });
  }
  return cases;
}

function recoveryVectors(sodium: Sodium) {
  return [counting(32), new Uint8Array(32).fill(0xff)].map((key) => ({
    key: hex(key),
    words: recoveryKeyWords(key),
    checkCharacters: checkCharacters(sodium, key),
  }));
}

function headerVectors(sodium: Sodium) {
  const header = {
    id: storage,
    name: 'Büro',
    createdAtMs,
    appVersion: '0.1.0',
    features: { read: 0, write: 0, prune: 0 },
    chunking: defaultChunking,
  };
  const authenticated = encodeHeader(header);
  return {
    master: hex(counting(32)),
    header,
    file: hex(joinHeader(authenticated, keysOf(sodium).mac(firstEpoch, authenticated))),
  };
}

async function slotVectors(sodium: Sodium) {
  const random = countingRandom();
  const keys = keysOf(sodium);
  const password = 'correct horse battery staple';
  const recoveryKey = counting(32, 100);
  const byPassword = slotFile(
    (await passwordSealing(sodium, random, password, floorCost, 'one-by-one')).sealer,
    keys,
    'password',
    createdAtMs,
  );
  const byRecoveryKey = slotFile(recoverySealer(sodium, random, recoveryKey), keys, 'recovery', createdAtMs);
  const opened = [
    await openWithPassword(sodium, readSlot(byPassword, origin), password, {}),
    openWithRecoveryKey(sodium, readSlot(byRecoveryKey, origin), recoveryKeyWords(recoveryKey)),
  ].map(({ keys: found }) => found.masters().map((master) => ({ epoch: master.epoch, key: hex(master.key) })));
  return { password, recoveryKey: hex(recoveryKey), byPassword: hex(byPassword), byRecoveryKey: hex(byRecoveryKey), opened };
}

/** Slots of two epochs with note and sheet, and a device's. */
async function slotPartVectors(sodium: Sodium) {
  const random = countingRandom();
  const keys = StorageKeys.withNewEpoch(sodium, keysOf(sodium), random);
  const [password, label] = ['correct horse battery staple', 'Büro'];
  const [recoveryKey, sheetKey, deviceSecret] = [counting(32, 100), counting(32, 150), counting(32, 200)];
  const more = { createdAtMs, label, sheetKey };
  const passwordSlot = wholeSlotFile(
    sodium,
    (await passwordSealing(sodium, random, password, floorCost, 'one-by-one')).sealer,
    keys,
    'password',
    more,
  );
  const sheet = { ...more, label: '', recoveryKey };
  const recoverySlot = wholeSlotFile(sodium, recoverySealer(sodium, random, recoveryKey), keys, 'recovery', sheet);
  const device = deviceSealer(sodium, random, deviceSecret);
  const deviceSlot = wholeSlotFile(sodium, device, keys, 'device', { createdAtMs, label: 'desk' });
  const parsed = readSlot(recoverySlot, origin);
  const shown = parsed.sheet === null ? undefined : openSheet(sodium, parsed, parsed.sheet, sheetKey);
  const opened = [
    await openWithPassword(sodium, readSlot(passwordSlot, origin), password, {}),
    openWithRecoveryKey(sodium, parsed, recoveryKeyWords(recoveryKey)),
    openWithDeviceSecret(sodium, readSlot(deviceSlot, origin), deviceSecret),
  ].map((found) => ({
    masters: found?.keys.masters().map((master) => ({ epoch: master.epoch, key: hex(master.key) })),
    sheetKey: found?.sheetKey === undefined ? null : hex(found.sheetKey),
  }));
  const notes = [passwordSlot, recoverySlot, deviceSlot].map((file) => {
    const slot = readSlot(file, origin);
    const note = slot.note === null ? undefined : keys.openNote(slot, slot.note);
    return note === undefined ? null : decodeSlotNote(note);
  });
  const secrets = { password, recoveryKey: hex(recoveryKey), sheetKey: hex(sheetKey), deviceSecret: hex(deviceSecret) };
  const files = { byPassword: hex(passwordSlot), byRecoveryKey: hex(recoverySlot), byDevice: hex(deviceSlot) };
  return { ...secrets, ...files, opened, notes, sheet: shown === undefined ? null : hex(shown) };
}

function packVectors(sodium: Sodium) {
  const keys = keysOf(sodium);
  const small = [counting(5), counting(40, 7)];
  const file = packFile(keys, countingRandom(), [
    { type: 'chunk', plain: counting(300) },
    { type: 'bundle', chunks: small },
    { type: 'manifests', plain: Buffer.from('{"count":0,"manifests":1}\n') },
  ]);
  const { footerOffset } = parsePackTrailer(file.subarray(-packTrailerBytes), file.length, origin);
  return {
    master: hex(counting(32)),
    bytes: file.length,
    sha256: sha256Hex(file),
    header: hex(file.subarray(0, packHeaderBytes)),
    records: hex(file.subarray(packHeaderBytes, footerOffset)),
    footerOffset,
    trailer: hex(file.subarray(-packTrailerBytes)),
    bundleTable: hex(encodeBundleTable(small.map((bytes) => ({ id: keys.chunkId(bytes), length: bytes.length })))),
    opened: readPack(keys, file, origin).map(({ type, id, plain }) => ({ type, id, plain: hex(plain) })),
  };
}

function commitVectors(sodium: Sodium) {
  const keys = keysOf(sodium);
  const random = countingRandom();
  const plain = Buffer.from('{"any":"bytes stand for a payload here"}');
  const first = commitFile(keys, random, { sequence: 1, previous: null }, plain);
  const second = commitFile(keys, random, { sequence: 2, previous: sha256Hex(first) as CommitId }, plain);
  return {
    master: hex(counting(32)),
    payload: plain.toString(),
    files: [hex(first), hex(second)],
    ids: [sha256Hex(first), sha256Hex(second)],
    opened: [first, second].map((file) => Buffer.from(readCommit(keys, file, origin)).toString()),
  };
}

function chunkerVectors(sodium: Sodium) {
  const gear = keysOf(sodium).gear();
  const small: ChunkerParameters = { algorithm: 1, normalization: 2, minBytes: 64, averageBytes: 256, maxBytes: 1024 };
  const cases = [
    { parameters: small, bytes: 20_000 },
    { parameters: defaultChunking, bytes: 5_000_000 },
  ].map(({ parameters, bytes }) => ({
    parameters,
    bytes,
    lengths: chunkLengths(new Chunker(parameters, gear), noise(sodium, bytes)),
  }));
  const content = 'blocks of BLAKE2b-512, key 000102…1f, message the number of the block as u32';
  return { master: hex(counting(32)), gear: hex(gear.subarray(0, 64)), gearSha256: sha256Hex(gear), content, cases };
}

function noise(sodium: Sodium, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(length / 64) * 64);
  const message = new Uint8Array(4);
  for (let block = 0; block * 64 < length; block += 1) {
    new DataView(message.buffer).setUint32(0, block, true);
    sodium.keyedHash(bytes.subarray(block * 64, block * 64 + 64), message, counting(32));
  }
  return bytes.subarray(0, length);
}

function chunkLengths(chunker: Chunker, content: Uint8Array): number[] {
  const lengths: number[] = [];
  chunker.room().set(content);
  chunker.filled(content.length);
  for (let chunk = chunker.next(true); chunk !== undefined; chunk = chunker.next(true)) lengths.push(chunk.length);
  return lengths;
}
