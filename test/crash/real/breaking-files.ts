import type { FileHandle, FileSystem } from '../../../src/engine/kernel/file-system.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';

const changing: ReadonlySet<string> = new Set<keyof FileSystem | keyof FileHandle>([
  'link',
  'rename',
  'renameToFree',
  'unlink',
  'makeDirectory',
  'removeDirectory',
  'syncDirectory',
  'write',
  'writeAt',
  'extendTo',
  'sync',
  'syncInBackground',
]);

const syncing: ReadonlySet<string> = new Set<keyof FileSystem | keyof FileHandle>(['sync', 'syncInBackground', 'syncDirectory']);

/** The real disks; calls `before` ahead of each operation that changes one, with its number. `lazy`: nothing is made durable. */
export function countedFiles(before: (number: number) => void, how?: 'lazy'): FileSystem {
  let count = 0;
  const counted = <T extends object>(real: T): T =>
    new Proxy(real, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...words: unknown[]): unknown => {
          const isOpening = name === 'open' && words[1] !== 'read' && words[1] !== 'read-no-follow';
          if (isOpening || changing.has(String(name))) before(++count);
          if (how === 'lazy' && syncing.has(String(name))) return Promise.resolve();
          const result: unknown = Reflect.apply(member, target, words);
          return name === 'open' ? counted(result as FileHandle) : result;
        };
      },
    });
  return counted<FileSystem>(new NodeFileSystem());
}
