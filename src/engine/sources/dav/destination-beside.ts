import { markBeside } from '../destination-beside.ts';
import type { RestoreItem } from '../destination.ts';

/**
 * Two objects of one collection must not have the same UID (RFC 4791, section 4.1; RFC 6352, section 5.1): the one that goes beside the
 * other gets one of its own, the same in all its parts, which belong together by it. Its name changes with it, and nothing else does.
 */
export function objectBeside(item: RestoreItem): RestoreItem {
  const { content, manifest, beside } = item;
  if (beside === undefined) return item;
  const mark = markBeside(beside);
  const key = manifest.key.replace(/(\.[a-z]+)?$/i, (ending) => `-${mark}${ending}`);
  return {
    ...item,
    manifest: { ...manifest, key },
    content:
      content &&
      async function* () {
        const parts: Uint8Array[] = [];
        for await (const chunk of content()) parts.push(chunk.slice());
        yield withUid(Buffer.concat(parts), mark);
      },
  };
}

/** At the end of the line, which may be a folded one (RFC 5545, section 3.1), on a line of its own: every other byte is as it was. */
function withUid(bytes: Uint8Array, mark: string): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return Buffer.from(
    text.replace(/^UID(?=[;:])(?:[^\r\n]|\r?\n[ \t])*/gim, (line) => `${line}\r\n -${mark}`),
    'latin1',
  );
}
