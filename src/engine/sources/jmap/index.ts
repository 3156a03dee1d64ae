/**
 * Accounts over JMAP: mail (RFC 8620, RFC 8621), calendars and contacts, and what others share.
 *
 * Promises: backing up looks and never touches (of the API only methods that read can be asked, beside them only downloads); what is
 * kept of a message, an event or a contact is its bytes as the server has them, as many as it says; the password goes to the one host that a person named, and
 * only where the certificate is trusted; a listing that may lack an email is an error, never a deletion.
 * Refuses: answers that lead to another host, a changed certificate after one was approved.
 */
export { jmapSource } from './source-jmap.ts';
