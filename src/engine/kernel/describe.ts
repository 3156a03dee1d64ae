import type { Summary } from '../../shared/domain/item.ts';

/** Draws a summary from the beginning of a content, at most {@link describedBytes} of it. Never throws, whatever the bytes are. */
export type Describe = (what: 'message', beginning: Uint8Array, fallbackTimeMs: number) => Summary;

/** Enough of a message: real header blocks are below 32 KiB, and what follows is not looked at. */
export const describedBytes = 256 * 1024;
