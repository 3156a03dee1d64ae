import type { ImapFlow } from 'imapflow';
import type { SourcePace, Waiting } from '../source-pace.ts';

/** What is used of imapflow's inside, whose version is pinned: every command goes through the one, every pause of its own through the other. */
interface Inner {
  exec(...command: readonly unknown[]): Promise<unknown>;
  throttleWait(ms: number): Promise<boolean>;
}

/** So long a pause imapflow makes by itself; a server may name any time. */
const longestMs = 600_000;

/**
 * Every command waits for its turn, be it imapflow's own, and what came since the one before is paid for first. Where imapflow would wait
 * for a server that names a time in its own words (Exchange Online), it waits here: seen by whoever looks, and shared with other sessions.
 */
export function keepPace(client: ImapFlow, pace: SourcePace, host: string, who: Waiting): void {
  const inner = client as unknown as Inner;
  const exec = inner.exec.bind(client);
  let paidBytes = 0;
  const pay = (): void => {
    const { received } = client.stats();
    // The count begins anew with an encrypted or compressed stream.
    pace.received(received < paidBytes ? received : received - paidBytes);
    paidBytes = received;
  };
  inner.exec = (...command) => {
    pay();
    // At once where nothing has to be waited for: imapflow counts on it that a command is in line when this returns.
    return pace.isFree || command[0] === 'LOGOUT' ? exec(...command) : pace.turn(host, who).then(() => exec(...command));
  };
  inner.throttleWait = async (ms) => {
    pace.hold(Math.min(Math.max(ms, 0), longestMs));
    // A cancel closes the connection; then the command fails for that.
    await pace.turn(host, who).catch(() => undefined);
    return who.signal.aborted;
  };
}
