/**
 * Calendars, tasks and address books over CalDAV and CardDAV.
 *
 * Promises: backing up looks and never touches (GET, OPTIONS, PROPFIND and REPORT are all that can be said from here); what is
 * kept of an object is its bytes as the server sends them; the password goes to the one host that a person named, and only where
 * the certificate is trusted; a listing that may lack a row is an error, never a deletion.
 * Refuses: answers that lead to another host, XML with a document type, a changed certificate after one was approved.
 * Writing back is `destination-dav.ts`, which nothing here imports.
 */
export { davSource } from './source-dav.ts';
