import type { ShellBridge } from '../../shared/contract/shell.ts';
import { errorCodes } from '../../shared/domain/error-codes.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';

declare global {
  interface Window {
    /** Put there by the preload before the page runs. */
    readonly strata: ShellBridge;
  }
}

/** Of an error only its message survives the bridge: there it is a failure's code. */
function understood(error: unknown): unknown {
  const code = error instanceof Error && errorCodes.find((known) => error.message.endsWith(known));
  return code ? new StrataError(code, 'later', {}, { cause: error }) : error;
}

const bridge = window.strata;

/** What the desktop offers: dialogs, printing, the isolated preview. Rejects with a `StrataError` where it is a known failure. */
export const shell: ShellBridge = {
  call: (name, input) =>
    bridge.call(name, input).catch((error: unknown) => {
      throw understood(error);
    }),
  on: (name, listener) => bridge.on(name, listener),
  ready: () => bridge.ready(),
  platform: bridge.platform,
  locale: bridge.locale,
};

/** A message with a port for the engine; one comes now and one after each restart of the engine. */
export function onEnginePort(listener: (port: MessagePort) => void): void {
  window.addEventListener('message', (event) => {
    // Only the preload of this very page may hand over a port.
    if (event.source !== window || event.data !== 'strata-engine-port') return;
    const port = event.ports[0];
    if (port) listener(port);
  });
}
