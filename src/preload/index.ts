// The slot between a page and the main process: a closed list of names, and nothing of Electron goes through it.
// Types only from the contract: its schemas would put a parser into every page for lists that the compiler checks as well.
import { contextBridge, ipcRenderer } from 'electron';
import type { ShellBridge, ShellCallName, ShellNoticeName } from '../shared/contract/shell.ts';

const callNames: Record<ShellCallName, true> = {
  'shell.pickDirectory': true,
  'shell.saveText': true,
  'shell.saveBytes': true,
  'shell.print': true,
  'shell.showDirectory': true,
  'shell.openPage': true,
  'shell.previewDocument': true,
  'shell.setTheme': true,
  'shell.answerClose': true,
  'shell.quit': true,
};
const noticeNames: Record<ShellNoticeName, true> = { 'shell.engine': true, 'shell.goTo': true, 'shell.askClose': true };

type Listener = (notice: never) => void;
const listeners = new Map<string, Set<Listener>>();
const early = new Map<string, unknown>();

const bridge: ShellBridge = {
  async call(name, input) {
    if (!Object.hasOwn(callNames, name)) throw new Error('not.supported');
    const reply = (await ipcRenderer.invoke(`strata:${name}`, input)) as { readonly value: never } | { readonly refused: string };
    if ('refused' in reply) throw new Error(reply.refused);
    return reply.value;
  },
  on(name, listener) {
    if (!Object.hasOwn(noticeNames, name)) throw new Error('not.supported');
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set);
    set.add(listener);
    if (early.has(name)) {
      const notice = early.get(name) as never;
      early.delete(name);
      (listener as Listener)(notice);
    }
    return () => set.delete(listener);
  },
  ready: () => ipcRenderer.send('strata:ready'),
  platform: process.platform,
  locale: process.argv.find((word) => word.startsWith('--strata-locale='))?.slice('--strata-locale='.length) ?? 'en',
};

ipcRenderer.on('strata:notice', (_event, name: ShellNoticeName, notice: unknown) => {
  const set = listeners.get(name);
  // A page that is still loading is told when it begins to listen; only the newest of a name matters.
  if (!set || set.size === 0) early.set(name, notice);
  else for (const listener of set) listener(notice as never);
});
ipcRenderer.on('strata:port', (event) => window.postMessage('strata-engine-port', window.location.origin, [...event.ports]));

contextBridge.exposeInMainWorld('strata', bridge);
