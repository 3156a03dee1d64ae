import type { ShellBridge } from '../../shared/contract/shell.ts';

declare global {
  interface Window {
    /** Put there by the preload before the page runs. */
    readonly strata: ShellBridge;
  }
}

/** What the desktop offers: dialogs, printing, the isolated preview. */
export const shell: ShellBridge = window.strata;

/** A message with a port for the engine; one comes now and one after each restart of the engine. */
export function onEnginePort(listener: (port: MessagePort) => void): void {
  window.addEventListener('message', (event) => {
    // Only the preload of this very page may hand over a port.
    if (event.source !== window || event.data !== 'strata-engine-port') return;
    const port = event.ports[0];
    if (port) listener(port);
  });
}
