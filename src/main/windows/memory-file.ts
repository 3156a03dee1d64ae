import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { noMemory, type WindowMemory, windowMemory } from './window-place.ts';

export interface MemoryFile {
  read(): WindowMemory;
  change(how: (memory: WindowMemory) => WindowMemory): void;
}

/** What the window remembers by itself. Losing it costs a person one drag of the window, so a file that cannot be used is none. */
export function openMemoryFile(path: string): MemoryFile {
  let memory = readMemory(path);
  return {
    read: () => memory,
    change(how) {
      memory = how(memory);
      try {
        writeFileSync(`${path}.new`, JSON.stringify(memory), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {
        // As above: no reason to bother anybody.
      }
    },
  };
}

function readMemory(path: string): WindowMemory {
  try {
    return windowMemory.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return noMemory;
  }
}
