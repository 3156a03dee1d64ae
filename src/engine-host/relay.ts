import type { Carrier, WireMessage } from '../shared/contract/wire.ts';
import { takeSeat } from './seat.ts';

/**
 * Passes messages to the process that has the profile's seat, one connection per port, because both ends number their own calls.
 * `onFree` comes when that process has gone, or has gone in the meantime.
 */
export function relayTo(watch: Carrier, profileDir: string, onFree: () => void) {
  // This connection carries nothing: it is there to end when the other process does.
  watch.listen(() => undefined, onFree);

  return {
    attach(port: Carrier): void {
      takeSeat(profileDir).then(
        (place) => {
          if (place.role === 'client') return join(port, place.carrier);
          place.seat.leave();
          onFree();
        },
        () => port.close(), // busy: the window asks for another port
      );
    },
    close: (): Promise<void> => Promise.resolve(),
  };
}

function join(left: Carrier, right: Carrier): void {
  // Not parsed here: whoever receives it does.
  left.listen(
    (message) => right.send(message as WireMessage),
    () => right.close(),
  );
  right.listen(
    (message) => left.send(message as WireMessage),
    () => left.close(),
  );
}
