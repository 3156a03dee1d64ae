import type { JsonObject, JsonValue } from '../../shared/domain/json.ts';
import type { FileStat, FileType } from '../kernel/file-system.ts';

/**
 * All that is kept of a file beside its bytes: written by the source of files into an item's metadata, read by whatever puts
 * files on a disk. Not kept: the access time (reading changes it and no restore needs it), the change time (nobody can set it),
 * the inode number.
 */
export interface FileProperties {
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names that belonged to the numbers on the computer that was backed up; they win over the numbers elsewhere. */
  readonly owner?: string;
  readonly group?: string;
  readonly modifyNs: bigint;
  /** Not every file system knows it, and few systems let it be set: kept for people. */
  readonly birthNs?: bigint;
  readonly linkTarget?: string;
  /** Extended attributes. POSIX access lists are among them (`system.posix_acl_access`). */
  readonly attributes?: ReadonlyMap<string, Uint8Array>;
  /** It took less of the disk than its size: it has holes, and gets them back. */
  readonly sparse?: true;
  /** Equal for names of the same file in one source. Only where there is more than one name. */
  readonly hardLink?: string;
  readonly deviceNumber?: bigint;
  /** Of a directory that a person named: another disk in its place is noticed. */
  readonly device?: bigint;
}

const permissionBits = 0o7777;

/** 64-bit numbers are decimal text: JSON's numbers end at 2^53. */
export function propertiesToMetadata(properties: FileProperties): JsonObject {
  const { type, mode, uid, gid, owner, group, modifyNs, birthNs, linkTarget, attributes, sparse, hardLink } = properties;
  const { deviceNumber, device } = properties;
  return {
    type,
    mode,
    uid,
    gid,
    modifyNs: String(modifyNs),
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(birthNs === undefined ? {} : { birthNs: String(birthNs) }),
    ...(linkTarget === undefined ? {} : { linkTarget }),
    ...(attributes === undefined ? {} : attributesMetadata(attributes)),
    ...(sparse === undefined ? {} : { sparse }),
    ...(hardLink === undefined ? {} : { hardLink }),
    ...(deviceNumber === undefined ? {} : { deviceNumber: String(deviceNumber) }),
    ...(device === undefined ? {} : { device: String(device) }),
  };
}

/** Undefined when it is not the metadata of a file, or lacks what every file has. */
export function propertiesFromMetadata(metadata: JsonObject): FileProperties | undefined {
  const { type, mode, uid, gid, modifyNs, linkTarget, hardLink, owner, group } = metadata as Partial<Record<string, JsonValue>>;
  const time = bigintFrom(modifyNs);
  if (!isFileType(type) || !isNatural(mode) || !isNatural(uid) || !isNatural(gid) || time === undefined) return undefined;
  const properties: { -readonly [Name in keyof FileProperties]: FileProperties[Name] } = {
    type,
    mode: mode & permissionBits,
    uid,
    gid,
    modifyNs: time,
    attributes: attributesFromJson(metadata['attributes']),
  };
  const birthNs = bigintFrom(metadata['birthNs']);
  const deviceNumber = bigintFrom(metadata['deviceNumber']);
  const device = bigintFrom(metadata['device']);
  if (typeof owner === 'string') properties.owner = owner;
  if (typeof group === 'string') properties.group = group;
  if (birthNs !== undefined) properties.birthNs = birthNs;
  if (typeof linkTarget === 'string') properties.linkTarget = linkTarget;
  if (metadata['sparse'] === true) properties.sparse = true;
  if (typeof hardLink === 'string') properties.hardLink = hardLink;
  if (deviceNumber !== undefined) properties.deviceNumber = deviceNumber;
  if (device !== undefined) properties.device = device;
  return properties;
}

export interface MoreProperties {
  readonly owner: string | undefined;
  readonly group: string | undefined;
  readonly linkTarget: string | undefined;
  readonly attributes: ReadonlyMap<string, Uint8Array>;
  /** Whether the directory was named by a person. */
  readonly isNamed: boolean;
}

export function propertiesOf(stat: FileStat, more: MoreProperties): FileProperties {
  const isDevice = stat.type === 'character-device' || stat.type === 'block-device';
  return {
    type: stat.type,
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    modifyNs: stat.modifyNs,
    ...(more.owner === undefined ? {} : { owner: more.owner }),
    ...(more.group === undefined ? {} : { group: more.group }),
    // A file system that knows no birth answers with 0 or with the change time, which is none of ours.
    ...(stat.birthNs > 0n && stat.birthNs !== stat.changeNs ? { birthNs: stat.birthNs } : {}),
    ...(more.linkTarget === undefined ? {} : { linkTarget: more.linkTarget }),
    attributes: more.attributes,
    ...(stat.type === 'file' && stat.allocatedBytes + sparseSlack <= stat.sizeBytes ? { sparse: true as const } : {}),
    ...(stat.type === 'file' && stat.links > 1 ? { hardLink: `${stat.device}:${stat.inode}` } : {}),
    ...(isDevice ? { deviceNumber: stat.deviceNumber } : {}),
    ...(more.isNamed ? { device: stat.device } : {}),
  };
}

/** One block of most file systems: less is rounding, not a hole. */
const sparseSlack = 4096;

/** What extended attributes are in an item's metadata. */
export const attributesMetadata = (attributes: ReadonlyMap<string, Uint8Array>): JsonObject =>
  attributes.size === 0
    ? {}
    : { attributes: Object.fromEntries([...attributes].map(([name, value]) => [name, Buffer.from(value).toString('base64')])) };

const noAttributes: ReadonlyMap<string, Uint8Array> = new Map();

function attributesFromJson(value: JsonValue | undefined): ReadonlyMap<string, Uint8Array> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return noAttributes;
  const attributes = new Map<string, Uint8Array>();
  for (const [name, text] of Object.entries(value as JsonObject)) {
    if (typeof text === 'string') attributes.set(name, Buffer.from(text, 'base64'));
  }
  return attributes;
}

const fileTypes: readonly FileType[] = ['file', 'directory', 'symlink', 'fifo', 'socket', 'character-device', 'block-device'];
const isFileType = (value: JsonValue | undefined): value is FileType => fileTypes.includes(value as FileType);
const isNatural = (value: JsonValue | undefined): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const bigintFrom = (value: JsonValue | undefined): bigint | undefined =>
  typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
