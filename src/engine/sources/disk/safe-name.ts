import { nameBytes } from '../../kernel/file-name.ts';

/** What every file system of today takes. */
const longestBytes = 255;

/**
 * A name as it was, or undefined where it could lead out of its directory or cannot exist here. On POSIX that leaves everything
 * a file can be called, trailing spaces and line feeds included; on Windows it is changed to what {@link portableName} makes of it.
 */
export function exactName(name: string, platform: string): string | undefined {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) return undefined;
  if (platform === 'win32') return portableName(name);
  // No character of a string takes more than three bytes.
  return name.length * 3 <= longestBytes || nameBytes(name).length <= longestBytes ? name : undefined;
}

/** Control characters, halves of characters, line separators, what turns the direction of reading or is not seen, and what Windows forbids. */
const replaced = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"*/:<>?\\|]/gu;
/** Names that Windows takes for devices, whatever ending they have; the raised digits count as well. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=\.|$)/i;
/** As a short name it would mean another file: `PROGRA~1`. */
const shortName = /~(?=\d)/g;

/** For names that come from elsewhere (mail folders, subjects): what every system takes, and means the same everywhere. Never empty. */
export function portableName(name: string): string {
  let safe = name
    .normalize('NFC')
    .replace(replaced, '_')
    .replace(shortName, '_')
    .replace(/^\s+|[\s.]+$/g, (cut) => '_'.repeat(cut.length));
  if (devices.test(safe)) safe = `_${safe}`;
  return shortened(safe, longestBytes - 35) || '_';
}

/** By whole characters; what is cut off leaves room for a number and an ending. */
function shortened(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  let kept = '';
  let length = 0;
  for (const character of name) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept.replace(/[\s.]+$/, '_');
}

/** The names inside an absolute path of any system: `/home/a` → home, a; `C:\Users` → C, Users; `\\nas\share` → nas, share. Else undefined. */
export function absolutePathNames(path: string): readonly string[] | undefined {
  const windows = /^([A-Za-z]):[\\/]/.exec(path);
  if (windows !== null)
    return [
      windows[1] ?? '',
      ...path
        .slice(3)
        .split(/[\\/]+/)
        .filter(Boolean),
    ];
  if (path.startsWith('\\\\')) return path.split('\\').filter(Boolean);
  return path.startsWith('/') ? path.split('/').filter(Boolean) : undefined;
}

/**
 * Portable names for names of any kind, one for one: what became equal (also to a system that does not tell upper from lower case)
 * gets a number. The same names in the same order give the same answers.
 */
export class NameKeeper {
  readonly #taken = new Map<string, string>();

  nameFor(directory: string, original: string, ending = ''): string {
    const wanted = portableName(original);
    for (let number = 1; ; number++) {
      const name = (number === 1 ? wanted : `${wanted} (${number})`) + ending;
      const key = `${directory}\0${name.toLowerCase()}`;
      const holder = this.#taken.get(key);
      if (holder === undefined) this.#taken.set(key, original);
      if (holder === undefined || holder === original) return name;
    }
  }
}
