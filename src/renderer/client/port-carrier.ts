import type { Carrier } from '../../shared/contract/wire.ts';

/** A MessagePort as the contract's carrier. A port keeps what arrives until `listen` starts it. */
export function portCarrier(port: MessagePort): Carrier {
  return {
    send: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.addEventListener('message', (event) => onMessage(event.data));
      // Fires when the process at the other end goes away.
      port.addEventListener('close', onClose);
      port.start();
    },
    close: () => port.close(),
  };
}
