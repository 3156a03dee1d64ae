const field = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\r\n]{1,990}>)/im;
/** Real header blocks are below this; a message without an end of its headers must not be searched whole. */
const headerBytes = 256 * 1024;

/** With its angle brackets, as other programs search for it. Undefined where there is none of the usual form. */
export function messageId(message: Uint8Array): string | undefined {
  const start = Buffer.from(message.buffer, message.byteOffset, Math.min(message.length, headerBytes));
  return field.exec(start.toString('latin1', 0, headersEnd(start)))?.[1];
}

/** Where the first empty line begins; looked for in bytes, because making text of a whole message costs more than all the rest. */
export function headersEnd(bytes: Buffer): number {
  if (bytes[0] === 10 || (bytes[0] === 13 && bytes[1] === 10)) return 0;
  const end = firstOf(bytes, '\n\r\n');
  // Nearly always there is none, and then the body must not be searched for it.
  return firstOf(bytes.subarray(0, end + 1), '\n\n');
}

function firstOf(bytes: Buffer, wanted: string): number {
  const at = bytes.indexOf(wanted);
  return at < 0 ? bytes.length : at;
}
