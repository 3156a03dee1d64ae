/**
 * Eight bytes each. The first is above 0x7f, so nobody takes the file for text; the last is a line feed, so a transfer that
 * "repairs" line ends breaks the magic instead of the keys (PNG does the same).
 */
function magic(letters: string): Uint8Array {
  return Uint8Array.from([0x89, ...Array.from(letters, (letter) => letter.charCodeAt(0)), 0x0a]);
}

export const headerMagic = magic('STRATA');
export const slotMagic = magic('STRKEY');
export const packMagic = magic('STRPCK');
export const recordMagic = magic('STRREC');
export const packEndMagic = magic('STREND');
export const commitMagic = magic('STRCMT');
