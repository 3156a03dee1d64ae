/**
 * What a person wants done before and after a run: a program, or a request to a web server.
 *
 * Promises: runs exactly what it is shown to run; nothing that it started is left in its group; never hands on a secret, nor what this process was
 * given. Refuses a shell unless a person said so. Knows no storage: what is done comes from the person's own profile and from nowhere else.
 */
export { actionDeed } from './deed.ts';
export type { DeedEnd, DeedPorts, Preview } from './deed-port.ts';
