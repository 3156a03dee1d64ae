import { app, type Session } from 'electron';
import { isAppAddress } from './app-scheme.ts';

/**
 * What no session may do, ours or one that somebody makes by mistake: reach a network, use a device, write a file.
 * Two walls against the network, as each has let something through: cancelling requests, and a proxy that is not there.
 * (`enableNetworkEmulation` is none: navigations and `session.fetch` pass it.)
 */
export async function wall(session: Session): Promise<void> {
  const ownSchemes = new Set(['app:', 'mail-preview:', 'data:', 'blob:', ...(app.isPackaged ? [] : ['devtools:'])]);
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !ownSchemes.has(schemeOf(request.url)) }));

  // Electron's default is to approve. Copying on a person's click is the one thing the page needs.
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(permission === 'clipboard-sanitized-write' && isAppAddress(details.requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === 'clipboard-sanitized-write' && isAppAddress(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());

  // Port 9 discards; `<-loopback>` sends even addresses of this machine there.
  await session.setProxy({ mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' });
}

const schemeOf = (address: string): string => address.slice(0, address.indexOf(':') + 1);
