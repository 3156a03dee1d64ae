import { callNames, noticeNames } from './names.ts';
import { failure } from './values.ts';
import { z } from './z.ts';

/** A change that an older end would misunderstand raises this; both ends refuse another number. */
export const protocolVersion = 1;

/** What travels, whatever carries it: a MessagePort in the app, lines of JSON on the local socket. */
export const wireMessage = z.discriminatedUnion('type', [
  /** `from`: who a client is. Absent: the command line. */
  z.object({ type: z.literal('hello'), protocol: z.number().int(), from: z.enum(['window', 'command']).optional() }),
  z.object({ type: z.literal('call'), id: z.number().int().min(0), name: z.enum(callNames), input: z.unknown() }),
  z.object({ type: z.literal('reply'), id: z.number().int().min(0), ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: z.number().int().min(0), failure }),
  z.object({ type: z.literal('notice'), name: z.enum(noticeNames), value: z.unknown() }),
]);
export type WireMessage = z.output<typeof wireMessage>;

/** The least that both ends need of a MessagePort, a socket, or two ends in one process. */
export interface Carrier {
  send(message: WireMessage): void;
  /** One listener; messages that came earlier are delivered first. */
  listen(onMessage: (message: unknown) => void, onClose: () => void): void;
  close(): void;
}
