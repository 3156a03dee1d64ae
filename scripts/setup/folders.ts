import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
/** Everything that was downloaded or built; can be deleted at any time and comes back. */
export const cache = join(root, '.cache');
export const logs = join(cache, 'logs');
export const modules = join(root, 'node_modules');
