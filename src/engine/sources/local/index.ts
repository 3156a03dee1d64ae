/**
 * What other programs keep on this computer: mbox files, trees of EML, ICS and VCF files, Thunderbird's profiles.
 *
 * Promises: files are opened for reading alone, and no file is made beside them, not even for a lock; a file that changes while it
 * is read is read again, and what is half of one time and half of another is never taken.
 * Refuses: to take a place where nothing of the kind is for an empty one.
 */
export { itemFilesSource, mboxSource, thunderbirdSource } from './sources.ts';
