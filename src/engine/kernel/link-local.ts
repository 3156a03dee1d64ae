import net from 'node:net';

/** The addresses at which clouds and routers tell of themselves: no name from outside may lead there. */
export const isLinkLocal = (address: string): boolean =>
  net.isIP(address) !== 0 && /^(?:(?:::ffff:)?169\.254\.|fe[89ab][0-9a-f]:|::ffff:a9fe:)/i.test(address);
