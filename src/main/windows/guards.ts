import { app, type WebContents } from 'electron';
import { isAppAddress } from './app-scheme.ts';
import type { Previews } from './preview-scheme.ts';

/** No page leaves its place, opens another one or embeds one, whoever made it. */
export function guardEveryPage(previews: Previews): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, previews));
}

function guard(contents: WebContents, previews: Previews): void {
  contents.on('will-navigate', (event) => {
    if (!isAppAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    const isOurs = event.isMainFrame ? isAppAddress(event.url) : previews.isKnown(event.url);
    if (!isOurs) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault()); // our handlers never redirect
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
