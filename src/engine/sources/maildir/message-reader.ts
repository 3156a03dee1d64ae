import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { failedReading } from '../failed-reading.ts';
import type { Reading, Wanted } from '../source.ts';
import { type Listing, listMessages, lookAtNames } from './listing.ts';
import { type Keywords, type MessageSighting, readMessage, seenMessage } from './message-reading.ts';

/** How often a folder is listed again for messages that are not under their names any more. */
const mostListings = 8;

/**
 * The messages of one folder. One whose content is wanted is not opened here: what was seen of it goes to whoever stores it, and where it is
 * that no more, mostly because a flag gave it another name, it is looked for and read here.
 */
export class MessageReader {
  readonly #directory: string;
  readonly #keywords: Keywords;
  readonly #files: FileSystem;
  #listing: Listing | undefined;
  #listings = 0;

  constructor(directory: string, keywords: Keywords, files: FileSystem) {
    this.#directory = directory;
    this.#keywords = keywords;
    this.#files = files;
  }

  read(message: MessageSighting, need: Wanted['need']): Reading {
    const seen = need === 'content' ? seenMessage(message, this.#directory, this.#keywords) : undefined;
    return seen === undefined ? this.#readNow(message, need) : { ...seen, again: () => this.#readNow(message, need) };
  }

  #readNow(message: MessageSighting, need: Wanted['need']): Reading {
    try {
      return readMessage(message, this.#directory, need, this.#keywords, this.#files);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') return failedReading(message, error);
      return this.#readRenamed(message, need) ?? failedReading(message, error);
    }
  }

  /** Undefined: it is not to be found. What was listed for another message may be older than the rename of this one. */
  #readRenamed(message: MessageSighting, need: Wanted['need']): Reading | undefined {
    const isOld = this.#listing !== undefined;
    return this.#readListed(message, need) ?? (isOld && this.#list() ? this.#readListed(message, need) : undefined);
  }

  #readListed(message: MessageSighting, need: Wanted['need']): Reading | undefined {
    if (this.#listing === undefined) this.#list();
    try {
      const found = lookAtNames(this.#directory, this.#listing?.get(message.seen.unique) ?? [], this.#files);
      const same = found.find(({ key }) => key === message.key);
      if (same === undefined) return undefined;
      return readMessage({ ...message, seen: same.name }, this.#directory, need, this.#keywords, this.#files);
    } catch (error) {
      return errnoOf(error) === 'ENOENT' ? undefined : failedReading(message, error);
    }
  }

  /** False: often enough. Empty where the folder itself has gone: then each of its messages says so. */
  #list(): boolean {
    if (this.#listings === mostListings) return false;
    this.#listings += 1;
    try {
      this.#listing = listMessages(this.#directory, this.#files);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      this.#listing = new Map();
    }
    return true;
  }
}
