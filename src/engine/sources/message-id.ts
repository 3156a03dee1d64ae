const field = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\r\n]{1,990}>)/im;
/** Real header blocks are below this; a message without an end of its headers must not be searched whole. */
const headerBytes = 256 * 1024;

/** With its angle brackets, as other programs search for it. Undefined where there is none of the usual form. */
export function messageId(message: Uint8Array): string | undefined {
  const start = Buffer.from(message.buffer, message.byteOffset, Math.min(message.length, headerBytes));
  return field.exec(start.toString('latin1', 0, headerEnd(start)))?.[1];
}

/** Where the first empty line begins; looked for in bytes, because making text of a whole message costs more than all the rest. */
function headerEnd(bytes: Buffer): number {
  if (bytes[0] === 10 || (bytes[0] === 13 && bytes[1] === 10)) return 0;
  const ends = [bytes.indexOf('\n\r\n'), bytes.indexOf('\n\n')].filter((end) => end >= 0);
  return Math.min(bytes.length, ...ends);
}
