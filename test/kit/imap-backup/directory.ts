import fs from 'node:fs';
import path from 'node:path';

export interface KeptMessage {
  readonly uid: number;
  /** With line ends as on a server. */
  readonly text: string;
  readonly flags?: readonly string[];
}

export type KeptVersion = 1 | 2 | 3 | 3.1;

/**
 * Writes a folder as imap-backup does, by its documentation and source: no imap-backup has written it. Lines end in LF, every line
 * after the first that begins with `From` is quoted (since 3.1: with `From `), and an empty line ends each message.
 */
export function keepFolder(directory: string, folder: string, messages: readonly KeptMessage[], version: KeptVersion = 3): void {
  const file = path.join(
    directory,
    folder.replace(/[:%;]/g, (one) => `%${one.codePointAt(0)?.toString(16) ?? ''};`),
  );
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let offset = 0;
  const framed = messages.map(({ uid, text, flags = [] }) => {
    const bytes = Buffer.from(serialized(text, version), 'utf8');
    const row = { uid, offset, length: bytes.length, flags };
    offset += bytes.length;
    return { bytes, row };
  });
  fs.writeFileSync(`${file}.mbox`, Buffer.concat(framed.map(({ bytes }) => bytes)));
  fs.writeFileSync(
    `${file}.imap`,
    indexOf(
      framed.map(({ row }) => row),
      version,
    ),
  );
}

function serialized(text: string, version: KeptVersion): string {
  const plain = text.replaceAll('\r\n', '\n').replace(version === 3.1 ? /\n(>*From )/g : /\n(>*From)/g, '\n>$1');
  const ended = plain.endsWith('\n\n') ? plain : plain.endsWith('\n') ? `${plain}\n` : `${plain}\n\n`;
  return `From ada@nord.example Sun Mar  1 10:00:00 2026\n${ended}`;
}

function indexOf(rows: readonly { readonly uid: number }[], version: KeptVersion): string {
  const uids = rows.map(({ uid }) => uid);
  if (version === 1) return uids.map((uid) => `${uid}\n`).join('');
  const common = { version, uid_validity: 1_700_000_001 };
  return JSON.stringify(version === 2 ? { ...common, uids } : { ...common, messages: rows });
}
