import type { Manifest } from '../../../shared/domain/item.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FileHandle, FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { Destination, DestinationSession, RestoreItem, Written } from '../destination.ts';
import { nameBeside } from '../destination-beside.ts';
import { asItemFailure, forItem } from '../destination-failure.ts';
import { exists, giveName, takeBack, unfinishedName } from '../destination-naming.ts';
import { type Directory, Tree } from '../destination-tree.ts';
import { messageTimeMsOf } from '../message-file.ts';
import { Pauses } from '../pauses.ts';
import { basePath, type DiskPlace, Placement } from './destination-place.ts';
import { mboxrdPieces } from './mbox-framing.ts';

/**
 * One mbox file (mboxrd) per mail folder, beside the directory of its sub-folders: `Work.mbox`, `Work/Projects.mbox`; what lies in no
 * folder goes to `Messages.mbox`. The messages' bytes are as they were but for the quoting that the form asks for; flags and keywords
 * are not written, because they would have to be put into the messages.
 *
 * A file gets its name when all is written. One that is there already is never added to: it stays or, with `replace`, gives way.
 */
export const mboxDestination = (place: DiskPlace): Destination => ({
  label: basePath(place),
  open: (run) => Promise.resolve(new MboxSession(place, run)),
});

interface Box {
  readonly folders: readonly string[];
  readonly name: string;
  readonly unfinished: string;
  readonly how: 'create' | 'replace';
  /** Half a message is in it: nothing more goes in, and it gets no name. */
  isBroken: boolean;
  /** Of the unfinished file, so that what is written on to is what was begun. */
  readonly inode: bigint;
}

interface OpenBox {
  readonly box: Box;
  readonly handle: FileHandle;
}

class MboxSession implements DestinationSession {
  readonly #files: FileSystem;
  readonly #placement: Placement;
  readonly #tree: Tree;
  readonly #pauses: Pauses;
  readonly #boxes = new Map<string, Box>();
  /** Messages come folder by folder, so one open file is enough. */
  #open: OpenBox | undefined;

  constructor(place: DiskPlace, run: RunContext) {
    this.#files = place.files;
    this.#placement = new Placement(place, () => 'there'); // mail folders are called so that no disk takes two for one
    this.#tree = new Tree(place.files, basePath(place), 0o700);
    this.#pauses = new Pauses(run);
  }

  async probe(item: RestoreItem): Promise<'absent' | 'same-name' | 'identical'> {
    // A folder without messages leaves nothing behind, and the settings of an account are none.
    if (item.manifest.kind === 'folder' || item.manifest.kind === 'account') return 'identical';
    return forItem(item, async () => {
      const { folders, name } = this.#boxPlace(item);
      const directory = this.#tree.find(folders);
      return directory === undefined || this.#files.lstat(directory.at(name)) === undefined ? 'absent' : 'same-name';
    });
  }

  async write(item: RestoreItem, how: 'create' | 'replace'): Promise<Written> {
    await this.#pauses.between();
    const { manifest, content } = item;
    if (manifest.kind === 'folder') return {};
    await forItem(item, async () => {
      // Whole before the first byte of it is written: half a message could not be taken back from the middle of the file.
      const chunks: Buffer[] = [];
      if (content !== undefined) for await (const chunk of content()) chunks.push(Buffer.from(chunk));
      append(this.#openFor(item, how), mboxrdPieces(Buffer.concat(chunks), messageTimeMsOf(manifest)));
    });
    return {};
  }

  async finish(): Promise<void> {
    this.#closeOpen();
    const failures: unknown[] = [];
    for (const [key, box] of this.#boxes) {
      try {
        this.#name(box);
        this.#boxes.delete(key);
      } catch (error) {
        failures.push(asItemFailure(error, box.name));
      }
    }
    // Its messages were reported as written, so this is no small matter; but the other files are in their places by now.
    if (failures.length > 0) throw failures[0];
  }

  #name(box: Box): void {
    if (box.isBroken) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    const directory = this.#directoryOf(box);
    giveName(directory.at(box.unfinished), directory.at(box.name), box.how, this.#files);
    directory.confirm();
  }

  async close(): Promise<void> {
    this.#open?.handle.close();
    this.#open = undefined;
    for (const box of this.#boxes.values()) this.#discard(box);
    this.#boxes.clear();
    this.#tree.close();
  }

  #discard(box: Box): void {
    try {
      const directory = this.#tree.find(box.folders);
      if (directory !== undefined) takeBack(directory.at(box.unfinished), this.#files);
    } catch {
      // Closing never throws, and the name says that the file is unfinished.
    }
  }

  #boxPlace(item: RestoreItem): { readonly folders: readonly string[]; readonly name: string } {
    if (item.manifest.kind !== 'message') throw new StrataError('not.supported', 'never', { reason: item.manifest.kind });
    const { folders } = this.#placement.ofMessage(item);
    const name = `${folders.at(-1) ?? 'Messages'}.mbox`;
    return { folders: folders.slice(0, -1), name: item.beside === undefined ? name : nameBeside(name, item.beside) };
  }

  #openFor(item: RestoreItem, how: 'create' | 'replace'): OpenBox {
    const { folders, name } = this.#boxPlace(item);
    const key = [...folders, name].join('/');
    const known = this.#boxes.get(key);
    if (known === undefined || this.#open?.box !== known) {
      this.#closeOpen();
      this.#open = known === undefined ? this.#begin(folders, name, item.manifest, how) : this.#continue(known);
      this.#boxes.set(key, this.#open.box);
    }
    return this.#open;
  }

  #begin(folders: readonly string[], name: string, manifest: Manifest, how: 'create' | 'replace'): OpenBox {
    const directory = this.#tree.make(folders, () => undefined);
    if (how === 'create' && this.#files.lstat(directory.at(name)) !== undefined) throw exists();
    const unfinished = unfinishedName(manifest); // of its first message
    directory.confirm();
    takeBack(directory.at(unfinished), this.#files);
    const handle = this.#files.open(directory.at(unfinished), 'create', 0o600);
    directory.confirm();
    return { box: { folders, name, unfinished, how, isBroken: false, inode: handle.stat().inode }, handle };
  }

  #continue(box: Box): OpenBox {
    const handle = this.#files.open(this.#directoryOf(box).at(box.unfinished), 'append', 0o600);
    if (handle.stat().inode === box.inode) return { box, handle };
    handle.close();
    throw Object.assign(new Error('ESTALE'), { code: 'ESTALE' });
  }

  #directoryOf(box: Box): Directory {
    const directory = this.#tree.find(box.folders);
    if (directory === undefined) throw Object.assign(new Error('ESTALE'), { code: 'ESTALE' });
    directory.confirm();
    return directory;
  }

  /** An mbox is one file with many messages: it is worth the wait. */
  #closeOpen(): void {
    const open = this.#open;
    this.#open = undefined;
    try {
      open?.handle.sync();
    } finally {
      open?.handle.close();
    }
  }
}

function append({ box, handle }: OpenBox, pieces: readonly Uint8Array[]): void {
  if (box.isBroken) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  box.isBroken = true;
  for (const piece of pieces) handle.write(piece);
  box.isBroken = false;
}
