import path from 'node:path';
import type { Manifest } from '../../../shared/domain/item.ts';
import { failureOf, isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { foldedName } from '../../kernel/file-name.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { readAccountNames } from '../account-names.ts';
import type {
  DestinationSession,
  Difference,
  Found,
  PlaceLimits,
  RestoreItem,
  Standing,
  TakingBack,
  WriteOrder,
  Written,
} from '../destination.ts';
import { asItemFailure, concernsWholeDisk, forItem, forItemNow } from '../destination-failure.ts';
import { exists, takeBack, unfinishedName } from '../destination-naming.ts';
import { roomAt } from '../destination-room.ts';
import { holdsBytes } from '../destination-sameness.ts';
import { type Directory, Tree } from '../destination-tree.ts';
import { type FileProperties, propertiesFromMetadata } from '../file-properties.ts';
import { fileProperties } from './item-properties.ts';
import { Pauses } from '../pauses.ts';
import { writeFile } from './destination-file.ts';
import { isWrittenAlone } from './message-file-name.ts';
import { orderToText } from './file-order.ts';
import { HardLinks } from './destination-hard-links.ts';
import {
  basePath,
  type DiskPlace,
  isOriginal,
  lookAtName,
  Placement,
  propertiesOfFolder,
  type Spot,
} from './destination-place.ts';
import { type LostProperties, PropertyWriter } from './destination-properties.ts';
import { diskTakingBack, readFileBack } from './destination-taking-back.ts';

interface Resolved {
  readonly item: RestoreItem;
  readonly spot: Spot | undefined;
  readonly properties: FileProperties;
  /** Undefined: not asked for yet. */
  key?: string;
}

/** `mail`: messages. `files`: those and files. `all`: those and what else is a file of its own. */
export type Takes = 'mail' | 'files' | 'all';

/** Items to files of a directory: files as they were, messages as `.eml`, and others as what programs exchange. */
export class DiskSession implements DestinationSession {
  readonly takingBack: TakingBack;
  readonly #files: FileSystem;
  readonly #base: string;
  readonly #placement: Placement;
  readonly #tree: Tree;
  readonly #properties: PropertyWriter;
  readonly #hardLinks: HardLinks;
  readonly #takes: Takes;
  readonly #pauses: Pauses;
  readonly #isPrivileged: boolean;
  /** Places that other threads write to, as `#keyOf` says them. */
  readonly #ordered = new Set<string>();
  /** Items come folder by folder. */
  #above: { readonly folders: readonly string[]; readonly folded: string } = { folders: [], folded: '' };
  /** In the order in which they were made: parents first. */
  readonly #directories: { readonly names: readonly string[]; readonly properties: FileProperties; readonly name: string }[] = [];
  /** The engine asks about an item and then writes it. */
  #last: Resolved | undefined;
  /** What an earlier try left of items that are there. */
  readonly #leftovers: { readonly spot: Spot; readonly manifest: Manifest }[] = [];
  readonly #links: { readonly spot: Spot; readonly manifest: Manifest; readonly how: 'create' | 'replace' }[] = [];

  constructor(place: DiskPlace, takes: Takes, run: RunContext, making?: (folder: string) => void) {
    this.#files = place.files;
    this.#base = basePath(place);
    this.#placement = new Placement(place, (folders, name) => lookAtName(this.#tree, folders, name, place.files));
    // What belongs to nobody else is for nobody else; but the missing part of an original path is as public as such paths are.
    this.#tree = new Tree(place.files, this.#base, isOriginal(place) ? 0o755 : 0o700, making);
    this.#isPrivileged = place.isPrivileged ?? process.getuid?.() === 0;
    const accounts = readAccountNames(place.files);
    this.#properties = new PropertyWriter({ files: place.files, accounts, isPrivileged: this.#isPrivileged });
    this.#hardLinks = new HardLinks(place.files);
    this.#takes = takes;
    this.#pauses = new Pauses(run);
    const spot = (item: RestoreItem) => this.#find(this.#resolve(item).spot);
    this.takingBack = diskTakingBack({ files: place.files, tree: this.#tree, probe: (item) => this.probe(item), spot });
  }

  async probe(item: RestoreItem): Promise<Found> {
    return forItem(item, async () => {
      const { spot, properties: wanted } = this.#resolve(item);
      if (spot === undefined) return 'identical'; // nothing that could be written
      const directory = this.#tree.find(spot.folders);
      const there = directory?.mayHold(spot.name) === true ? this.#files.lstat(directory.at(spot.name)) : undefined;
      if (directory === undefined || there === undefined) return 'absent';
      const { manifest, content } = item;
      if (manifest.kind === 'folder') return 'same-name';
      if (this.#files.lstat(directory.at(unfinishedName(manifest))) !== undefined) this.#leftovers.push({ spot, manifest });
      if (there.type !== wanted.type) return 'same-name';
      if (there.type === 'symlink')
        return this.#files.readLink(directory.at(spot.name)) === wanted.linkTarget ? 'identical' : 'same-name';
      // A file that would come back with another time or other rights is worth replacing.
      const hasItsProperties = isNear(there.modifyNs, wanted.modifyNs) && (there.mode & 0o777) === (wanted.mode & 0o777);
      if (manifest.kind === 'file' && !hasItsProperties) return 'same-name';
      const isSame = there.type !== 'file' || (await holdsBytes(directory, spot.name, manifest.sizeBytes, content, this.#files));
      if (isSame) return 'identical';
      return hasItsProperties ? 'other-bytes' : 'same-name';
    });
  }

  async look(item: RestoreItem): Promise<Standing> {
    return forItem(item, async () => {
      const { spot, properties: wanted } = this.#resolve(item);
      const found = this.#find(spot);
      const there = found && this.#files.lstat(found.directory.at(found.name));
      if (found === undefined || there === undefined) return { isSameContent: false, isOlder: true };
      const { directory, name } = found;
      const { manifest, content } = item;
      const isSameKind = there.type === wanted.type;
      const isSameContent =
        isSameKind &&
        (there.type === 'symlink'
          ? this.#files.readLink(directory.at(name)) === wanted.linkTarget
          : there.type !== 'file' || (await holdsBytes(directory, name, manifest.sizeBytes, content, this.#files)));
      const isOlder = there.modifyNs < wanted.modifyNs && !isNear(there.modifyNs, wanted.modifyNs);
      return { isSameContent, isOlder };
    });
  }

  async folderOf(item: RestoreItem): Promise<string | undefined> {
    const { spot } = this.#resolve(item);
    return spot && path.join(this.#base, ...spot.folders, ...(item.manifest.kind === 'folder' ? [spot.name] : []));
  }

  async limits(item: RestoreItem): Promise<PlaceLimits> {
    return roomAt(path.join(this.#base, ...(this.#resolve(item).spot?.folders ?? [])), this.#files);
  }

  /** Undefined: nothing is written of it. */
  placeOf(item: RestoreItem): Spot | undefined {
    return this.#resolve(item).spot;
  }

  async readBack(item: RestoreItem): Promise<readonly Difference[] | 'missing'> {
    return readFileBack(this, item);
  }

  async write(item: RestoreItem, how: 'create' | 'replace'): Promise<Written> {
    await this.#pauses.between();
    await forItem(item, async () => {
      const { spot, properties } = this.#resolve(item);
      if (spot === undefined) return;
      if (item.manifest.kind === 'folder') this.#writeFolder(item.manifest, spot, how);
      else await this.#writeItem(item, spot, properties, how);
    });
    return {};
  }

  order(item: RestoreItem, how: 'create' | 'replace'): WriteOrder | undefined {
    const resolved = this.#resolve(item);
    const { spot } = resolved;
    if (spot === undefined || !canBeOrdered(resolved)) return undefined;
    const directory = forItemNow(item, () => this.#directoryOf(spot));
    return this.#orderIn(directory, resolved, spot, how);
  }

  orderNew(item: RestoreItem): WriteOrder | undefined {
    const resolved = this.#resolve(item);
    const { spot } = resolved;
    if (spot === undefined || !canBeOrdered(resolved)) return undefined;
    const directory = forItemNow(item, () => this.#tree.find(spot.folders));
    return directory?.mayHold(spot.name) === false ? this.#orderIn(directory, resolved, spot, 'create') : undefined;
  }

  #orderIn(directory: Directory, resolved: Resolved, spot: Spot, how: 'create' | 'replace'): WriteOrder | undefined {
    if (!directory.isHeld) return undefined;
    const { item, properties } = resolved;
    const { manifest } = item;
    directory.note(spot.name);
    const [aside, path] = [directory.at(unfinishedName(manifest)), directory.at(spot.name)];
    const order = orderToText({ aside, path, item: manifest.name, properties, how, isPrivileged: this.#isPrivileged });
    const key = this.#keyOf(resolved, spot);
    directory.retain();
    this.#ordered.add(key);
    return {
      order,
      settle: (answer) => {
        this.#ordered.delete(key);
        directory.close();
        for (const loss of (answer ?? []) as readonly LostProperties[]) this.#properties.add(loss);
      },
    };
  }

  isOrdered(item: RestoreItem): boolean {
    const resolved = this.#resolve(item);
    return resolved.spot !== undefined && this.#ordered.has(this.#keyOf(resolved, resolved.spot));
  }

  async finish(run: RunContext): Promise<void> {
    for (const link of this.#links.splice(0)) {
      await this.#pauses.between();
      await this.#toldLater(link.manifest.name, run, () => this.#writeLink(link));
    }
    for (const { spot, manifest } of this.#leftovers.splice(0)) {
      await this.#toldLater(manifest.name, run, () => {
        const directory = this.#tree.find(spot.folders);
        if (directory !== undefined) takeBack(directory.at(unfinishedName(manifest)), this.#files);
      });
    }
    // From below: a directory that may not be entered any more must not be in the way of those inside.
    for (const { names, properties, name } of this.#directories.splice(0).reverse()) {
      await this.#pauses.between();
      await this.#toldLater(name, run, () => {
        const directory = this.#tree.find(names);
        if (directory === undefined) return; // somebody removed it meanwhile
        directory.confirm();
        this.#properties.apply(directory.at(), properties, name);
      });
    }
    this.#properties.report(run);
  }

  async close(): Promise<void> {
    this.#tree.close();
  }

  #find(spot: Spot | undefined): { readonly directory: Directory; readonly name: string } | undefined {
    const directory = spot && this.#tree.find(spot.folders);
    return spot && directory && { directory, name: spot.name };
  }

  /** As a disk may compare names that takes upper for lower case. */
  #keyOf(resolved: Resolved, { folders, name }: Spot): string {
    if (this.#above.folders !== folders) this.#above = { folders, folded: foldedName(folders.join('/')) };
    return (resolved.key ??= `${this.#above.folded}/${foldedName(name)}`);
  }

  #resolve(item: RestoreItem): Resolved {
    if (this.#last?.item !== item) {
      const properties = fileProperties(item.manifest);
      this.#last = { item, properties, spot: this.#spot(item, properties) };
    }
    return this.#last;
  }

  /** Undefined: there is nothing to write. A socket is made by the program that listens on it; the root stands for no directory. */
  #spot(item: RestoreItem, properties: FileProperties): Spot | undefined {
    const { manifest } = item;
    if (manifest.kind === 'folder') return manifest.name === '' ? undefined : this.#placement.ofFolder(item);
    if (manifest.kind === 'message' || (this.#takes === 'all' && isWrittenAlone(manifest.kind)))
      return this.#placement.ofMessage(item);
    // The settings of an account have a form for people, and none for a folder of messages.
    if (manifest.kind === 'account') return this.#takes !== 'mail' ? this.#placement.ofFile(item) : undefined;
    if (manifest.kind !== 'file' || this.#takes === 'mail') throw notSupported(manifest.kind);
    return properties.type === 'socket' ? undefined : this.#placement.ofFile(item);
  }

  #writeFolder(manifest: Manifest, spot: Spot, how: 'create' | 'replace'): void {
    const names = [...spot.folders, spot.name];
    let isNew = false;
    this.#tree.make(names, (depth) => {
      isNew ||= depth === names.length;
      this.#remember(names.slice(0, depth), depth === names.length ? manifest : spot.manifests[depth - 1]);
    });
    // What was there keeps its properties unless it was to be replaced.
    if (!isNew && how === 'replace') this.#remember(names, manifest);
  }

  #remember(names: readonly string[], manifest: Manifest | undefined): void {
    const properties = manifest && propertiesOfFolder(manifest);
    if (manifest !== undefined && properties !== undefined) this.#directories.push({ names, properties, name: manifest.name });
  }

  #directoryOf(spot: Spot): Directory {
    return this.#tree.make(spot.folders, (depth) => this.#remember(spot.folders.slice(0, depth), spot.manifests[depth - 1]));
  }

  async #writeItem(
    { manifest, content }: RestoreItem,
    spot: Spot,
    properties: FileProperties,
    how: 'create' | 'replace',
  ): Promise<void> {
    const directory = this.#directoryOf(spot);
    directory.note(spot.name);
    switch (properties.type) {
      case 'symlink':
        // Last of all, so that nothing that is written later could go through one.
        if (how === 'create' && this.#files.lstat(directory.at(spot.name)) !== undefined) throw exists();
        this.#links.push({ spot, manifest, how });
        return;
      case 'file':
      case 'fifo': {
        if (this.#hardLinks.tryLink(directory, spot.name, manifest, properties, how)) return;
        await writeFile(
          { directory, name: spot.name, manifest, content: content?.(), properties, how },
          this.#files,
          this.#properties,
        );
        this.#hardLinks.remember(directory, spot.name, manifest, properties);
        return;
      }
      default:
        throw notSupported(properties.type);
    }
  }

  #writeLink({
    spot,
    manifest,
    how,
  }: {
    readonly spot: Spot;
    readonly manifest: Manifest;
    readonly how: 'create' | 'replace';
  }): void {
    const properties = propertiesFromMetadata(manifest.metadata);
    const directory = this.#tree.make(spot.folders, () => undefined);
    const path = directory.at(spot.name);
    directory.confirm();
    if (how === 'create') {
      this.#files.symlink(properties?.linkTarget ?? '', path);
    } else {
      const aside = directory.at(unfinishedName(manifest));
      takeBack(aside, this.#files);
      this.#files.symlink(properties?.linkTarget ?? '', aside);
      this.#files.rename(aside, path);
    }
    directory.confirm();
    if (properties !== undefined) this.#properties.apply(path, properties, manifest.name);
  }

  async #toldLater(item: string, run: RunContext, action: () => void): Promise<void> {
    try {
      action();
    } catch (error) {
      const asFailure = asItemFailure(error, item);
      if (!isStrataError(asFailure) || concernsWholeDisk(asFailure)) throw asFailure;
      const failure = failureOf(asFailure);
      run.progress.problem({ failure, source: '', folder: '', item, atMs: run.clock.nowMs() });
    }
  }
}

/** Plain files. A further name of a file needs the first one to be there. */
const canBeOrdered = ({ item, properties }: Resolved): boolean =>
  item.manifest.kind !== 'folder' && properties.type === 'file' && properties.hardLink === undefined;

const notSupported = (reason: string): StrataError => new StrataError('not.supported', 'never', { reason });

/** Where nanoseconds cannot be set, microseconds are. */
const isNear = (one: bigint, other: bigint): boolean => one / 1000n === other / 1000n;
