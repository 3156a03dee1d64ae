import type { Carrier, WireMessage } from '../shared/contract/wire.ts';

/** The two ends of a carrier inside one process. What one end sends arrives at the other in order, never in the sender's own call. */
export function carrierPair(): [Carrier, Carrier] {
  const left = carrierEnd();
  const right = carrierEnd();
  const close = (): void => {
    left.end();
    right.end();
  };
  return [
    { send: right.deliver, listen: left.listen, close },
    { send: left.deliver, listen: right.listen, close },
  ];
}

function carrierEnd() {
  let early: WireMessage[] = [];
  let onMessage: ((message: unknown) => void) | undefined;
  let onClose: () => void = () => undefined;
  let open = true;

  return {
    deliver(message: WireMessage): void {
      if (!open) return;
      queueMicrotask(() => {
        if (onMessage) onMessage(message);
        else early.push(message);
      });
    },
    listen(messageListener: (message: unknown) => void, closeListener: () => void): void {
      onMessage = messageListener;
      onClose = closeListener;
      for (const message of early) messageListener(message);
      early = [];
      if (!open) closeListener();
    },
    end(): void {
      if (!open) return;
      open = false;
      onClose();
    },
  };
}
