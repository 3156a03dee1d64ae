import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { trayChannels, type TrayShown } from '../../shared/contract/tray.ts';
import { isAppAddress } from '../windows/app-scheme.ts';

export interface TrayBridgeHandlers {
  /** The page listens. */
  ready(): void;
  choose(id: string): void;
  close(): void;
}

/** The longest name is a word and an id. */
const mostCharacters = 100;

/** Speaks to the tray's small window: only to its page, only in its main frame, and hears nothing but names of what is shown. */
export function openTrayBridge(isTrayPage: (page: WebContents) => boolean, handlers: TrayBridgeHandlers): void {
  const isTrusted = ({ senderFrame: frame, sender }: IpcMainEvent): boolean =>
    frame !== null && frame.parent === null && isAppAddress(frame.url) && isTrayPage(sender);

  ipcMain.on(trayChannels.ready, (event) => {
    if (isTrusted(event)) handlers.ready();
  });
  ipcMain.on(trayChannels.choose, (event, id: unknown) => {
    if (isTrusted(event) && typeof id === 'string' && id.length <= mostCharacters) handlers.choose(id);
  });
  ipcMain.on(trayChannels.close, (event) => {
    if (isTrusted(event)) handlers.close();
  });
}

export function sendTray(page: WebContents, shown: TrayShown): void {
  if (!page.isDestroyed()) page.send(trayChannels.shown, shown);
}
