/**
 * The address as a browser may get it from us; undefined: it may not. The system starts whatever program is registered for an
 * address's scheme, so any other than https could start anything. No user name: it makes an address look like another one.
 */
export function pageAddress(text: string): string | undefined {
  const url = URL.parse(text);
  const isPage = url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== '';
  return isPage ? url.href : undefined;
}
