import type { Carrier, WireMessage } from './wire.ts';

/** The part of Electron's MessagePortMain that is needed, said here because this room knows no Electron. */
export interface PortMain {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A port of the main or the engine's process as a carrier. The port holds back what comes until `listen` starts it. */
export function portCarrier(port: PortMain): Carrier {
  return {
    send: (message: WireMessage) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.on('message', (event) => onMessage(event.data));
      port.on('close', onClose);
      port.start();
    },
    close: () => port.close(),
  };
}
