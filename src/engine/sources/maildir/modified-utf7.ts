/** A folder name as IMAP servers write it on disks (RFC 3501, section 5.1.3). What is not well-formed is UTF-8 already, and stays. */
export function decodeModifiedUtf7(name: string): string {
  if (!name.includes('&')) return name;
  // Whoever writes "&" as it is does not write modified UTF-7; and eight bits never occur in it.
  if (!/^[\x20-\x25\x27-\x7e]*(?:&[A-Za-z0-9+,]*-[\x20-\x25\x27-\x7e]*)*$/.test(name)) return name;
  let isWellFormed = true;
  const decoded = name.replace(/&([^-]*)-/g, (_, encoded: string) => {
    if (encoded === '') return '&';
    const bytes = Buffer.from(encoded.replaceAll(',', '/'), 'base64');
    const text = bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : '';
    isWellFormed &&= text !== '' && !/\p{Cs}|[\0/]/u.test(text);
    return text;
  });
  return isWellFormed ? decoded : name;
}

export function encodeModifiedUtf7(name: string): string {
  return name.replace(/[^\x20-\x7e]+|&/g, (run) => {
    if (run === '&') return '&-';
    const bytes = Buffer.from(run, 'utf16le').swap16();
    return `&${bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}
