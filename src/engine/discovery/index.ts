/**
 * Where the account of an address is: its servers, found from the address.
 *
 * Promises: nothing is asked before a person wants it; hosts learn the domain and never who asks; what is proposed is encrypted,
 * says who proposes it and how sure that is, and whether it leads to another domain; no answer from outside can make it fail.
 * Refuses: redirections, files with a document type, plain text, certificates that the system does not trust.
 */
export { discover } from './discover.ts';
