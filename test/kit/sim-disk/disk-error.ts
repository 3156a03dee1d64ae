/** Thrown by a hook: the disk writes half of what it was given, and then says that it is full. */
export class ShortWrite extends Error {
  readonly code = 'ENOSPC';
}

export function failed(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}
