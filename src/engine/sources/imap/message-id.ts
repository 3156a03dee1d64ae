const field = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\r\n]{1,990}>)/im;
/** Real header blocks are below this; a message without an end of its headers must not be searched whole. */
export const headerBytes = 256 * 1024;

/** With its angle brackets, as other programs search for it. Undefined where there is none of the usual form. */
export function messageId(message: Uint8Array): string | undefined {
  const start = Buffer.from(message.buffer, message.byteOffset, Math.min(message.length, headerBytes)).toString('latin1');
  const end = /(?:^|\n)\r?\n/.exec(start);
  return field.exec(end === null ? start : start.slice(0, end.index + 1))?.[1];
}
