/**
 * A Maildir on this computer: the folder of one account, in the layout Maildir++ (`.Work.Projects`), as nested directories, or both.
 *
 * The root's own messages are the folder `INBOX` (key `.`); another folder's key is its directory, relative to the root.
 * A message's key is the unique part of its file name, so that a change of flags, which renames the file, is one of metadata.
 *
 * Promises: nothing is renamed, marked as read, or moved from `new` to `cur`; a message that is renamed while it is listed or read
 * is found again under its new name.
 * Refuses: to take a directory without any Maildir in it for an account without mail.
 */
export { maildirSource } from './maildir-source.ts';
