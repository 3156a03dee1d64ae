/**
 * Mail accounts over IMAP.
 *
 * Promises: backing up looks and never touches (EXAMINE, BODY.PEEK; no command that writes can be reached from here); the
 * password goes only where the certificate is trusted; a listing that lacks a message is an error, never a deletion.
 * Refuses: encryption that is optional, TLS below 1.2, a changed certificate after one was approved, PREAUTH.
 * Writing back is `destination-imap.ts`, which nothing here imports.
 */
export { imapSource } from './source-imap.ts';
