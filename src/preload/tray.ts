// The slot between the tray's small window and the main process: what is shown goes in, the name of what was chosen comes out.
import { contextBridge, ipcRenderer } from 'electron';
import { type TrayBridge, trayChannels, type TrayShown } from '../shared/contract/tray.ts';

const bridge: TrayBridge = {
  onShown(listener) {
    ipcRenderer.on(trayChannels.shown, (_event, shown: TrayShown) => listener(shown));
    ipcRenderer.send(trayChannels.ready);
  },
  choose: (id) => ipcRenderer.send(trayChannels.choose, id),
  close: () => ipcRenderer.send(trayChannels.close),
};

contextBridge.exposeInMainWorld('strataTray', bridge);
