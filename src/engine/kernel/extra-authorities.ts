import { readFileSync } from 'node:fs';

/**
 * Whom this computer's administrator wants trusted besides, for all programs on Node: a file that the environment names. Node reads it
 * by itself; Electron's Node does not, and an account must not work on the command line alone.
 */
export function extraAuthorities(): readonly string[] {
  const path = process.env['NODE_EXTRA_CA_CERTS'];
  if (path === undefined || path === '') return [];
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    return []; // as Node does: nobody more is trusted
  }
}
